#ifndef STARACTION_SERVICES_ASSET_ENTRIES_H_
#define STARACTION_SERVICES_ASSET_ENTRIES_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "common/pg/transaction.h"
#include "services/asset/schemes.h"
#include "staraction/asset/v1/asset.pb.h"

// What every way into the ledger does with its entries.
namespace staraction::asset {

// The entry as it is shown, with the scale's numbers.
v1::Asset Shown(const Schemes& schemes, const content::v1::ValueScale& scale, const Call& call,
                v1::Asset asset);
// As it was shown on a day with the content of that time.
v1::Asset ShownOn(absl::CivilDay day, const content::v1::AssetScheme& scheme,
                  const content::v1::ValueScale& scale, Language language, v1::Asset asset);

// Stores new entries of the call's client, valued, with names and days of registration where they
// have none, in few statements. INVALID_ARGUMENT with all problems, on fields that begin with
// "asset." for one entry and "assets[i]." for several; ALREADY_EXISTS with the name of the entry
// whose key or source_id one of them has.
absl::StatusOr<std::vector<v1::Asset>> InsertEntries(const Schemes& schemes, pg::Transaction& tx,
                                                     std::vector<v1::Asset> assets, bool several);

// Stores a changed entry, valued anew. Errors as InsertEntries.
absl::StatusOr<v1::Asset> StoreEntry(const Schemes& schemes, pg::Transaction& tx, v1::Asset asset);

}  // namespace staraction::asset

#endif  // STARACTION_SERVICES_ASSET_ENTRIES_H_
