#include "services/asset/snapshot_service.h"

#include <map>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/base/id.h"
#include "common/base/macros.h"
#include "common/resource/name.h"
#include "common/status/errors.h"
#include "services/asset/domain/compare.h"
#include "services/asset/entries.h"
#include "services/asset/store/tables.h"

namespace staraction::asset {
namespace {

using content::v1::ValueScale;
using pg::Transaction;

absl::Status Empty(const std::string& client) {
  return CriteriaUnmet(client, {{"LEDGER_EMPTY", "the ledger has no entry to freeze",
                                 "台帳に項目がありません。先に情報資産を登録してください"}});
}

// What the frozen entries come to.
void Count(const std::vector<v1::Asset>& assets, v1::AssetSnapshot& snapshot) {
  std::map<int, int, std::greater<>> counts;
  for (const v1::Asset& asset : assets) {
    ++counts[asset.importance()];
    if (!asset.flags().empty()) snapshot.set_personal_count(snapshot.personal_count() + 1);
  }
  for (const auto& [importance, entries] : counts) {
    v1::ImportanceCount* count = snapshot.add_importance_counts();
    count->set_importance(importance);
    count->set_entries(entries);
  }
  snapshot.set_entry_count(static_cast<int>(assets.size()));
}

// Of both sides the same client: the table shows no other's.
absl::StatusOr<v1::SnapshotComparison> Compare(Transaction& tx, const std::string& base,
                                               const std::string& snapshot) {
  SA_RETURN_IF_ERROR(kSnapshots.Get(tx, base).status());
  SA_ASSIGN_OR_RETURN(const auto before, SnapshotEntries(tx, base));
  SA_ASSIGN_OR_RETURN(const auto after, SnapshotEntries(tx, snapshot));
  v1::SnapshotComparison comparison = domain::Compare(before, after);
  comparison.set_base(base);
  comparison.set_snapshot(snapshot);
  return comparison;
}

}  // namespace

AssetSnapshotService::Reactor* AssetSnapshotService::CreateAssetSnapshot(
    Context* context, const v1::CreateAssetSnapshotRequest* request, v1::AssetSnapshot* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Write(call, *request, [&](Transaction& tx) -> absl::StatusOr<v1::AssetSnapshot> {
      SA_ASSIGN_OR_RETURN(std::vector<v1::Asset> assets, AllAssets(tx));
      if (assets.empty()) return Empty(request->parent());
      SA_ASSIGN_OR_RETURN(const ValueScale* scale, ScaleOf(schemes_, tx));
      for (v1::Asset& asset : assets) asset = Shown(schemes_, *scale, call, std::move(asset));
      v1::AssetSnapshot snapshot;
      snapshot.set_name(absl::StrCat(request->parent(), "/assetSnapshots/", NewId(tx.now())));
      snapshot.set_note(request->asset_snapshot().note());
      snapshot.set_value_scale(scale->id());
      snapshot.set_edition(scale->edition());
      snapshot.set_pack(absl::StrCat(scale->pack().urn(), "@", scale->pack().version()));
      snapshot.set_recorded_by(call.Actor());
      Count(assets, snapshot);
      SA_ASSIGN_OR_RETURN(snapshot, kSnapshots.Insert(tx, std::move(snapshot)));
      std::vector<v1::SnapshotAsset> rows(assets.size());
      for (size_t i = 0; i < assets.size(); ++i) {
        rows[i].set_name(
            absl::StrCat(snapshot.name(), "/snapshotAssets/", LastId(assets[i].name())));
        *rows[i].mutable_asset() = std::move(assets[i]);
      }
      SA_RETURN_IF_ERROR(kSnapshotAssets.InsertAll(tx, rows));
      return snapshot;
    });
  });
}

AssetSnapshotService::Reactor* AssetSnapshotService::GetAssetSnapshot(
    Context* context, const v1::GetAssetSnapshotRequest* request, v1::AssetSnapshot* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Read(call, [&](Transaction& tx) { return kSnapshots.Get(tx, request->name()); });
  });
}

AssetSnapshotService::Reactor* AssetSnapshotService::ListAssetSnapshots(
    Context* context, const v1::ListAssetSnapshotsRequest* request,
    v1::ListAssetSnapshotsResponse* response) {
  using Response = v1::ListAssetSnapshotsResponse;
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Read(call, [&](Transaction& tx) -> absl::StatusOr<Response> {
      SA_ASSIGN_OR_RETURN(auto page, kSnapshots.List(tx, request->parent(), *request));
      return pg::ToResponse(std::move(page), &Response::mutable_asset_snapshots);
    });
  });
}

AssetSnapshotService::Reactor* AssetSnapshotService::ListSnapshotAssets(
    Context* context, const v1::ListSnapshotAssetsRequest* request,
    v1::ListSnapshotAssetsResponse* response) {
  using Response = v1::ListSnapshotAssetsResponse;
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Read(call, [&](Transaction& tx) -> absl::StatusOr<Response> {
      SA_RETURN_IF_ERROR(kSnapshots.Get(tx, request->parent()).status());
      SA_ASSIGN_OR_RETURN(auto page, kSnapshotAssets.List(tx, request->parent(), *request));
      return pg::ToResponse(std::move(page), &Response::mutable_snapshot_assets);
    });
  });
}

AssetSnapshotService::Reactor* AssetSnapshotService::CompareAssetSnapshots(
    Context* context, const v1::CompareAssetSnapshotsRequest* request,
    v1::SnapshotComparison* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Read(call, [&](Transaction& tx) -> absl::StatusOr<v1::SnapshotComparison> {
      SA_RETURN_IF_ERROR(kSnapshots.Get(tx, request->name()).status());
      std::string base = request->base();
      if (base.empty()) {
        SA_ASSIGN_OR_RETURN(base, SnapshotBefore(tx, request->name()));
      } else if (ClientOf(base) != call.client_name()) {
        return InvalidField("base", absl::StrCat("'", base, "' is no snapshot of this client"),
                            "この会社の台帳の控えではありません");
      }
      if (base.empty()) {
        return InvalidField("base", "nothing came and there is no earlier snapshot",
                            "比べる前の控えがありません");
      }
      return Compare(tx, base, request->name());
    });
  });
}

}  // namespace staraction::asset
