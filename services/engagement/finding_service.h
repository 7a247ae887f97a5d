#ifndef STARACTION_SERVICES_ENGAGEMENT_FINDING_SERVICE_H_
#define STARACTION_SERVICES_ENGAGEMENT_FINDING_SERVICE_H_

#include <string>

#include "common/pg/pool.h"
#include "common/rpc/rpc_layer.h"
#include "staraction/engagement/v1/finding_service.grpc.pb.h"

namespace staraction::engagement {

// What internal checks found. Thread safe.
class FindingService final : public v1::FindingService::CallbackService {
 public:
  FindingService(RpcLayer& rpc, pg::Pool& pool) : rpc_(rpc), pool_(pool) {}

  using Context = grpc::CallbackServerContext;
  using Reactor = grpc::ServerUnaryReactor;

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
  absl::StatusOr<v1::Finding> Move(const Call& call, const Request& request,
                                   const std::string& verb, Change change);

  RpcLayer& rpc_;
  pg::Pool& pool_;
};

}  // namespace staraction::engagement

#endif  // STARACTION_SERVICES_ENGAGEMENT_FINDING_SERVICE_H_
