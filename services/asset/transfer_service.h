#ifndef STARACTION_SERVICES_ASSET_TRANSFER_SERVICE_H_
#define STARACTION_SERVICES_ASSET_TRANSFER_SERVICE_H_

#include "common/pg/pool.h"
#include "common/rpc/rpc_layer.h"
#include "services/asset/schemes.h"
#include "services/asset/sites.h"
#include "staraction/asset/v1/asset_transfer_service.grpc.pb.h"

namespace staraction::asset {

// The ledger and the register of systems as files, in and out. Thread safe.
class AssetTransferService final : public v1::AssetTransferService::CallbackService {
 public:
  using Context = grpc::CallbackServerContext;
  using Reactor = grpc::ServerUnaryReactor;

  AssetTransferService(RpcLayer& rpc, pg::Pool& pool, const Schemes& schemes, Sites& sites)
      : rpc_(rpc), pool_(pool), schemes_(schemes), sites_(sites) {}

  Reactor* ImportAssets(Context* context, const v1::ImportAssetsRequest* request,
                        v1::ImportAssetsResponse* response) override;
  Reactor* ExportAssets(Context* context, const v1::ExportAssetsRequest* request,
                        v1::ExportAssetsResponse* response) override;
  Reactor* ImportSystems(Context* context, const v1::ImportSystemsRequest* request,
                         v1::ImportSystemsResponse* response) override;
  Reactor* ExportSystems(Context* context, const v1::ExportSystemsRequest* request,
                         v1::ExportSystemsResponse* response) override;

 private:
  RpcLayer& rpc_;
  pg::Pool& pool_;
  const Schemes& schemes_;
  Sites& sites_;
};

}  // namespace staraction::asset

#endif  // STARACTION_SERVICES_ASSET_TRANSFER_SERVICE_H_
