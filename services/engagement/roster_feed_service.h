#ifndef STARACTION_SERVICES_ENGAGEMENT_ROSTER_FEED_SERVICE_H_
#define STARACTION_SERVICES_ENGAGEMENT_ROSTER_FEED_SERVICE_H_

#include "common/content/library.h"
#include "common/pg/pool.h"
#include "common/rpc/rpc_layer.h"
#include "staraction/engagement/v1/roster_feed_service.grpc.pb.h"

namespace staraction::engagement {

// The roster for our other services, which ask on nobody's behalf. Thread safe.
class RosterFeedService final : public v1::RosterFeedService::CallbackService {
 public:
  RosterFeedService(RpcLayer& rpc, pg::Pool& pool, const content::Library& library)
      : rpc_(rpc), pool_(pool), library_(library) {}

  grpc::ServerUnaryReactor* ReadRoster(grpc::CallbackServerContext* context,
                                       const v1::ReadRosterRequest* request,
                                       v1::ReadRosterResponse* response) override;

 private:
  RpcLayer& rpc_;
  pg::Pool& pool_;
  const content::Library& library_;
};

}  // namespace staraction::engagement

#endif  // STARACTION_SERVICES_ENGAGEMENT_ROSTER_FEED_SERVICE_H_
