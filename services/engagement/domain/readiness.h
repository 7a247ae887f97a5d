#ifndef STARACTION_SERVICES_ENGAGEMENT_DOMAIN_READINESS_H_
#define STARACTION_SERVICES_ENGAGEMENT_DOMAIN_READINESS_H_

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "staraction/content/v1/criteria.pb.h"
#include "staraction/engagement/v1/engagement.pb.h"
#include "staraction/engagement/v1/roster.pb.h"
#include "staraction/fact/v1/fact_service.pb.h"

namespace staraction::engagement::domain {

// What is known of a client: the last sheet of each service. A service whose sheet is missing is
// silent.
using FactSheets = std::map<std::string, fact::v1::FactSheet>;

// Which service knows a fact, by its code; "" for an unknown code.
using OwnerOf = std::function<std::string(const std::string& code)>;

// Adds the facts that follow from two services' knowledge: who of the counted roster has completed
// the training ("training.completed", by member) gives training.coverage and
// training.president_completed. Without a training sheet nothing is added.
void AddTrainingCoverage(const std::string& engagement, const std::vector<v1::RosterEntry>& roster,
                         FactSheets& sheets);

// What the facts say of one engagement in numbers, by fact code: counts and shares of the
// engagement or of the client as a whole. Facts of single people and of other engagements are none.
using Figures = std::map<std::string, double>;
Figures FiguresOf(const std::string& engagement, const FactSheets& sheets);

// Judges every criterion for one engagement. Facts of the engagement or of the client as a whole
// count; those of the client's other engagements only where the criterion carries over. With no
// fact the answer is "not met" if its service has spoken, else "unknown"; never "met".
v1::Readiness Evaluate(const std::string& engagement, const content::v1::CriteriaSet& criteria,
                       const FactSheets& sheets, const OwnerOf& owner_of);

}  // namespace staraction::engagement::domain

#endif  // STARACTION_SERVICES_ENGAGEMENT_DOMAIN_READINESS_H_
