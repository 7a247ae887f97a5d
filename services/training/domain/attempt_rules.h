#ifndef STARACTION_SERVICES_TRAINING_DOMAIN_ATTEMPT_RULES_H_
#define STARACTION_SERVICES_TRAINING_DOMAIN_ATTEMPT_RULES_H_

#include <vector>

#include "absl/status/status.h"
#include "google/protobuf/repeated_field.h"
#include "staraction/training/v1/attempt.pb.h"
#include "staraction/training/v1/attempt_service.pb.h"

namespace staraction::training {

// Whether a test of this kind is the member's next. `earlier` are the member's attempts at the
// course in this engagement, oldest first; `open_follow_ups` those of the last one.
// FAILED_PRECONDITION with what has to happen first, if it is not.
absl::Status CheckNextAttempt(v1::Attempt::Kind kind, const std::vector<v1::Attempt>& earlier,
                              int open_follow_ups);

// Enters the answers and grades the attempt: chosen answers, counts, score, passed, missed topics.
// A question without an answer counts as wrong. INVALID_ARGUMENT with all problems for an answer
// to a question that was not asked, or asked twice, or a choice that it does not have; the attempt
// is then unchanged.
using Answers = google::protobuf::RepeatedPtrField<v1::SubmitAttemptRequest::Answer>;
absl::Status Grade(const Answers& answers, v1::Attempt& attempt);

// Whether the graded attempt obliges to teach its missed topics again.
bool NeedsFollowUp(const v1::Attempt& attempt);

// What callers may see: right answers and explanations only once it is submitted, and the verbs
// that the state allows. Every answer passes here.
v1::Attempt Shown(v1::Attempt attempt);
v1::FollowUp Shown(v1::FollowUp follow_up);

}  // namespace staraction::training

#endif  // STARACTION_SERVICES_TRAINING_DOMAIN_ATTEMPT_RULES_H_
