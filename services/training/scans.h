#ifndef STARACTION_SERVICES_TRAINING_SCANS_H_
#define STARACTION_SERVICES_TRAINING_SCANS_H_

#include <string>

#include "absl/status/status.h"
#include "common/pg/transaction.h"
#include "staraction/common/v1/channel.pb.h"

namespace staraction::training {

// OK without a scan. INVALID_ARGUMENT on "scan" if it is none of the engagement that `resource`
// lies in, or the act did not come on paper.
absl::Status CheckScanOf(pg::Transaction& tx, const std::string& scan, const std::string& resource,
                         common::v1::Channel channel);

}  // namespace staraction::training

#endif  // STARACTION_SERVICES_TRAINING_SCANS_H_
