#ifndef STARACTION_SERVICES_ENGAGEMENT_INTERNAL_CHECK_SERVICE_H_
#define STARACTION_SERVICES_ENGAGEMENT_INTERNAL_CHECK_SERVICE_H_

#include "common/content/library.h"
#include "common/pg/pool.h"
#include "common/rpc/rpc_layer.h"
#include "staraction/engagement/v1/internal_check_service.grpc.pb.h"

namespace staraction::engagement {

// Internal checks and (finding_methods.cc) what they found. Thread safe.
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
  Reactor* CreateFinding(Context* context, const v1::CreateFindingRequest* request,
                         v1::Finding* response) override;
  Reactor* GetFinding(Context* context, const v1::GetFindingRequest* request,
                      v1::Finding* response) override;
  Reactor* ListFindings(Context* context, const v1::ListFindingsRequest* request,
                        v1::ListFindingsResponse* response) override;
  Reactor* DecideFinding(Context* context, const v1::DecideFindingRequest* request,
                         v1::Finding* response) override;
  Reactor* CorrectFinding(Context* context, const v1::CorrectFindingRequest* request,
                          v1::Finding* response) override;
  Reactor* VerifyFinding(Context* context, const v1::VerifyFindingRequest* request,
                         v1::Finding* response) override;
  Reactor* WithdrawFinding(Context* context, const v1::WithdrawFindingRequest* request,
                           v1::Finding* response) override;

 private:
  // Moves a finding and records the act. `change` may refuse.
  template <typename Request, typename Change>
  absl::StatusOr<v1::Finding> MoveFinding(const Call& call, const Request& request,
                                          const std::string& verb, Change change);

  RpcLayer& rpc_;
  pg::Pool& pool_;
  const content::Library& library_;
};

}  // namespace staraction::engagement

#endif  // STARACTION_SERVICES_ENGAGEMENT_INTERNAL_CHECK_SERVICE_H_
