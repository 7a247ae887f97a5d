#ifndef STARACTION_SERVICES_ENGAGEMENT_WATCH_SERVICE_H_
#define STARACTION_SERVICES_ENGAGEMENT_WATCH_SERVICE_H_

#include "common/pg/pool.h"
#include "common/rpc/rpc_layer.h"
#include "services/engagement/watch_hub.h"
#include "staraction/engagement/v1/watch_service.grpc.pb.h"

namespace staraction::engagement {

// Tells front ends when to look again. Thread safe.
class WatchService final : public v1::WatchService::CallbackService {
 public:
  WatchService(RpcLayer& rpc, pg::Pool& pool, WatchHub& hub) : rpc_(rpc), pool_(pool), hub_(hub) {}

  grpc::ServerWriteReactor<v1::WatchEngagementResponse>* WatchEngagement(
      grpc::CallbackServerContext* context, const v1::WatchEngagementRequest* request) override;

 private:
  RpcLayer& rpc_;
  pg::Pool& pool_;
  WatchHub& hub_;
};

}  // namespace staraction::engagement

#endif  // STARACTION_SERVICES_ENGAGEMENT_WATCH_SERVICE_H_
