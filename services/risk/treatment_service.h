#ifndef STARACTION_SERVICES_RISK_TREATMENT_SERVICE_H_
#define STARACTION_SERVICES_RISK_TREATMENT_SERVICE_H_

#include "absl/status/statusor.h"
#include "common/content/library.h"
#include "common/pg/pool.h"
#include "common/rpc/rpc_layer.h"
#include "services/risk/company.h"
#include "services/risk/work.h"
#include "staraction/risk/v1/treatment_service.grpc.pb.h"

namespace staraction::risk {

// What a company does about its risks. Thread safe.
class TreatmentService final : public v1::TreatmentService::CallbackService {
 public:
  using Context = grpc::CallbackServerContext;
  using Reactor = grpc::ServerUnaryReactor;

  TreatmentService(RpcLayer& rpc, pg::Pool& pool, const content::Library& library, Company& company,
                   Work& work)
      : rpc_(rpc), pool_(pool), library_(library), company_(company), work_(work) {}

  Reactor* CreateTreatment(Context* context, const v1::CreateTreatmentRequest* request,
                           v1::Treatment* response) override;
  Reactor* GetTreatment(Context* context, const v1::GetTreatmentRequest* request,
                        v1::Treatment* response) override;
  Reactor* ListTreatments(Context* context, const v1::ListTreatmentsRequest* request,
                          v1::ListTreatmentsResponse* response) override;
  Reactor* CreateTreatmentMeasures(Context* context,
                                   const v1::CreateTreatmentMeasuresRequest* request,
                                   v1::Treatment* response) override;
  Reactor* CompleteTreatment(Context* context, const v1::CompleteTreatmentRequest* request,
                             v1::Treatment* response) override;
  Reactor* AcceptTreatment(Context* context, const v1::AcceptTreatmentRequest* request,
                           v1::Treatment* response) override;
  Reactor* WithdrawTreatment(Context* context, const v1::WithdrawTreatmentRequest* request,
                             v1::Treatment* response) override;

 private:
  absl::StatusOr<v1::Treatment> Create(pg::Transaction& tx,
                                       const v1::CreateTreatmentRequest& request) const;

  RpcLayer& rpc_;
  pg::Pool& pool_;
  const content::Library& library_;
  Company& company_;
  Work& work_;
};

}  // namespace staraction::risk

#endif  // STARACTION_SERVICES_RISK_TREATMENT_SERVICE_H_
