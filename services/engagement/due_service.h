#ifndef STARACTION_SERVICES_ENGAGEMENT_DUE_SERVICE_H_
#define STARACTION_SERVICES_ENGAGEMENT_DUE_SERVICE_H_

#include "common/pg/pool.h"
#include "common/rpc/rpc_layer.h"
#include "staraction/engagement/v1/due_service.grpc.pb.h"

namespace staraction::engagement {

// Who owes what by when. Thread safe.
class DueService final : public v1::DueService::CallbackService {
 public:
  DueService(RpcLayer& rpc, pg::Pool& pool) : rpc_(rpc), pool_(pool) {}

  grpc::ServerUnaryReactor* ListDueItems(grpc::CallbackServerContext* context,
                                         const v1::ListDueItemsRequest* request,
                                         v1::ListDueItemsResponse* response) override;

 private:
  RpcLayer& rpc_;
  pg::Pool& pool_;
};

}  // namespace staraction::engagement

#endif  // STARACTION_SERVICES_ENGAGEMENT_DUE_SERVICE_H_
