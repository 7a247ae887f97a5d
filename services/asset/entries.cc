#include "services/asset/entries.h"

#include <algorithm>
#include <iterator>

#include "absl/strings/str_cat.h"
#include "common/base/date.h"
#include "common/base/id.h"
#include "common/base/macros.h"
#include "common/pg/errors.h"
#include "common/status/errors.h"
#include "services/asset/domain/valuation.h"
#include "services/asset/store/tables.h"

namespace staraction::asset {
namespace {

using content::v1::ValueScale;
using pg::Transaction;

std::string FieldPrefix(bool several, size_t index) {
  return several ? absl::StrCat("assets[", index, "].") : "asset.";
}

absl::Status CheckCodes(const Schemes& schemes, const ValueScale& scale,
                        const std::vector<v1::Asset>& assets, bool several) {
  std::vector<Violation> wrong;
  for (size_t i = 0; i < assets.size(); ++i) {
    auto found = domain::CodeProblems(schemes.scheme(), scale, assets[i], FieldPrefix(several, i));
    std::move(found.begin(), found.end(), std::back_inserter(wrong));
  }
  return wrong.empty() ? absl::OkStatus() : InvalidFields(wrong);
}

absl::Status Existing(const v1::Asset& asset, const std::string& name) {
  return MakeError(absl::StatusCode::kAlreadyExists, error::v1::ERROR_REASON_ALREADY_EXISTS,
                   absl::StrCat("the ledger has '", asset.display_name(),
                                "' of this business, medium and ", "department already: ", name),
                   absl::StrCat("「", asset.display_name(),
                                "」は、業務分類・媒体・管理部署が同じものが台帳にあります"),
                   {{"resource", name}});
}

// Says which entry is in the way. Read before the insert: a failed statement ends the transaction.
absl::Status CheckKeys(Transaction& tx, const std::vector<v1::Asset>& assets) {
  if (assets.size() > 1) return absl::OkStatus();  // told by the constraint
  SA_ASSIGN_OR_RETURN(const std::string name, AssetWithKeyOf(tx, assets.front()));
  return name.empty() || name == assets.front().name() ? absl::OkStatus()
                                                       : Existing(assets.front(), name);
}

absl::Status Explained(const absl::Status& status) {
  const std::string constraint = pg::ConstraintOf(status);
  if (constraint == "asset_source_key") {
    return MakeError(absl::StatusCode::kAlreadyExists, error::v1::ERROR_REASON_ALREADY_EXISTS,
                     "the ledger has an entry with this source_id already",
                     "同じ番号（source_id）の項目が台帳にあります");
  }
  if (constraint != "asset_entry_key") return status;
  return MakeError(
      absl::StatusCode::kAlreadyExists, error::v1::ERROR_REASON_ALREADY_EXISTS,
      "two entries have the same business, name, medium and department, or the ledger "
      "has one of them already",
      "業務分類・名称・媒体・管理部署がすべて同じ項目が2つあるか、台帳にすでにあります");
}

}  // namespace

v1::Asset Shown(const Schemes& schemes, const ValueScale& scale, const Call& call,
                v1::Asset asset) {
  return ShownOn(TokyoDay(call.now), schemes.scheme(), scale, call.language, std::move(asset));
}

v1::Asset ShownOn(absl::CivilDay day, const content::v1::AssetScheme& scheme,
                  const ValueScale& scale, Language language, v1::Asset asset) {
  domain::Show(scheme, scale, language, asset);
  const auto review = FromProtoDate(asset.review_date());
  asset.set_review_overdue(asset.has_review_date() && review && *review < day);
  return asset;
}

absl::StatusOr<std::vector<v1::Asset>> InsertEntries(const Schemes& schemes, Transaction& tx,
                                                     std::vector<v1::Asset> assets, bool several) {
  SA_ASSIGN_OR_RETURN(const ValueScale* scale, ScaleOf(schemes, tx));
  SA_RETURN_IF_ERROR(CheckCodes(schemes, *scale, assets, several));
  SA_RETURN_IF_ERROR(CheckKeys(tx, assets));
  std::vector<std::string> ids;
  ids.reserve(assets.size());
  for (size_t i = 0; i < assets.size(); ++i) ids.push_back(NewId(tx.now()));
  std::sort(ids.begin(), ids.end());
  for (size_t i = 0; i < assets.size(); ++i) {
    assets[i].set_name(absl::StrCat(tx.call().client_name(), "/assets/", ids[i]));
    if (!assets[i].has_register_date()) {
      *assets[i].mutable_register_date() = ToProtoDate(TokyoDay(tx.now()));
    }
    domain::Value(schemes.scheme(), *scale, assets[i]);
  }
  if (absl::Status status = kAssets.InsertAll(tx, assets); !status.ok()) return Explained(status);
  for (v1::Asset& asset : assets) asset = Shown(schemes, *scale, tx.call(), std::move(asset));
  return assets;
}

absl::StatusOr<v1::Asset> StoreEntry(const Schemes& schemes, Transaction& tx, v1::Asset asset) {
  SA_ASSIGN_OR_RETURN(const ValueScale* scale, ScaleOf(schemes, tx));
  SA_RETURN_IF_ERROR(CheckCodes(schemes, *scale, {asset}, false));
  SA_RETURN_IF_ERROR(CheckKeys(tx, {asset}));
  domain::Value(schemes.scheme(), *scale, asset);
  absl::StatusOr<v1::Asset> stored = kAssets.Update(tx, std::move(asset));
  if (!stored.ok()) return Explained(stored.status());
  return Shown(schemes, *scale, tx.call(), *std::move(stored));
}

}  // namespace staraction::asset
