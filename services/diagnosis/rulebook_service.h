#ifndef STARACTION_SERVICES_DIAGNOSIS_RULEBOOK_SERVICE_H_
#define STARACTION_SERVICES_DIAGNOSIS_RULEBOOK_SERVICE_H_

#include <string>

#include "absl/status/statusor.h"
#include "common/content/library.h"
#include "common/pg/pool.h"
#include "common/rpc/rpc_layer.h"
#include "services/diagnosis/roster.h"
#include "staraction/diagnosis/v1/rulebook_service.grpc.pb.h"

namespace staraction::diagnosis {

// Measures (measure_methods.cc) and rules (rule_methods.cc) of a company. Thread safe.
class RulebookService final : public v1::RulebookService::CallbackService {
 public:
  using Context = grpc::CallbackServerContext;
  using Reactor = grpc::ServerUnaryReactor;

  RulebookService(RpcLayer& rpc, pg::Pool& pool, const content::Library& library, Roster& roster)
      : rpc_(rpc), pool_(pool), library_(library), roster_(roster) {}

  Reactor* GetMeasure(Context* context, const v1::GetMeasureRequest* request,
                      v1::Measure* response) override;
  Reactor* ListMeasures(Context* context, const v1::ListMeasuresRequest* request,
                        v1::ListMeasuresResponse* response) override;
  Reactor* DecideMeasure(Context* context, const v1::DecideMeasureRequest* request,
                         v1::Measure* response) override;
  Reactor* CompleteMeasure(Context* context, const v1::CompleteMeasureRequest* request,
                           v1::Measure* response) override;
  Reactor* VerifyMeasure(Context* context, const v1::VerifyMeasureRequest* request,
                         v1::Measure* response) override;
  Reactor* DropMeasure(Context* context, const v1::DropMeasureRequest* request,
                       v1::Measure* response) override;
  Reactor* MakeRule(Context* context, const v1::MakeRuleRequest* request,
                    v1::Rule* response) override;

  Reactor* CreateRule(Context* context, const v1::CreateRuleRequest* request,
                      v1::Rule* response) override;
  Reactor* GetRule(Context* context, const v1::GetRuleRequest* request,
                   v1::Rule* response) override;
  Reactor* ListRules(Context* context, const v1::ListRulesRequest* request,
                     v1::ListRulesResponse* response) override;
  Reactor* UpdateRule(Context* context, const v1::UpdateRuleRequest* request,
                      v1::Rule* response) override;
  Reactor* RetireRule(Context* context, const v1::RetireRuleRequest* request,
                      v1::Rule* response) override;
  Reactor* ListRuleVersions(Context* context, const v1::ListRuleVersionsRequest* request,
                            v1::ListRuleVersionsResponse* response) override;

 private:
  // The questions of the check that a measure came from; empty if their pack isn't loaded.
  absl::StatusOr<content::v1::Questionnaire> QuestionsOf(pg::Transaction& tx,
                                                         const v1::Measure& measure) const;
  // Sets what completing a measure found out, and proposes a remedy if that is a gap.
  absl::Status Found(pg::Transaction& tx, const v1::CompleteMeasureRequest& request,
                     v1::Measure& measure) const;
  // INVALID_ARGUMENT unless some list of rules has the code.
  absl::Status CheckRuleCode(const std::string& code) const;

  RpcLayer& rpc_;
  pg::Pool& pool_;
  const content::Library& library_;
  Roster& roster_;
};

// As Table's, with what is computed.
v1::Measure WithActions(const Call& call, v1::Measure measure);

// INVALID_ARGUMENT on `field` unless the content has the cost class; empty is fine.
absl::Status CheckCostClass(const content::Library& library, const std::string& code,
                            const std::string& field);

}  // namespace staraction::diagnosis

#endif  // STARACTION_SERVICES_DIAGNOSIS_RULEBOOK_SERVICE_H_
