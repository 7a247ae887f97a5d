#ifndef STARACTION_SERVICES_ENGAGEMENT_ROSTER_SERVICE_H_
#define STARACTION_SERVICES_ENGAGEMENT_ROSTER_SERVICE_H_

#include "common/content/library.h"
#include "common/pg/pool.h"
#include "common/rpc/rpc_layer.h"
#include "staraction/engagement/v1/roster_service.grpc.pb.h"

namespace staraction::engagement {

// Who counts in an engagement: its rule, exemptions and the roster as of a day. Thread safe.
class RosterService final : public v1::RosterService::CallbackService {
 public:
  RosterService(RpcLayer& rpc, pg::Pool& pool, const content::Library& library)
      : rpc_(rpc), pool_(pool), library_(library) {}

  using Context = grpc::CallbackServerContext;
  using Reactor = grpc::ServerUnaryReactor;

  Reactor* ListRosterEntries(Context* context, const v1::ListRosterEntriesRequest* request,
                             v1::ListRosterEntriesResponse* response) override;
  Reactor* GetDenominatorRule(Context* context, const v1::GetDenominatorRuleRequest* request,
                              v1::DenominatorRule* response) override;
  Reactor* UpdateDenominatorRule(Context* context, const v1::UpdateDenominatorRuleRequest* request,
                                 v1::DenominatorRule* response) override;
  Reactor* CreateExemption(Context* context, const v1::CreateExemptionRequest* request,
                           v1::Exemption* response) override;
  Reactor* GetExemption(Context* context, const v1::GetExemptionRequest* request,
                        v1::Exemption* response) override;
  Reactor* ListExemptions(Context* context, const v1::ListExemptionsRequest* request,
                          v1::ListExemptionsResponse* response) override;
  Reactor* RevokeExemption(Context* context, const v1::RevokeExemptionRequest* request,
                           v1::Exemption* response) override;

 private:
  RpcLayer& rpc_;
  pg::Pool& pool_;
  const content::Library& library_;
};

}  // namespace staraction::engagement

#endif  // STARACTION_SERVICES_ENGAGEMENT_ROSTER_SERVICE_H_
