#ifndef STARACTION_SERVICES_ENGAGEMENT_RULE_EXCEPTION_SERVICE_H_
#define STARACTION_SERVICES_ENGAGEMENT_RULE_EXCEPTION_SERVICE_H_

#include "common/content/library.h"
#include "common/pg/pool.h"
#include "common/rpc/rpc_layer.h"
#include "staraction/engagement/v1/rule_exception_service.grpc.pb.h"

namespace staraction::engagement {

// Exceptions from rules. Thread safe.
class RuleExceptionService final : public v1::RuleExceptionService::CallbackService {
 public:
  RuleExceptionService(RpcLayer& rpc, pg::Pool& pool, const content::Library& library)
      : rpc_(rpc), pool_(pool), library_(library) {}

  using Context = grpc::CallbackServerContext;
  using Reactor = grpc::ServerUnaryReactor;

  Reactor* CreateRuleException(Context* context, const v1::CreateRuleExceptionRequest* request,
                               v1::RuleException* response) override;
  Reactor* GetRuleException(Context* context, const v1::GetRuleExceptionRequest* request,
                            v1::RuleException* response) override;
  Reactor* ListRuleExceptions(Context* context, const v1::ListRuleExceptionsRequest* request,
                              v1::ListRuleExceptionsResponse* response) override;
  Reactor* ApproveRuleException(Context* context, const v1::ApproveRuleExceptionRequest* request,
                                v1::RuleException* response) override;
  Reactor* RejectRuleException(Context* context, const v1::RejectRuleExceptionRequest* request,
                               v1::RuleException* response) override;
  Reactor* EndRuleException(Context* context, const v1::EndRuleExceptionRequest* request,
                            v1::RuleException* response) override;
  Reactor* WithdrawRuleException(Context* context, const v1::WithdrawRuleExceptionRequest* request,
                                 v1::RuleException* response) override;

 private:
  // Takes the president's or manager's decision.
  template <typename Request>
  absl::StatusOr<v1::RuleException> Decide(const Call& call, const Request& request,
                                           const std::string& verb, v1::RuleException::State to,
                                           const std::string& text);

  RpcLayer& rpc_;
  pg::Pool& pool_;
  const content::Library& library_;
};

}  // namespace staraction::engagement

#endif  // STARACTION_SERVICES_ENGAGEMENT_RULE_EXCEPTION_SERVICE_H_
