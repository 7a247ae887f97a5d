#ifndef STARACTION_SERVICES_ENGAGEMENT_ACTIVITY_SERVICE_H_
#define STARACTION_SERVICES_ENGAGEMENT_ACTIVITY_SERVICE_H_

#include "common/calendar/business_calendar.h"
#include "common/content/library.h"
#include "common/pg/pool.h"
#include "common/rpc/rpc_layer.h"
#include "staraction/engagement/v1/activity_service.grpc.pb.h"

namespace staraction::engagement {

// What companies do in operation. Thread safe.
class ActivityService final : public v1::ActivityService::CallbackService {
 public:
  ActivityService(RpcLayer& rpc, pg::Pool& pool, const content::Library& library)
      : rpc_(rpc),
        pool_(pool),
        library_(library),
        calendar_(*library.FindHolidayCalendar("japan")) {}

  using Context = grpc::CallbackServerContext;
  using Reactor = grpc::ServerUnaryReactor;

  Reactor* GetActivityCalendar(Context* context, const v1::GetActivityCalendarRequest* request,
                               v1::ActivityCalendar* response) override;
  Reactor* PlanActivities(Context* context, const v1::PlanActivitiesRequest* request,
                          v1::PlanActivitiesResponse* response) override;
  Reactor* CreateActivity(Context* context, const v1::CreateActivityRequest* request,
                          v1::Activity* response) override;
  Reactor* GetActivity(Context* context, const v1::GetActivityRequest* request,
                       v1::Activity* response) override;
  Reactor* ListActivities(Context* context, const v1::ListActivitiesRequest* request,
                          v1::ListActivitiesResponse* response) override;
  Reactor* UpdateActivity(Context* context, const v1::UpdateActivityRequest* request,
                          v1::Activity* response) override;
  Reactor* CompleteActivity(Context* context, const v1::CompleteActivityRequest* request,
                            v1::Activity* response) override;
  Reactor* SkipActivity(Context* context, const v1::SkipActivityRequest* request,
                        v1::Activity* response) override;
  Reactor* ReopenActivity(Context* context, const v1::ReopenActivityRequest* request,
                          v1::Activity* response) override;

 private:
  // PLANNED ↔ DONE, SKIPPED, recorded as an act.
  template <typename Request>
  absl::StatusOr<v1::Activity> Move(const Call& call, const Request& request,
                                    const std::string& verb, v1::Activity::State to,
                                    const std::string& text);

  RpcLayer& rpc_;
  pg::Pool& pool_;
  const content::Library& library_;
  const BusinessCalendar calendar_;
};

}  // namespace staraction::engagement

#endif  // STARACTION_SERVICES_ENGAGEMENT_ACTIVITY_SERVICE_H_
