#ifndef STARACTION_SERVICES_ASSET_STORE_SNAPSHOTS_H_
#define STARACTION_SERVICES_ASSET_STORE_SNAPSHOTS_H_

#include <map>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "common/pg/table.h"
#include "common/pg/transaction.h"
#include "common/resource/page.h"
#include "staraction/asset/v1/asset.pb.h"
#include "staraction/asset/v1/asset_snapshot_service.pb.h"
#include "staraction/content/v1/asset_scheme.pb.h"

// Statements about snapshots of the call's client, none of which grows with the ledger.
namespace staraction::asset {

// What a snapshot's entries are shown with, as it was when they were frozen.
struct SnapshotContent {
  content::v1::AssetScheme scheme;
  content::v1::ValueScale scale;
  absl::CivilDay day;  // in Tokyo
};

// Entries of one level of importance.
struct LevelCount {
  int entries = 0;
  int personal = 0;  // with personal information
};

// Copies the ledger into the snapshot, whose row is stored later in the same transaction. Says what
// it holds by code of level.
absl::StatusOr<std::map<std::string, LevelCount>> FreezeEntries(pg::Transaction& tx,
                                                                const std::string& snapshot);
// Keeps what shows the entries of a snapshot that exists.
absl::Status KeepContent(pg::Transaction& tx, const std::string& snapshot,
                         const content::v1::AssetScheme& scheme,
                         const content::v1::ValueScale& scale);

// NOT_FOUND if there is no such snapshot.
absl::StatusOr<SnapshotContent> ContentOf(pg::Transaction& tx, const std::string& snapshot);
// A page of the entries as they are stored, in the order of entry into the ledger.
absl::StatusOr<pg::ListPage<v1::Asset>> SnapshotEntries(
    pg::Transaction& tx, const v1::ListSnapshotAssetsRequest& request);
// The entries with these ids that the snapshot has, as they are stored, in the same order.
absl::StatusOr<std::vector<v1::Asset>> SnapshotEntries(pg::Transaction& tx,
                                                       const std::string& snapshot,
                                                       const std::vector<std::string>& ids);

// Name of the last snapshot made before this one, or "".
absl::StatusOr<std::string> SnapshotBefore(pg::Transaction& tx, const std::string& snapshot);

// Ids of entries that two snapshots do not share, or that say something else.
struct Differences {
  std::vector<std::string> ids;  // in the order of entry, what was removed last
  int added = 0;
  int removed = 0;
  int changed = 0;
};
absl::StatusOr<Differences> DifferencesOf(pg::Transaction& tx, const std::string& base,
                                          const std::string& snapshot);

}  // namespace staraction::asset

#endif  // STARACTION_SERVICES_ASSET_STORE_SNAPSHOTS_H_
