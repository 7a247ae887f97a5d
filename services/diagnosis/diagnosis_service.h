#ifndef STARACTION_SERVICES_DIAGNOSIS_DIAGNOSIS_SERVICE_H_
#define STARACTION_SERVICES_DIAGNOSIS_DIAGNOSIS_SERVICE_H_

#include "absl/status/statusor.h"
#include "common/content/library.h"
#include "common/pg/pool.h"
#include "common/rpc/rpc_layer.h"
#include "staraction/diagnosis/v1/diagnosis_service.grpc.pb.h"

namespace staraction::diagnosis {

// Questionnaires and diagnoses. Thread safe.
class DiagnosisService final : public v1::DiagnosisService::CallbackService {
 public:
  using Context = grpc::CallbackServerContext;
  using Reactor = grpc::ServerUnaryReactor;

  DiagnosisService(RpcLayer& rpc, pg::Pool& pool, const content::Library& library)
      : rpc_(rpc), pool_(pool), library_(library) {}

  Reactor* ListQuestionnaires(Context* context, const v1::ListQuestionnairesRequest* request,
                              v1::ListQuestionnairesResponse* response) override;
  Reactor* GetQuestionnaire(Context* context, const v1::GetQuestionnaireRequest* request,
                            v1::Questionnaire* response) override;
  Reactor* CreateDiagnosis(Context* context, const v1::CreateDiagnosisRequest* request,
                           v1::Diagnosis* response) override;
  Reactor* GetDiagnosis(Context* context, const v1::GetDiagnosisRequest* request,
                        v1::Diagnosis* response) override;
  Reactor* ListDiagnoses(Context* context, const v1::ListDiagnosesRequest* request,
                         v1::ListDiagnosesResponse* response) override;
  Reactor* AnswerItems(Context* context, const v1::AnswerItemsRequest* request,
                       v1::Diagnosis* response) override;
  Reactor* ConcludeDiagnosis(Context* context, const v1::ConcludeDiagnosisRequest* request,
                             v1::Diagnosis* response) override;
  Reactor* ListItemAnswers(Context* context, const v1::ListItemAnswersRequest* request,
                           v1::ListItemAnswersResponse* response) override;

 private:
  // The questions that a diagnosis works with; FAILED_PRECONDITION if their pack isn't loaded.
  absl::StatusOr<const content::v1::Questionnaire*> QuestionsOf(
      const v1::Diagnosis& diagnosis) const;
  absl::StatusOr<v1::Diagnosis> Create(pg::Transaction& tx, const std::string& engagement,
                                       const content::v1::Questionnaire& questions) const;
  absl::StatusOr<v1::Diagnosis> Answer(pg::Transaction& tx,
                                       const v1::AnswerItemsRequest& request) const;
  absl::StatusOr<v1::Diagnosis> Conclude(pg::Transaction& tx,
                                         const v1::ConcludeDiagnosisRequest& request) const;

  RpcLayer& rpc_;
  pg::Pool& pool_;
  const content::Library& library_;
};

}  // namespace staraction::diagnosis

#endif  // STARACTION_SERVICES_DIAGNOSIS_DIAGNOSIS_SERVICE_H_
