#ifndef STARACTION_SERVICES_ASSET_STORE_BULK_H_
#define STARACTION_SERVICES_ASSET_STORE_BULK_H_

#include <vector>

#include "common/pg/transaction.h"
#include "google/protobuf/message.h"
#include "staraction/asset/v1/asset.pb.h"
#include "staraction/asset/v1/system.pb.h"

namespace staraction::asset {

// Every entry of the register, in the order of entry.
absl::StatusOr<std::vector<v1::System>> AllSystems(pg::Transaction& tx);

// Store changed entries that were read in this transaction, in one statement for up to 2,000 of
// them. ABORTED if somebody else changed one of them in the meantime. Times and etags of the
// messages stay as they were.
absl::Status UpdateAssets(pg::Transaction& tx, const std::vector<v1::Asset>& assets);
absl::Status UpdateSystems(pg::Transaction& tx, const std::vector<v1::System>& systems);

}  // namespace staraction::asset

#endif  // STARACTION_SERVICES_ASSET_STORE_BULK_H_
