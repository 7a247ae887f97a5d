#ifndef STARACTION_SERVICES_ENGAGEMENT_EFFORT_SERVICE_H_
#define STARACTION_SERVICES_ENGAGEMENT_EFFORT_SERVICE_H_

#include "common/content/library.h"
#include "common/pg/pool.h"
#include "common/rpc/rpc_layer.h"
#include "staraction/engagement/v1/effort_service.grpc.pb.h"
#include "staraction/engagement/v1/pilot_service.grpc.pb.h"

namespace staraction::engagement {

// The consultancy's time. Thread safe.
class EffortService final : public v1::EffortService::CallbackService {
 public:
  EffortService(RpcLayer& rpc, pg::Pool& pool, const content::Library& library)
      : rpc_(rpc), pool_(pool), library_(library) {}

  using Context = grpc::CallbackServerContext;
  using Reactor = grpc::ServerUnaryReactor;

  Reactor* CreateEffortEntry(Context* context, const v1::CreateEffortEntryRequest* request,
                             v1::EffortEntry* response) override;
  Reactor* GetEffortEntry(Context* context, const v1::GetEffortEntryRequest* request,
                          v1::EffortEntry* response) override;
  Reactor* ListEffortEntries(Context* context, const v1::ListEffortEntriesRequest* request,
                             v1::ListEffortEntriesResponse* response) override;
  Reactor* UpdateEffortEntry(Context* context, const v1::UpdateEffortEntryRequest* request,
                             v1::EffortEntry* response) override;
  Reactor* GetEffortReport(Context* context, const v1::GetEffortReportRequest* request,
                           v1::EffortReport* response) override;

 private:
  RpcLayer& rpc_;
  pg::Pool& pool_;
  const content::Library& library_;
};

// Lessons, and how pilots went. Thread safe.
class PilotService final : public v1::PilotService::CallbackService {
 public:
  PilotService(RpcLayer& rpc, pg::Pool& pool) : rpc_(rpc), pool_(pool) {}

  using Context = grpc::CallbackServerContext;
  using Reactor = grpc::ServerUnaryReactor;

  Reactor* CreateLesson(Context* context, const v1::CreateLessonRequest* request,
                        v1::Lesson* response) override;
  Reactor* ListLessons(Context* context, const v1::ListLessonsRequest* request,
                       v1::ListLessonsResponse* response) override;
  Reactor* ReportPilots(Context* context, const v1::ReportPilotsRequest* request,
                        v1::ReportPilotsResponse* response) override;

 private:
  RpcLayer& rpc_;
  pg::Pool& pool_;
};

}  // namespace staraction::engagement

#endif  // STARACTION_SERVICES_ENGAGEMENT_EFFORT_SERVICE_H_
