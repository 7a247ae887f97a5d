#ifndef STARACTION_SERVICES_ENGAGEMENT_LIFE_EVENT_SERVICE_H_
#define STARACTION_SERVICES_ENGAGEMENT_LIFE_EVENT_SERVICE_H_

#include "common/calendar/business_calendar.h"
#include "common/content/library.h"
#include "common/pg/pool.h"
#include "common/rpc/rpc_layer.h"
#include "staraction/engagement/v1/life_event_service.grpc.pb.h"

namespace staraction::engagement {

// What must be redone when something happens to a client. Thread safe.
class LifeEventService final : public v1::LifeEventService::CallbackService {
 public:
  LifeEventService(RpcLayer& rpc, pg::Pool& pool, const content::Library& library);

  using Context = grpc::CallbackServerContext;
  using Reactor = grpc::ServerUnaryReactor;

  Reactor* ListLifeEventKinds(Context* context, const v1::ListLifeEventKindsRequest* request,
                              v1::ListLifeEventKindsResponse* response) override;
  Reactor* CreateLifeEvent(Context* context, const v1::CreateLifeEventRequest* request,
                           v1::LifeEvent* response) override;
  Reactor* GetLifeEvent(Context* context, const v1::GetLifeEventRequest* request,
                        v1::LifeEvent* response) override;
  Reactor* ListLifeEvents(Context* context, const v1::ListLifeEventsRequest* request,
                          v1::ListLifeEventsResponse* response) override;
  Reactor* CompleteLifeEvent(Context* context, const v1::CompleteLifeEventRequest* request,
                             v1::LifeEvent* response) override;
  Reactor* CompleteLifeEventStep(Context* context, const v1::CompleteLifeEventStepRequest* request,
                                 v1::LifeEvent* response) override;
  Reactor* CancelLifeEvent(Context* context, const v1::CancelLifeEventRequest* request,
                           v1::LifeEvent* response) override;

 private:
  // The event with its steps and where they will be found, not stored yet.
  absl::StatusOr<v1::LifeEvent> Prepare(pg::Transaction& tx,
                                        const v1::CreateLifeEventRequest& request) const;

  RpcLayer& rpc_;
  pg::Pool& pool_;
  const content::Library& library_;
  const BusinessCalendar calendar_;
};

}  // namespace staraction::engagement

#endif  // STARACTION_SERVICES_ENGAGEMENT_LIFE_EVENT_SERVICE_H_
