#ifndef STARACTION_SERVICES_TRAINING_DOMAIN_BRIEFING_RULES_H_
#define STARACTION_SERVICES_TRAINING_DOMAIN_BRIEFING_RULES_H_

#include <functional>
#include <set>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "staraction/content/v1/code_list.pb.h"
#include "staraction/content/v1/course.pb.h"
#include "staraction/training/v1/briefing.pb.h"

namespace staraction::training {

// A list of content by its id, or null.
using FindCodeList = std::function<const content::v1::CodeList*(const std::string& id)>;

// Enters the agenda and the decisions to be taken, as the course has them.
void FillBriefing(const content::v1::Course& course, const FindCodeList& find,
                  v1::Briefing& briefing);

// INVALID_ARGUMENT with all problems unless each decision is about a point of the briefing, one
// about each at most, with a value of its kind; persons are among these members' names.
absl::Status CheckDecisions(const v1::Briefing& briefing, const std::set<std::string>& members);

// FAILED_PRECONDITION unless it is open and every required decision is taken.
absl::Status CheckAcknowledge(const v1::Briefing& briefing);

// With the missing decisions and the verbs that the state allows.
v1::Briefing Shown(v1::Briefing briefing);

}  // namespace staraction::training

#endif  // STARACTION_SERVICES_TRAINING_DOMAIN_BRIEFING_RULES_H_
