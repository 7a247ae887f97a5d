#include "services/risk/ledgers.h"

#include "absl/strings/str_cat.h"
#include "common/base/macros.h"
#include "common/resource/name.h"
#include "common/rpc/peer.h"
#include "common/status/errors.h"

namespace staraction::risk {
namespace {

using Snapshots = asset::v1::AssetSnapshotService::Stub;

domain::StageMask StagesOf(const asset::v1::Asset& asset, const domain::Model& model) {
  domain::StageMask mask = 0;
  for (const auto& use : asset.stages()) {
    const int stage = domain::IndexOf(model.stages, use.stage());
    if (stage >= 0 && !use.absent()) mask = static_cast<domain::StageMask>(mask | 1 << stage);
  }
  return mask;
}

domain::FlagMask FlagsOf(const asset::v1::Asset& asset, const domain::Model& model) {
  domain::FlagMask mask = 0;
  for (const std::string& code : asset.flags()) {
    const int flag = domain::IndexOf(model.flags, code);
    if (flag >= 0) mask = static_cast<domain::FlagMask>(mask | 1 << flag);
  }
  return mask;
}

absl::Status Add(const asset::v1::Asset& asset, const domain::Model& model,
                 domain::Ledger& ledger) {
  const int medium = domain::IndexOf(model.media, asset.medium());
  if (medium < 0) {
    return CriteriaUnmet(asset.name(),
                         {{"medium",
                           absl::StrCat("'", asset.display_name(), "' is on ", asset.medium(),
                                        ", which the risk model doesn't know"),
                           absl::StrCat("「", asset.display_name(), "」の媒体「", asset.medium(),
                                        "」は、リスクの計算方法にありません")}});
  }
  ledger.id.push_back(LastId(asset.name()));
  ledger.display_name.push_back(asset.display_name());
  ledger.department.push_back(asset.department());
  ledger.persons.push_back(asset.persons());
  ledger.medium.push_back(static_cast<uint8_t>(medium));
  ledger.stages.push_back(StagesOf(asset, model));
  ledger.flags.push_back(FlagsOf(asset, model));
  ledger.importance.push_back(static_cast<uint8_t>(asset.importance()));
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<asset::v1::AssetSnapshot> AssetLedgers::Snapshot(const Call& call,
                                                                const std::string& name) {
  asset::v1::GetAssetSnapshotRequest request;
  request.set_name(name);
  return CallPeer<Snapshots, asset::v1::GetAssetSnapshotRequest, asset::v1::AssetSnapshot>(
      call, *snapshots_, &Snapshots::GetAssetSnapshot, request);
}

absl::StatusOr<asset::v1::ListSnapshotAssetsResponse> AssetLedgers::Page(
    const Call& call, const asset::v1::ListSnapshotAssetsRequest& request) {
  return CallPeer<Snapshots, asset::v1::ListSnapshotAssetsRequest,
                  asset::v1::ListSnapshotAssetsResponse>(call, *snapshots_,
                                                         &Snapshots::ListSnapshotAssets, request);
}

absl::StatusOr<domain::Ledger> ReadLedger(const Call& call, Ledgers& ledgers,
                                          const std::string& snapshot, const domain::Model& model) {
  domain::Ledger ledger;
  asset::v1::ListSnapshotAssetsRequest request;
  request.set_parent(snapshot);
  request.set_page_size(1000);
  do {
    SA_ASSIGN_OR_RETURN(const auto page, ledgers.Page(call, request));
    for (const auto& entry : page.snapshot_assets()) {
      SA_RETURN_IF_ERROR(Add(entry.asset(), model, ledger));
    }
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  return ledger;
}

}  // namespace staraction::risk
