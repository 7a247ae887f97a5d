#ifndef STARACTION_SERVICES_TRAINING_DOMAIN_SESSION_RULES_H_
#define STARACTION_SERVICES_TRAINING_DOMAIN_SESSION_RULES_H_

#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "staraction/engagement/v1/client.pb.h"
#include "staraction/training/v1/attempt_service.pb.h"
#include "staraction/training/v1/completion.pb.h"
#include "staraction/training/v1/session.pb.h"

namespace staraction::training {

// INVALID_ARGUMENT unless the session ends after it begins, within 24 hours.
absl::Status CheckTimes(const v1::Session& session);

// FAILED_PRECONDITION unless the session has begun: nobody was there before.
absl::Status CheckBegun(const v1::Session& session, absl::Time now);

// With the verbs that the state allows.
v1::Session Shown(v1::Session session);

// Whether somebody on today's roster counts for the coverage: neither gone nor on leave.
bool Counted(const engagement::v1::Member& member);

// Counts over the whole roster; the roster's day is not set.
v1::ListCompletionsResponse::Coverage Cover(const std::vector<v1::Completion>& completions);

}  // namespace staraction::training

#endif  // STARACTION_SERVICES_TRAINING_DOMAIN_SESSION_RULES_H_
