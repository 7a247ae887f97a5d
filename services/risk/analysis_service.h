#ifndef STARACTION_SERVICES_RISK_ANALYSIS_SERVICE_H_
#define STARACTION_SERVICES_RISK_ANALYSIS_SERVICE_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/base/clock.h"
#include "common/content/library.h"
#include "common/pg/pool.h"
#include "common/rpc/rpc_layer.h"
#include "services/risk/ledgers.h"
#include "services/risk/risk_content.h"
#include "staraction/risk/v1/analysis_service.grpc.pb.h"

namespace staraction::risk {

// Models and analyses (analysis_service.cc), their assets and scenarios (scenario_methods.cc), what
// controls would change and which to do first (control_methods.cc). Thread safe.
class AnalysisService final : public v1::AnalysisService::CallbackService {
 public:
  using Context = grpc::CallbackServerContext;
  using Reactor = grpc::ServerUnaryReactor;

  // `clock` bounds how long recommendations are searched for.
  AnalysisService(RpcLayer& rpc, pg::Pool& pool, const content::Library& library, Ledgers& ledgers,
                  Clock clock)
      : rpc_(rpc), pool_(pool), library_(library), ledgers_(ledgers), clock_(std::move(clock)) {}

  Reactor* ListRiskModels(Context* context, const v1::ListRiskModelsRequest* request,
                          v1::ListRiskModelsResponse* response) override;
  Reactor* GetRiskModel(Context* context, const v1::GetRiskModelRequest* request,
                        v1::RiskModel* response) override;
  Reactor* CreateAnalysis(Context* context, const v1::CreateAnalysisRequest* request,
                          v1::Analysis* response) override;
  Reactor* GetAnalysis(Context* context, const v1::GetAnalysisRequest* request,
                       v1::Analysis* response) override;
  Reactor* ListAnalyses(Context* context, const v1::ListAnalysesRequest* request,
                        v1::ListAnalysesResponse* response) override;

  Reactor* ListAnalysedAssets(Context* context, const v1::ListAnalysedAssetsRequest* request,
                              v1::ListAnalysedAssetsResponse* response) override;
  Reactor* ListScenarios(Context* context, const v1::ListScenariosRequest* request,
                         v1::ListScenariosResponse* response) override;
  Reactor* GetScenario(Context* context, const v1::GetScenarioRequest* request,
                       v1::Scenario* response) override;

  Reactor* SimulateControls(Context* context, const v1::SimulateControlsRequest* request,
                            v1::SimulateControlsResponse* response) override;
  Reactor* RecommendControls(Context* context, const v1::RecommendControlsRequest* request,
                             v1::RecommendControlsResponse* response) override;

 private:
  // The frozen ledger of the request, valued with the model's scale.
  absl::StatusOr<domain::Ledger> LedgerFor(const Call& call, const v1::Analysis& analysis,
                                           const ModelContent& content,
                                           const domain::Model& model) const;
  absl::StatusOr<v1::Analysis> Create(pg::Transaction& tx, const v1::CreateAnalysisRequest& request,
                                      const ModelContent& content, const domain::Model& model,
                                      const domain::Ledger& ledger) const;
  // Adds names and reasons in the reader's language.
  void AddWords(const Call& call, v1::Analysis& analysis) const;

  RpcLayer& rpc_;
  pg::Pool& pool_;
  const content::Library& library_;
  Ledgers& ledgers_;
  const Clock clock_;
};

}  // namespace staraction::risk

#endif  // STARACTION_SERVICES_RISK_ANALYSIS_SERVICE_H_
