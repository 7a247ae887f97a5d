#ifndef STARACTION_SERVICES_TRAINING_STORE_COMPLETION_STORE_H_
#define STARACTION_SERVICES_TRAINING_STORE_COMPLETION_STORE_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/pg/transaction.h"
#include "staraction/fact/v1/fact_service.pb.h"

namespace staraction::training {

// How far somebody is in an engagement. A training is complete for who was at a held session and
// passed the test after it or a retest, both of one course.
struct Progress {
  std::string engagement;  // "engagements/{engagement}"
  std::string member;      // "clients/{client}/members/{member}"
  bool attended = false;
  bool passed = false;
  std::optional<absl::Time> complete_time;  // when the later of the two took place
};

// Everybody of the call's client of whom anything is recorded. `engagement` is
// "engagements/{engagement}", or "" for all of the client's.
absl::StatusOr<std::vector<Progress>> ReadProgress(pg::Transaction& tx,
                                                   const std::string& engagement);

// The service's facts: "training.completed" (truth; subject: the member's name; effective: when it
// became complete), one for each member who has. At most 10,000.
absl::StatusOr<std::vector<fact::v1::Fact>> CollectFacts(pg::Transaction& tx,
                                                         const std::string& engagement);

}  // namespace staraction::training

#endif  // STARACTION_SERVICES_TRAINING_STORE_COMPLETION_STORE_H_
