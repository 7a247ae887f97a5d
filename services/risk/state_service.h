#ifndef STARACTION_SERVICES_RISK_STATE_SERVICE_H_
#define STARACTION_SERVICES_RISK_STATE_SERVICE_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/content/library.h"
#include "common/pg/pool.h"
#include "common/rpc/rpc_layer.h"
#include "services/risk/company.h"
#include "services/risk/domain/proposal.h"
#include "services/risk/work.h"
#include "staraction/risk/v1/state_service.grpc.pb.h"

namespace staraction::risk {

// States of threats and controls. Thread safe.
class StateService final : public v1::StateService::CallbackService {
 public:
  using Context = grpc::CallbackServerContext;
  using Reactor = grpc::ServerUnaryReactor;

  StateService(RpcLayer& rpc, pg::Pool& pool, const content::Library& library, Company& company,
               Work& work)
      : rpc_(rpc), pool_(pool), library_(library), company_(company), work_(work) {}

  Reactor* ListThreatStates(Context* context, const v1::ListThreatStatesRequest* request,
                            v1::ListThreatStatesResponse* response) override;
  Reactor* ProposeThreatStates(Context* context, const v1::ProposeThreatStatesRequest* request,
                               v1::ProposeThreatStatesResponse* response) override;
  Reactor* BatchUpdateThreatStates(Context* context,
                                   const v1::BatchUpdateThreatStatesRequest* request,
                                   v1::BatchUpdateThreatStatesResponse* response) override;
  Reactor* ListThreatStateRevisions(Context* context,
                                    const v1::ListThreatStateRevisionsRequest* request,
                                    v1::ListThreatStateRevisionsResponse* response) override;

  Reactor* ListControlStates(Context* context, const v1::ListControlStatesRequest* request,
                             v1::ListControlStatesResponse* response) override;
  Reactor* ProposeControlStates(Context* context, const v1::ProposeControlStatesRequest* request,
                                v1::ProposeControlStatesResponse* response) override;
  Reactor* BatchUpdateControlStates(Context* context,
                                    const v1::BatchUpdateControlStatesRequest* request,
                                    v1::BatchUpdateControlStatesResponse* response) override;
  Reactor* ListControlStateRevisions(Context* context,
                                     const v1::ListControlStateRevisionsRequest* request,
                                     v1::ListControlStateRevisionsResponse* response) override;

 private:
  // The industry to propose for: the one given, else the client's own.
  absl::StatusOr<std::string> IndustryFor(const Call& call, const std::string& given);
  // The answers of concluded diagnoses of the call's client, later ones over earlier ones.
  absl::StatusOr<domain::GivenAnswers> AnswersOf(
      const Call& call, const google::protobuf::RepeatedPtrField<std::string>& diagnoses);

  RpcLayer& rpc_;
  pg::Pool& pool_;
  const content::Library& library_;
  Company& company_;
  Work& work_;
};

}  // namespace staraction::risk

#endif  // STARACTION_SERVICES_RISK_STATE_SERVICE_H_
