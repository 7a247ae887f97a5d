#ifndef STARACTION_SERVICES_ENGAGEMENT_ENGAGEMENT_SERVICE_H_
#define STARACTION_SERVICES_ENGAGEMENT_ENGAGEMENT_SERVICE_H_

#include "common/pg/pool.h"
#include "common/rpc/rpc_layer.h"
#include "services/engagement/fact_collection.h"
#include "services/engagement/opening.h"
#include "staraction/engagement/v1/engagement_service.grpc.pb.h"

namespace staraction::engagement {

// Engagements and their readiness. Thread safe. (States and plans: life_methods.cc.)
class EngagementService final : public v1::EngagementService::CallbackService {
 public:
  EngagementService(RpcLayer& rpc, pg::Pool& pool, FactCollection& facts, const Opening& opening)
      : rpc_(rpc), pool_(pool), facts_(facts), opening_(opening) {}

  using Context = grpc::CallbackServerContext;
  using Reactor = grpc::ServerUnaryReactor;

  Reactor* GetEngagement(Context* context, const v1::GetEngagementRequest* request,
                         v1::Engagement* response) override;
  Reactor* ListEngagements(Context* context, const v1::ListEngagementsRequest* request,
                           v1::ListEngagementsResponse* response) override;
  Reactor* ListClientEngagements(Context* context, const v1::ListClientEngagementsRequest* request,
                                 v1::ListClientEngagementsResponse* response) override;
  Reactor* StartEngagement(Context* context, const v1::StartEngagementRequest* request,
                           v1::Engagement* response) override;
  Reactor* CloseEngagement(Context* context, const v1::CloseEngagementRequest* request,
                           v1::Engagement* response) override;
  Reactor* CancelEngagement(Context* context, const v1::CancelEngagementRequest* request,
                            v1::Engagement* response) override;

  Reactor* UpdateEngagement(Context* context, const v1::UpdateEngagementRequest* request,
                            v1::Engagement* response) override;
  Reactor* DeclareEngagement(Context* context, const v1::DeclareEngagementRequest* request,
                             v1::Engagement* response) override;
  Reactor* SustainEngagement(Context* context, const v1::SustainEngagementRequest* request,
                             v1::Engagement* response) override;
  Reactor* RenewEngagement(Context* context, const v1::RenewEngagementRequest* request,
                           v1::Engagement* response) override;
  Reactor* ReplanEngagement(Context* context, const v1::ReplanEngagementRequest* request,
                            v1::ReplanEngagementResponse* response) override;

  Reactor* GetReadiness(Context* context, const v1::GetReadinessRequest* request,
                        v1::Readiness* response) override;
  Reactor* RefreshReadiness(Context* context, const v1::RefreshReadinessRequest* request,
                            v1::Readiness* response) override;

 private:
  // Moves an engagement through its life and records it. `guard(tx, engagement, transition)` may
  // refuse, or note in the transition what was not met.
  template <typename Request, typename Guard>
  absl::StatusOr<v1::Engagement> Move(const Call& call, const Request& request,
                                      const std::string& verb, v1::Engagement::State to,
                                      Guard guard);
  // The same where facts decide: they are collected first, and `judge` says what is not met.
  template <typename Request, typename Judge>
  absl::StatusOr<v1::Engagement> MoveByFacts(const Call& call, const Request& request,
                                             const std::string& verb, v1::Engagement::State to,
                                             Judge judge);

  RpcLayer& rpc_;
  pg::Pool& pool_;
  FactCollection& facts_;
  const Opening& opening_;
};

}  // namespace staraction::engagement

#endif  // STARACTION_SERVICES_ENGAGEMENT_ENGAGEMENT_SERVICE_H_
