#ifndef STARACTION_SERVICES_TRAINING_STORE_REPORT_STORE_H_
#define STARACTION_SERVICES_TRAINING_STORE_REPORT_STORE_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "common/pg/transaction.h"
#include "staraction/training/v1/attempt.pb.h"

namespace staraction::training {

// Counts over an engagement's graded attempts.
struct AttemptCounts {
  int tested = 0;   // members with any
  int passed = 0;   // members who passed a test after the training
  int retests = 0;  // retests
};

// The engagement's graded tests before and after the training, as they are stored.
absl::StatusOr<std::vector<v1::Attempt>> ReadGraded(pg::Transaction& tx,
                                                    const std::string& engagement);
absl::StatusOr<AttemptCounts> CountAttempts(pg::Transaction& tx, const std::string& engagement);

// Days (Asia/Tokyo) on which attendance or a test was recorded, in order.
absl::StatusOr<std::vector<absl::CivilDay>> RecordDays(pg::Transaction& tx,
                                                       const std::string& engagement);

}  // namespace staraction::training

#endif  // STARACTION_SERVICES_TRAINING_STORE_REPORT_STORE_H_
