#ifndef STARACTION_SERVICES_TRAINING_STORE_SCAN_STORE_H_
#define STARACTION_SERVICES_TRAINING_STORE_SCAN_STORE_H_

#include <string>

#include "absl/status/statusor.h"
#include "common/pg/transaction.h"
#include "staraction/training/v1/paper.pb.h"

namespace staraction::training {

// Stores the bytes as a blob and what is known of them; sets size and sha256.
absl::StatusOr<v1::TrainingScan> InsertScan(pg::Transaction& tx, v1::TrainingScan scan,
                                            const std::string& bytes);

// The bytes of a scan (its name).
absl::StatusOr<std::string> ReadScan(pg::Transaction& tx, const std::string& name);

}  // namespace staraction::training

#endif  // STARACTION_SERVICES_TRAINING_STORE_SCAN_STORE_H_
