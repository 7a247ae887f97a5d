#ifndef STARACTION_SERVICES_TRAINING_STORE_COMPLETION_STORE_H_
#define STARACTION_SERVICES_TRAINING_STORE_COMPLETION_STORE_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/pg/transaction.h"
#include "services/training/domain/progress.h"
#include "staraction/fact/v1/fact_service.pb.h"

namespace staraction::training {

// Everybody of the call's client of whom anything is recorded, a row for each course. `engagement`
// is "engagements/{engagement}", or "" for all of the client's. With `known_at` only what had been
// recorded by then (follow-ups apart, which complete nothing).
absl::StatusOr<std::vector<CourseProgress>> ReadProgress(
    pg::Transaction& tx, const std::string& engagement,
    absl::Time known_at = absl::InfiniteFuture());

// The service's facts, at most 10,000; see the README.
absl::StatusOr<std::vector<fact::v1::Fact>> CollectFacts(pg::Transaction& tx,
                                                         const std::string& engagement,
                                                         const RetestLimit& max_retests);

}  // namespace staraction::training

#endif  // STARACTION_SERVICES_TRAINING_STORE_COMPLETION_STORE_H_
