#ifndef STARACTION_SERVICES_TRAINING_STORE_ATTEMPT_STORE_H_
#define STARACTION_SERVICES_TRAINING_STORE_ATTEMPT_STORE_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/pg/transaction.h"
#include "staraction/training/v1/attempt.pb.h"
#include "staraction/training/v1/attempt_service.pb.h"
#include "staraction/training/v1/paper.pb.h"

namespace staraction::training {

// What tables.h has no statement for, of attempts and follow-ups. Attempts come as they are stored,
// with their right answers: pass them through Shown() before anybody sees them.
class AttemptStore {
 public:
  explicit AttemptStore(pg::Transaction& tx) : tx_(tx) {}

  // A page of those of these members (ids); of everybody if there are none.
  absl::StatusOr<v1::ListAttemptsResponse> List(const v1::ListAttemptsRequest& request,
                                                const std::vector<std::string>& members);
  absl::StatusOr<v1::ListFollowUpsResponse> List(const v1::ListFollowUpsRequest& request,
                                                 const std::vector<std::string>& members);
  // All of a member in an engagement (names), of any course, in the order in which they were taken
  // (open ones: drawn).
  absl::StatusOr<std::vector<v1::Attempt>> OfMember(const std::string& engagement,
                                                    const std::string& member);
  // Number of follow-ups of an attempt that are not complete.
  absl::StatusOr<int> OpenFollowUps(const v1::Attempt& attempt);
  // Drops those, and tells the topics of those that are complete.
  absl::StatusOr<std::vector<std::string>> DropFollowUps(const v1::Attempt& attempt);
  // When the member was last at a session of the course.
  absl::StatusOr<std::optional<absl::Time>> LastAttended(const std::string& engagement,
                                                         const std::string& member,
                                                         const std::string& course);
  // "urn@version" that the engagement's first attempt or paper of the course was drawn from; "" if
  // there is none. `course` is "courses/{course}".
  absl::StatusOr<std::string> FirstPack(const std::string& engagement, const std::string& course);
  // The engagement's tests for paper of a course ("courses/{course}"), oldest first, with their
  // right answers.
  absl::StatusOr<std::vector<v1::PaperTest>> Papers(const std::string& engagement,
                                                    const std::string& course);

 private:
  pg::Transaction& tx_;
};

}  // namespace staraction::training

#endif  // STARACTION_SERVICES_TRAINING_STORE_ATTEMPT_STORE_H_
