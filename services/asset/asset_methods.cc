// The methods on entries.

#include <set>
#include <string>

#include "absl/strings/str_cat.h"
#include "common/base/macros.h"
#include "common/resource/etag.h"
#include "common/resource/mask.h"
#include "services/asset/asset_service.h"
#include "services/asset/entries.h"
#include "services/asset/store/tables.h"

namespace staraction::asset {

using pg::Transaction;

AssetService::Reactor* AssetService::CreateAsset(Context* context,
                                                 const v1::CreateAssetRequest* request,
                                                 v1::Asset* response) {
  return rpc_.Unary(
      context, request, response, [this, request](const Call& call) -> absl::StatusOr<v1::Asset> {
        SA_RETURN_IF_ERROR(CheckSite(call, sites_, request->asset().site(), "asset.site"));
        return pool_.Write(call, *request, [&](Transaction& tx) -> absl::StatusOr<v1::Asset> {
          SA_ASSIGN_OR_RETURN(auto assets, InsertEntries(schemes_, tx, {request->asset()}, false));
          return std::move(assets.front());
        });
      });
}

AssetService::Reactor* AssetService::BatchCreateAssets(Context* context,
                                                       const v1::BatchCreateAssetsRequest* request,
                                                       v1::BatchCreateAssetsResponse* response) {
  using Response = v1::BatchCreateAssetsResponse;
  return rpc_.Unary(
      context, request, response, [this, request](const Call& call) -> absl::StatusOr<Response> {
        std::set<std::string> sites;
        for (int i = 0; i < request->assets_size(); ++i) {
          const std::string& site = request->assets(i).site();
          if (!sites.insert(site).second) continue;
          SA_RETURN_IF_ERROR(CheckSite(call, sites_, site, absl::StrCat("assets[", i, "].site")));
        }
        return pool_.Write(call, *request, [&](Transaction& tx) -> absl::StatusOr<Response> {
          SA_ASSIGN_OR_RETURN(
              auto assets,
              InsertEntries(schemes_, tx, {request->assets().begin(), request->assets().end()},
                            true));
          Response stored;
          for (v1::Asset& asset : assets) *stored.add_assets() = std::move(asset);
          return stored;
        });
      });
}

AssetService::Reactor* AssetService::GetAsset(Context* context, const v1::GetAssetRequest* request,
                                              v1::Asset* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Read(call, [&](Transaction& tx) -> absl::StatusOr<v1::Asset> {
      SA_ASSIGN_OR_RETURN(v1::Asset asset, kAssets.Get(tx, request->name()));
      SA_ASSIGN_OR_RETURN(const auto* scale, ScaleOf(schemes_, tx));
      return Shown(schemes_, *scale, call, std::move(asset));
    });
  });
}

AssetService::Reactor* AssetService::ListAssets(Context* context,
                                                const v1::ListAssetsRequest* request,
                                                v1::ListAssetsResponse* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Read(call, [&](Transaction& tx) -> absl::StatusOr<v1::ListAssetsResponse> {
      SA_ASSIGN_OR_RETURN(auto page, FindAssets(tx, *request));
      SA_ASSIGN_OR_RETURN(const auto* scale, ScaleOf(schemes_, tx));
      for (v1::Asset& asset : page.items) asset = Shown(schemes_, *scale, call, std::move(asset));
      return pg::ToResponse(std::move(page), &v1::ListAssetsResponse::mutable_assets);
    });
  });
}

AssetService::Reactor* AssetService::UpdateAsset(Context* context,
                                                 const v1::UpdateAssetRequest* request,
                                                 v1::Asset* response) {
  return rpc_.Unary(
      context, request, response, [this, request](const Call& call) -> absl::StatusOr<v1::Asset> {
        const v1::Asset& patch = request->asset();
        SA_RETURN_IF_ERROR(CheckSite(call, sites_, patch.site(), "asset.site"));
        return pool_.Write(call, *request, [&](Transaction& tx) -> absl::StatusOr<v1::Asset> {
          SA_ASSIGN_OR_RETURN(v1::Asset stored, kAssets.Lock(tx, patch.name()));
          SA_RETURN_IF_ERROR(CheckEtag(patch.etag(), stored.etag(), patch.name()));
          SA_RETURN_IF_ERROR(ApplyUpdate(request->update_mask(), patch, &stored));
          return StoreEntry(schemes_, tx, std::move(stored));
        });
      });
}

AssetService::Reactor* AssetService::DeleteAsset(Context* context,
                                                 const v1::DeleteAssetRequest* request,
                                                 google::protobuf::Empty* response) {
  using google::protobuf::Empty;
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Write(call, *request, [&](Transaction& tx) -> absl::StatusOr<Empty> {
      SA_ASSIGN_OR_RETURN(const v1::Asset stored, kAssets.Lock(tx, request->name()));
      SA_RETURN_IF_ERROR(CheckEtag(request->etag(), stored.etag(), stored.name()));
      SA_RETURN_IF_ERROR(asset::DeleteAsset(tx, stored.name()));
      return Empty();
    });
  });
}

}  // namespace staraction::asset
