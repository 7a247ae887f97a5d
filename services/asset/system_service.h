#ifndef STARACTION_SERVICES_ASSET_SYSTEM_SERVICE_H_
#define STARACTION_SERVICES_ASSET_SYSTEM_SERVICE_H_

#include "common/pg/pool.h"
#include "common/rpc/rpc_layer.h"
#include "services/asset/schemes.h"
#include "staraction/asset/v1/system_service.grpc.pb.h"

namespace staraction::asset {

// The register of devices, software and services. Thread safe.
class SystemService final : public v1::SystemService::CallbackService {
 public:
  using Context = grpc::CallbackServerContext;
  using Reactor = grpc::ServerUnaryReactor;

  SystemService(RpcLayer& rpc, pg::Pool& pool, const Schemes& schemes)
      : rpc_(rpc), pool_(pool), schemes_(schemes) {}

  Reactor* CreateSystem(Context* context, const v1::CreateSystemRequest* request,
                        v1::System* response) override;
  Reactor* GetSystem(Context* context, const v1::GetSystemRequest* request,
                     v1::System* response) override;
  Reactor* ListSystems(Context* context, const v1::ListSystemsRequest* request,
                       v1::ListSystemsResponse* response) override;
  Reactor* UpdateSystem(Context* context, const v1::UpdateSystemRequest* request,
                        v1::System* response) override;
  Reactor* DeleteSystem(Context* context, const v1::DeleteSystemRequest* request,
                        google::protobuf::Empty* response) override;

 private:
  v1::System Shown(const Call& call, v1::System system) const;
  // Stores a checked system by `store`; ALREADY_EXISTS for a taken key.
  template <typename Store>
  absl::StatusOr<v1::System> Put(pg::Transaction& tx, v1::System system, Store store) const;

  RpcLayer& rpc_;
  pg::Pool& pool_;
  const Schemes& schemes_;
};

}  // namespace staraction::asset

#endif  // STARACTION_SERVICES_ASSET_SYSTEM_SERVICE_H_
