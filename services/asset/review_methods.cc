// What is worth a second look in a ledger.

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/base/date.h"
#include "common/base/macros.h"
#include "common/base/timestamp.h"
#include "common/resource/etag.h"
#include "common/status/errors.h"
#include "services/asset/asset_service.h"
#include "services/asset/domain/hints.h"
#include "services/asset/domain/scheme.h"
#include "services/asset/entries.h"
#include "services/asset/store/tables.h"

namespace staraction::asset {
namespace {

using pg::Transaction;

constexpr size_t kMostHints = 1000;

absl::Status CheckHint(const content::v1::AssetScheme& scheme, const std::string& code) {
  if (domain::FindHint(scheme, code) != nullptr) return absl::OkStatus();
  const std::string known = absl::StrJoin(
      scheme.hints(), ", ", [](std::string* out, const auto& hint) { out->append(hint.code()); });
  return InvalidField("hint", absl::StrCat("'", code, "' came; want one of ", known),
                      absl::StrCat("「", code, "」という指摘はありません。次のいずれか: ", known));
}

}  // namespace

AssetService::Reactor* AssetService::ReviewAssets(Context* context,
                                                  const v1::ReviewAssetsRequest* request,
                                                  v1::ReviewAssetsResponse* response) {
  using Response = v1::ReviewAssetsResponse;
  return rpc_.Unary(context, request, response, [this](const Call& call) {
    return pool_.Read(call, [&](Transaction& tx) -> absl::StatusOr<Response> {
      SA_ASSIGN_OR_RETURN(const auto assets, AllAssets(tx));
      SA_ASSIGN_OR_RETURN(const auto* scale, ScaleOf(schemes_, tx));
      auto hints =
          domain::Review(schemes_.scheme(), *scale, assets, TokyoDay(call.now), call.language);
      Response found;
      found.set_entry_count(static_cast<int>(assets.size()));
      found.set_hint_count(static_cast<int>(hints.size()));
      if (hints.size() > kMostHints) hints.resize(kMostHints);
      for (v1::AssetHint& hint : hints) *found.add_hints() = std::move(hint);
      return found;
    });
  });
}

AssetService::Reactor* AssetService::DismissHint(Context* context,
                                                 const v1::DismissHintRequest* request,
                                                 v1::Asset* response) {
  return rpc_.Unary(
      context, request, response, [this, request](const Call& call) -> absl::StatusOr<v1::Asset> {
        SA_RETURN_IF_ERROR(CheckHint(schemes_.scheme(), request->hint()));
        return pool_.Write(call, *request, [&](Transaction& tx) -> absl::StatusOr<v1::Asset> {
          SA_ASSIGN_OR_RETURN(v1::Asset asset, kAssets.Lock(tx, request->name()));
          SA_RETURN_IF_ERROR(CheckEtag(request->etag(), asset.etag(), asset.name()));
          v1::DismissedHint* dismissed = asset.add_dismissed_hints();
          dismissed->set_hint(request->hint());
          dismissed->set_reason(request->reason());
          dismissed->set_actor(call.Actor());
          *dismissed->mutable_time() = ToTimestamp(tx.now());
          return StoreEntry(schemes_, tx, std::move(asset));
        });
      });
}

}  // namespace staraction::asset
