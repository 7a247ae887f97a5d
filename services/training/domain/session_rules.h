#ifndef STARACTION_SERVICES_TRAINING_DOMAIN_SESSION_RULES_H_
#define STARACTION_SERVICES_TRAINING_DOMAIN_SESSION_RULES_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "staraction/content/v1/course.pb.h"
#include "staraction/training/v1/attempt_service.pb.h"
#include "staraction/training/v1/completion.pb.h"
#include "staraction/training/v1/session.pb.h"

namespace staraction::training {

// INVALID_ARGUMENT with all problems unless the session ends after it begins, within 24 hours, and
// its check-in, as far as it is said, opens and closes around that (see Session).
absl::Status CheckTimes(const v1::Session& session);

// FAILED_PRECONDITION unless participants can check in now; without times of its own the check-in
// is open from a quarter of an hour before the session to half an hour after it.
absl::Status CheckCheckIn(const v1::Session& session, absl::Time now);

// Whether a session of this course can complete the training of a member with this kind of
// employment ("PART_TIME"; "": not said): a short course only if it names it.
bool Suffices(const content::v1::Course& course, const std::string& employment_type);

// FAILED_PRECONDITION unless the session has begun: nobody was there before.
absl::Status CheckBegun(const v1::Session& session, absl::Time now);

// With the verbs that the state allows, and the check-in code only for a consultant.
v1::Session Shown(v1::Session session, bool consultant);

// Counts over the whole roster; the roster's day is not set.
v1::ListCompletionsResponse::Coverage Cover(const std::vector<v1::Completion>& completions);

}  // namespace staraction::training

#endif  // STARACTION_SERVICES_TRAINING_DOMAIN_SESSION_RULES_H_
