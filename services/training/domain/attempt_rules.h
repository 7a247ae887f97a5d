#ifndef STARACTION_SERVICES_TRAINING_DOMAIN_ATTEMPT_RULES_H_
#define STARACTION_SERVICES_TRAINING_DOMAIN_ATTEMPT_RULES_H_

#include <optional>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "google/protobuf/repeated_field.h"
#include "staraction/training/v1/attempt.pb.h"
#include "staraction/training/v1/attempt_service.pb.h"
#include "staraction/training/v1/paper.pb.h"

namespace staraction::training {

// Where a member stands with the tests of a course.
struct Standing {
  // The member's graded attempts at the course in this engagement, in the order in which they were
  // taken; abandoned and corrected ones are none.
  std::vector<v1::Attempt> graded;
  // Of the last one.
  int open_follow_ups = 0;
  // After so many retests without a session in between, a session comes first; 0: never.
  int max_retests = 0;
  // When the member attended last.
  std::optional<absl::Time> last_attended;
};

// Whether a test of this kind is the member's next; FAILED_PRECONDITION with what has to happen
// first, if it is not.
absl::Status CheckNextAttempt(v1::Attempt::Kind kind, const Standing& standing);

// Retests since the member attended last.
int RetestsInARow(const Standing& standing);

// Enters the answers and grades the attempt: chosen answers, counts, score, passed, missed topics.
// A question without an answer counts as wrong. INVALID_ARGUMENT with all problems for an answer
// to a question that was not asked, or asked twice, or a choice that it does not have; the attempt
// is then unchanged.
using Answers = google::protobuf::RepeatedPtrField<v1::SubmitAttemptRequest::Answer>;
absl::Status Grade(const Answers& answers, v1::Attempt& attempt);

// Whether the graded attempt obliges to teach its missed topics again.
bool NeedsFollowUp(const v1::Attempt& attempt);

// INVALID_ARGUMENT with all problems unless the attempt is one at this paper: channel PAPER, the
// paper's course and kind, one of its variants.
absl::Status CheckFitsPaper(const v1::Attempt& attempt, const v1::PaperTest& paper);

// FAILED_PRECONDITION unless the attempt is open and its time has expired.
absl::Status CheckAbandon(const v1::Attempt& attempt, absl::Time now);

// FAILED_PRECONDITION unless the answers were entered by somebody else than the member, are graded,
// and nothing was built on them: `graded` are the member's graded attempts at the course.
absl::Status CheckCorrect(const v1::Attempt& attempt, const std::vector<v1::Attempt>& graded);

// Another record of the same test with these answers, graded; errors as Grade. Name, times and who
// recorded it are the caller's to set.
absl::StatusOr<v1::Attempt> Corrected(const v1::Attempt& attempt, const Answers& answers);

// What callers may see: right answers and explanations only once it is graded, and the verbs that
// the state allows. Every answer passes here.
v1::Attempt Shown(v1::Attempt attempt, absl::Time now);
v1::FollowUp Shown(v1::FollowUp follow_up);

}  // namespace staraction::training

#endif  // STARACTION_SERVICES_TRAINING_DOMAIN_ATTEMPT_RULES_H_
