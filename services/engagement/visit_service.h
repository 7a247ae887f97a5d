#ifndef STARACTION_SERVICES_ENGAGEMENT_VISIT_SERVICE_H_
#define STARACTION_SERVICES_ENGAGEMENT_VISIT_SERVICE_H_

#include "common/content/library.h"
#include "common/pg/pool.h"
#include "common/rpc/rpc_layer.h"
#include "staraction/engagement/v1/visit_service.grpc.pb.h"

namespace staraction::engagement {

// Meetings with clients. Thread safe.
class VisitService final : public v1::VisitService::CallbackService {
 public:
  VisitService(RpcLayer& rpc, pg::Pool& pool, const content::Library& library)
      : rpc_(rpc), pool_(pool), library_(library) {}

  using Context = grpc::CallbackServerContext;
  using Reactor = grpc::ServerUnaryReactor;

  Reactor* CreateVisit(Context* context, const v1::CreateVisitRequest* request,
                       v1::Visit* response) override;
  Reactor* GetVisit(Context* context, const v1::GetVisitRequest* request,
                    v1::Visit* response) override;
  Reactor* ListVisits(Context* context, const v1::ListVisitsRequest* request,
                      v1::ListVisitsResponse* response) override;
  Reactor* UpdateVisit(Context* context, const v1::UpdateVisitRequest* request,
                       v1::Visit* response) override;
  Reactor* HoldVisit(Context* context, const v1::HoldVisitRequest* request,
                     v1::Visit* response) override;
  Reactor* ConfirmVisit(Context* context, const v1::ConfirmVisitRequest* request,
                        v1::Visit* response) override;
  Reactor* CancelVisit(Context* context, const v1::CancelVisitRequest* request,
                       v1::Visit* response) override;

 private:
  // With all that its report prints.
  absl::StatusOr<v1::Visit> Complete(pg::Transaction& tx, v1::Visit visit) const;

  RpcLayer& rpc_;
  pg::Pool& pool_;
  const content::Library& library_;
};

}  // namespace staraction::engagement

#endif  // STARACTION_SERVICES_ENGAGEMENT_VISIT_SERVICE_H_
