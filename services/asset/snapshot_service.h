#ifndef STARACTION_SERVICES_ASSET_SNAPSHOT_SERVICE_H_
#define STARACTION_SERVICES_ASSET_SNAPSHOT_SERVICE_H_

#include "common/pg/pool.h"
#include "common/rpc/rpc_layer.h"
#include "services/asset/schemes.h"
#include "staraction/asset/v1/asset_snapshot_service.grpc.pb.h"

namespace staraction::asset {

// Frozen ledgers. Thread safe.
class AssetSnapshotService final : public v1::AssetSnapshotService::CallbackService {
 public:
  using Context = grpc::CallbackServerContext;
  using Reactor = grpc::ServerUnaryReactor;

  AssetSnapshotService(RpcLayer& rpc, pg::Pool& pool, const Schemes& schemes)
      : rpc_(rpc), pool_(pool), schemes_(schemes) {}

  Reactor* CreateAssetSnapshot(Context* context, const v1::CreateAssetSnapshotRequest* request,
                               v1::AssetSnapshot* response) override;
  Reactor* GetAssetSnapshot(Context* context, const v1::GetAssetSnapshotRequest* request,
                            v1::AssetSnapshot* response) override;
  Reactor* ListAssetSnapshots(Context* context, const v1::ListAssetSnapshotsRequest* request,
                              v1::ListAssetSnapshotsResponse* response) override;
  Reactor* ListSnapshotAssets(Context* context, const v1::ListSnapshotAssetsRequest* request,
                              v1::ListSnapshotAssetsResponse* response) override;
  Reactor* CompareAssetSnapshots(Context* context, const v1::CompareAssetSnapshotsRequest* request,
                                 v1::SnapshotComparison* response) override;

 private:
  RpcLayer& rpc_;
  pg::Pool& pool_;
  const Schemes& schemes_;
};

}  // namespace staraction::asset

#endif  // STARACTION_SERVICES_ASSET_SNAPSHOT_SERVICE_H_
