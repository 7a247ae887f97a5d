#ifndef STARACTION_SERVICES_ENGAGEMENT_REPORT_SERVICE_H_
#define STARACTION_SERVICES_ENGAGEMENT_REPORT_SERVICE_H_

#include "common/pg/pool.h"
#include "common/rpc/rpc_layer.h"
#include "staraction/engagement/v1/report_service.grpc.pb.h"

namespace staraction::engagement {

// Reports over the portfolio, also as files and streams. Thread safe.
class ReportService final : public v1::ReportService::CallbackService {
 public:
  ReportService(RpcLayer& rpc, pg::Pool& pool) : rpc_(rpc), pool_(pool) {}

  using Context = grpc::CallbackServerContext;
  using Reactor = grpc::ServerUnaryReactor;

  Reactor* ExportPortfolio(Context* context, const v1::ExportPortfolioRequest* request,
                           google::api::HttpBody* response) override;
  Reactor* ListOutcomes(Context* context, const v1::ListOutcomesRequest* request,
                        v1::ListOutcomesResponse* response) override;
  Reactor* ExportOutcomes(Context* context, const v1::ExportOutcomesRequest* request,
                          google::api::HttpBody* response) override;
  grpc::ServerWriteReactor<v1::StreamPortfolioResponse>* StreamPortfolio(
      Context* context, const v1::StreamPortfolioRequest* request) override;
  grpc::ServerWriteReactor<v1::StreamOutcomesResponse>* StreamOutcomes(
      Context* context, const v1::StreamOutcomesRequest* request) override;

 private:
  RpcLayer& rpc_;
  pg::Pool& pool_;
};

}  // namespace staraction::engagement

#endif  // STARACTION_SERVICES_ENGAGEMENT_REPORT_SERVICE_H_
