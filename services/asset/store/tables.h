#ifndef STARACTION_SERVICES_ASSET_STORE_TABLES_H_
#define STARACTION_SERVICES_ASSET_STORE_TABLES_H_

#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "absl/status/statusor.h"
#include "common/pg/table.h"
#include "staraction/asset/v1/asset.pb.h"
#include "staraction/asset/v1/asset_service.pb.h"
#include "staraction/asset/v1/asset_snapshot.pb.h"
#include "staraction/asset/v1/system.pb.h"
#include "staraction/asset/v1/system_service.pb.h"

// The service's resources as rows, and the statements beyond the standard ones. All of them are
// about the call's client.
namespace staraction::asset {

extern const pg::Table<v1::Ledger> kLedgers;
extern const pg::Table<v1::Asset> kAssets;
extern const pg::Table<v1::AssetSnapshot> kSnapshots;
extern const pg::Table<v1::System> kSystems;

// What the search looks at: name, business and note, folded, 400 characters in all.
std::string AssetSearchText(const v1::Asset& asset);

// The ledger's row; without a value_scale if there is none.
absl::StatusOr<v1::Ledger> StoredLedger(pg::Transaction& tx);
// Number of entries.
absl::StatusOr<int64_t> CountAssets(pg::Transaction& tx);

// Every entry, in the order of entry.
absl::StatusOr<std::vector<v1::Asset>> AllAssets(pg::Transaction& tx);
// A page as the request filters and orders it.
absl::StatusOr<pg::ListPage<v1::Asset>> FindAssets(pg::Transaction& tx,
                                                   const v1::ListAssetsRequest& request);
// The entry with the key of this one (business, name, medium, department), or "".
absl::StatusOr<std::string> AssetWithKeyOf(pg::Transaction& tx, const v1::Asset& asset);
// Business, name, medium and department: what no two entries of a ledger share.
using AssetKey = std::tuple<std::string, std::string, std::string, std::string>;
AssetKey KeyOf(const v1::Asset& asset);
// The keys of the whole ledger.
absl::StatusOr<std::set<AssetKey>> ExistingKeys(pg::Transaction& tx);
// Removes an entry that exists.
absl::Status DeleteAsset(pg::Transaction& tx, const std::string& name);

// A page as the request filters it; `today` decides what ends soon.
absl::StatusOr<pg::ListPage<v1::System>> FindSystems(pg::Transaction& tx,
                                                     const v1::ListSystemsRequest& request,
                                                     absl::CivilDay ends_by);
// The names among these that are no entries of the ledger.
absl::StatusOr<std::vector<std::string>> MissingAssets(pg::Transaction& tx,
                                                       const std::vector<std::string>& names);
absl::Status DeleteSystem(pg::Transaction& tx, const std::string& name);

}  // namespace staraction::asset

#endif  // STARACTION_SERVICES_ASSET_STORE_TABLES_H_
