#ifndef STARACTION_SERVICES_ASSET_ASSET_SERVICE_H_
#define STARACTION_SERVICES_ASSET_ASSET_SERVICE_H_

#include "absl/status/statusor.h"
#include "common/pg/pool.h"
#include "common/rpc/rpc_layer.h"
#include "services/asset/schemes.h"
#include "services/asset/sites.h"
#include "staraction/asset/v1/asset_service.grpc.pb.h"

namespace staraction::asset {

// The ledger: its scale (ledger_methods.cc), its entries, and what is worth a second look
// (review_methods.cc). Thread safe.
class AssetService final : public v1::AssetService::CallbackService {
 public:
  using Context = grpc::CallbackServerContext;
  using Reactor = grpc::ServerUnaryReactor;

  AssetService(RpcLayer& rpc, pg::Pool& pool, const Schemes& schemes, Sites& sites)
      : rpc_(rpc), pool_(pool), schemes_(schemes), sites_(sites) {}

  Reactor* GetLedger(Context* context, const v1::GetLedgerRequest* request,
                     v1::Ledger* response) override;
  Reactor* UpdateLedger(Context* context, const v1::UpdateLedgerRequest* request,
                        v1::Ledger* response) override;

  Reactor* CreateAsset(Context* context, const v1::CreateAssetRequest* request,
                       v1::Asset* response) override;
  Reactor* BatchCreateAssets(Context* context, const v1::BatchCreateAssetsRequest* request,
                             v1::BatchCreateAssetsResponse* response) override;
  Reactor* GetAsset(Context* context, const v1::GetAssetRequest* request,
                    v1::Asset* response) override;
  Reactor* ListAssets(Context* context, const v1::ListAssetsRequest* request,
                      v1::ListAssetsResponse* response) override;
  Reactor* UpdateAsset(Context* context, const v1::UpdateAssetRequest* request,
                       v1::Asset* response) override;
  Reactor* DeleteAsset(Context* context, const v1::DeleteAssetRequest* request,
                       google::protobuf::Empty* response) override;

  Reactor* ReviewAssets(Context* context, const v1::ReviewAssetsRequest* request,
                        v1::ReviewAssetsResponse* response) override;
  Reactor* DismissHint(Context* context, const v1::DismissHintRequest* request,
                       v1::Asset* response) override;

 private:
  RpcLayer& rpc_;
  pg::Pool& pool_;
  const Schemes& schemes_;
  Sites& sites_;
};

}  // namespace staraction::asset

#endif  // STARACTION_SERVICES_ASSET_ASSET_SERVICE_H_
