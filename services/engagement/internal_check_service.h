#ifndef STARACTION_SERVICES_ENGAGEMENT_INTERNAL_CHECK_SERVICE_H_
#define STARACTION_SERVICES_ENGAGEMENT_INTERNAL_CHECK_SERVICE_H_

#include "common/content/library.h"
#include "common/pg/pool.h"
#include "common/rpc/rpc_layer.h"
#include "staraction/engagement/v1/internal_check_service.grpc.pb.h"

namespace staraction::engagement {

// Internal checks. Thread safe.
class InternalCheckService final : public v1::InternalCheckService::CallbackService {
 public:
  InternalCheckService(RpcLayer& rpc, pg::Pool& pool, const content::Library& library)
      : rpc_(rpc), pool_(pool), library_(library) {}

  using Context = grpc::CallbackServerContext;
  using Reactor = grpc::ServerUnaryReactor;

  Reactor* CreateInternalCheck(Context* context, const v1::CreateInternalCheckRequest* request,
                               v1::InternalCheck* response) override;
  Reactor* GetInternalCheck(Context* context, const v1::GetInternalCheckRequest* request,
                            v1::InternalCheck* response) override;
  Reactor* ListInternalChecks(Context* context, const v1::ListInternalChecksRequest* request,
                              v1::ListInternalChecksResponse* response) override;
  Reactor* AnswerInternalCheck(Context* context, const v1::AnswerInternalCheckRequest* request,
                               v1::InternalCheck* response) override;
  Reactor* ConcludeInternalCheck(Context* context, const v1::ConcludeInternalCheckRequest* request,
                                 v1::InternalCheck* response) override;
  Reactor* CancelInternalCheck(Context* context, const v1::CancelInternalCheckRequest* request,
                               v1::InternalCheck* response) override;

 private:
  RpcLayer& rpc_;
  pg::Pool& pool_;
  const content::Library& library_;
};

}  // namespace staraction::engagement

#endif  // STARACTION_SERVICES_ENGAGEMENT_INTERNAL_CHECK_SERVICE_H_
