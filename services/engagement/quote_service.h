#ifndef STARACTION_SERVICES_ENGAGEMENT_QUOTE_SERVICE_H_
#define STARACTION_SERVICES_ENGAGEMENT_QUOTE_SERVICE_H_

#include "common/content/library.h"
#include "common/pg/pool.h"
#include "common/rpc/rpc_layer.h"
#include "services/engagement/opening.h"
#include "staraction/engagement/v1/quote_service.grpc.pb.h"

namespace staraction::engagement {

// Records that the client accepted the quote; what it becomes is Opening's business.
absl::StatusOr<v1::Quote> DecideToAccept(pg::Transaction& tx,
                                         const v1::AcceptQuoteRequest& request);

// Offerings and quotes. Thread safe.
class QuoteService final : public v1::QuoteService::CallbackService {
 public:
  QuoteService(RpcLayer& rpc, pg::Pool& pool, const content::Library& library,
               const Opening& opening)
      : rpc_(rpc), pool_(pool), library_(library), opening_(opening) {}

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
  Reactor* UpdateQuote(Context* context, const v1::UpdateQuoteRequest* request,
                       v1::Quote* response) override;
  Reactor* IssueQuote(Context* context, const v1::IssueQuoteRequest* request,
                      v1::Quote* response) override;
  Reactor* AcceptQuote(Context* context, const v1::AcceptQuoteRequest* request,
                       v1::Engagement* response) override;
  Reactor* DeclineQuote(Context* context, const v1::DeclineQuoteRequest* request,
                        v1::Quote* response) override;
  Reactor* SearchQuotes(Context* context, const v1::SearchQuotesRequest* request,
                        v1::SearchQuotesResponse* response) override;

 private:
  // Prices a quote of the call's client anew; its headcount falls back on the client's.
  absl::Status Price(pg::Transaction& tx, v1::Quote& quote) const;
  // Issuer, recipient and tax note as they are on this day.
  absl::Status SetParties(pg::Transaction& tx, absl::CivilDay day, v1::Quote& quote) const;
  absl::StatusOr<v1::Quote> Issue(pg::Transaction& tx, const v1::IssueQuoteRequest& request) const;

  RpcLayer& rpc_;
  pg::Pool& pool_;
  const content::Library& library_;
  const Opening& opening_;
};

}  // namespace staraction::engagement

#endif  // STARACTION_SERVICES_ENGAGEMENT_QUOTE_SERVICE_H_
