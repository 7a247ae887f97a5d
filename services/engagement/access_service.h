#ifndef STARACTION_SERVICES_ENGAGEMENT_ACCESS_SERVICE_H_
#define STARACTION_SERVICES_ENGAGEMENT_ACCESS_SERVICE_H_

#include <string>
#include <vector>

#include "common/pg/pool.h"
#include "common/rpc/rpc_layer.h"
#include "staraction/engagement/v1/access_service.grpc.pb.h"

namespace staraction::engagement {

// Who may do what, from this service's own tables. Thread safe.
class LocalAccess : public AccessResolver {
 public:
  explicit LocalAccess(pg::Pool& pool) : pool_(pool) {}

  absl::StatusOr<v1::ResolveResponse> Resolve(const Call& call,
                                              const std::vector<std::string>& names) override;

 private:
  pg::Pool& pool_;
};

// The same for the other services.
class AccessService final : public v1::AccessService::CallbackService {
 public:
  AccessService(RpcLayer& rpc, LocalAccess& access) : rpc_(rpc), access_(access) {}

  grpc::ServerUnaryReactor* Resolve(grpc::CallbackServerContext* context,
                                    const v1::ResolveRequest* request,
                                    v1::ResolveResponse* response) override;

 private:
  RpcLayer& rpc_;
  LocalAccess& access_;
};

}  // namespace staraction::engagement

#endif  // STARACTION_SERVICES_ENGAGEMENT_ACCESS_SERVICE_H_
