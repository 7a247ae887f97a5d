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
#include "services/asset/store/snapshots.h"
#include "services/asset/store/tables.h"

namespace staraction::asset {
namespace {

using content::v1::ValueScale;
using pg::Transaction;

absl::Status Empty(const std::string& client) {
  return CriteriaUnmet(client, {{"LEDGER_EMPTY", "the ledger has no entry to freeze",
                                 "台帳に項目がありません。先に情報資産を登録してください"}});
}

constexpr size_t kMostChanges = 1000;  // as the schema promises

// What the frozen entries come to.
void Count(const ValueScale& scale, const std::map<std::string, LevelCount>& counts,
           v1::AssetSnapshot& snapshot) {
  for (const auto& level : scale.levels()) {
    const auto found = counts.find(level.code());
    if (found == counts.end()) continue;
    v1::ImportanceCount* count = snapshot.add_importance_counts();
    count->set_importance(level.value());
    count->set_entries(found->second.entries);
  }
  for (const auto& [level, count] : counts) {
    snapshot.set_entry_count(snapshot.entry_count() + count.entries);
    snapshot.set_personal_count(snapshot.personal_count() + count.personal);
  }
}

v1::AssetSnapshot NewSnapshot(const ValueScale& scale, const Call& call, const std::string& note) {
  v1::AssetSnapshot snapshot;
  snapshot.set_name(absl::StrCat(call.client_name(), "/assetSnapshots/", NewId(call.now)));
  snapshot.set_note(note);
  snapshot.set_value_scale(scale.id());
  snapshot.set_edition(scale.edition());
  snapshot.set_pack(absl::StrCat(scale.pack().urn(), "@", scale.pack().version()));
  snapshot.set_recorded_by(call.Actor());
  return snapshot;
}

absl::StatusOr<std::vector<v1::Asset>> ShownEntries(Transaction& tx, const std::string& snapshot,
                                                    const std::vector<std::string>& ids) {
  SA_ASSIGN_OR_RETURN(const SnapshotContent content, ContentOf(tx, snapshot));
  SA_ASSIGN_OR_RETURN(auto entries, SnapshotEntries(tx, snapshot, ids));
  for (v1::Asset& entry : entries) {
    entry =
        ShownOn(content.day, content.scheme, content.scale, tx.call().language, std::move(entry));
  }
  return entries;
}

// Of both sides the same client: the table shows no other's.
absl::StatusOr<v1::SnapshotComparison> Compare(Transaction& tx, const std::string& base,
                                               const v1::AssetSnapshot& snapshot) {
  SA_RETURN_IF_ERROR(kSnapshots.Get(tx, base).status());
  SA_ASSIGN_OR_RETURN(Differences differences, DifferencesOf(tx, base, snapshot.name()));
  if (differences.ids.size() > kMostChanges) differences.ids.resize(kMostChanges);
  SA_ASSIGN_OR_RETURN(const auto before, ShownEntries(tx, base, differences.ids));
  SA_ASSIGN_OR_RETURN(const auto after, ShownEntries(tx, snapshot.name(), differences.ids));
  v1::SnapshotComparison comparison;
  for (v1::AssetChange& change : domain::Changes(before, after)) {
    *comparison.add_changes() = std::move(change);
  }
  comparison.set_base(base);
  comparison.set_snapshot(snapshot.name());
  comparison.set_added_count(differences.added);
  comparison.set_removed_count(differences.removed);
  comparison.set_changed_count(differences.changed);
  comparison.set_same_count(snapshot.entry_count() - differences.added - differences.changed);
  return comparison;
}

}  // namespace

AssetSnapshotService::Reactor* AssetSnapshotService::CreateAssetSnapshot(
    Context* context, const v1::CreateAssetSnapshotRequest* request, v1::AssetSnapshot* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Write(call, *request, [&](Transaction& tx) -> absl::StatusOr<v1::AssetSnapshot> {
      SA_ASSIGN_OR_RETURN(const ValueScale* scale, ScaleOf(schemes_, tx));
      v1::AssetSnapshot snapshot = NewSnapshot(*scale, call, request->asset_snapshot().note());
      SA_ASSIGN_OR_RETURN(const auto counts, FreezeEntries(tx, snapshot.name()));
      if (counts.empty()) return Empty(request->parent());
      Count(*scale, counts, snapshot);
      SA_ASSIGN_OR_RETURN(snapshot, kSnapshots.Insert(tx, std::move(snapshot)));
      SA_RETURN_IF_ERROR(KeepContent(tx, snapshot.name(), schemes_.scheme(), *scale));
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
      SA_ASSIGN_OR_RETURN(const SnapshotContent content, ContentOf(tx, request->parent()));
      SA_ASSIGN_OR_RETURN(auto page, SnapshotEntries(tx, *request));
      Response list;
      for (v1::Asset& entry : page.items) {
        v1::SnapshotAsset* added = list.add_snapshot_assets();
        added->set_name(absl::StrCat(request->parent(), "/snapshotAssets/", LastId(entry.name())));
        *added->mutable_asset() =
            ShownOn(content.day, content.scheme, content.scale, call.language, std::move(entry));
      }
      list.set_next_page_token(page.next_page_token);
      return list;
    });
  });
}

AssetSnapshotService::Reactor* AssetSnapshotService::CompareAssetSnapshots(
    Context* context, const v1::CompareAssetSnapshotsRequest* request,
    v1::SnapshotComparison* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Read(call, [&](Transaction& tx) -> absl::StatusOr<v1::SnapshotComparison> {
      SA_ASSIGN_OR_RETURN(const v1::AssetSnapshot snapshot, kSnapshots.Get(tx, request->name()));
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
      return Compare(tx, base, snapshot);
    });
  });
}

}  // namespace staraction::asset
