#ifndef STARACTION_SERVICES_ENGAGEMENT_ENGAGEMENT_SERVICE_H_
#define STARACTION_SERVICES_ENGAGEMENT_ENGAGEMENT_SERVICE_H_

#include "common/content/library.h"
#include "common/pg/pool.h"
#include "common/rpc/rpc_layer.h"
#include "services/engagement/fact_collection.h"
#include "staraction/engagement/v1/engagement_service.grpc.pb.h"

namespace staraction::engagement {

// Quotes, engagements, plans, readiness. Thread safe. (Offerings and quotes: quote_methods.cc.)
class EngagementService final : public v1::EngagementService::CallbackService {
 public:
  EngagementService(RpcLayer& rpc, pg::Pool& pool, const content::Library& library,
                    FactCollection& facts)
      : rpc_(rpc), pool_(pool), library_(library), facts_(facts) {}

  using Context = grpc::CallbackServerContext;
  using Reactor = grpc::ServerUnaryReactor;

  Reactor* ListOfferings(Context* context, const v1::ListOfferingsRequest* request,
                         v1::ListOfferingsResponse* response) override;
  Reactor* CreateQuote(Context* context, const v1::CreateQuoteRequest* request,
                       v1::Quote* response) override;
  Reactor* GetQuote(Context* context, const v1::GetQuoteRequest* request,
                    v1::Quote* response) override;
  Reactor* ListQuotes(Context* context, const v1::ListQuotesRequest* request,
                      v1::ListQuotesResponse* response) override;
  Reactor* IssueQuote(Context* context, const v1::IssueQuoteRequest* request,
                      v1::Quote* response) override;
  Reactor* AcceptQuote(Context* context, const v1::AcceptQuoteRequest* request,
                       v1::Engagement* response) override;
  Reactor* DeclineQuote(Context* context, const v1::DeclineQuoteRequest* request,
                        v1::Quote* response) override;

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

  Reactor* ListTasks(Context* context, const v1::ListTasksRequest* request,
                     v1::ListTasksResponse* response) override;
  Reactor* CompleteTask(Context* context, const v1::CompleteTaskRequest* request,
                        v1::Task* response) override;

  Reactor* GetReadiness(Context* context, const v1::GetReadinessRequest* request,
                        v1::Readiness* response) override;
  Reactor* RefreshReadiness(Context* context, const v1::RefreshReadinessRequest* request,
                            v1::Readiness* response) override;

 private:
  absl::StatusOr<v1::Engagement> Open(pg::Transaction& tx, const v1::Quote& quote) const;
  // Moves an engagement through its life; `check` may refuse.
  template <typename Request, typename Check>
  absl::StatusOr<v1::Engagement> Move(const Call& call, const Request& request,
                                      const std::string& verb, v1::Engagement::State to,
                                      Check check);

  RpcLayer& rpc_;
  pg::Pool& pool_;
  const content::Library& library_;
  FactCollection& facts_;
};

}  // namespace staraction::engagement

#endif  // STARACTION_SERVICES_ENGAGEMENT_ENGAGEMENT_SERVICE_H_
