#ifndef STARACTION_SERVICES_DIAGNOSIS_DIAGNOSIS_SERVICE_H_
#define STARACTION_SERVICES_DIAGNOSIS_DIAGNOSIS_SERVICE_H_

#include <map>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "common/content/library.h"
#include "common/pg/pool.h"
#include "common/rpc/rpc_layer.h"
#include "services/diagnosis/domain/sheets.h"
#include "services/diagnosis/peers.h"
#include "services/diagnosis/roster.h"
#include "staraction/diagnosis/v1/diagnosis_service.grpc.pb.h"

namespace staraction::diagnosis {

// Questionnaires and diagnoses (diagnosis_service.cc), answers (answer_methods.cc,
// adopt_methods.cc) and what concluding makes of them (conclude_methods.cc), files
// (evidence_methods.cc) and comparisons (compare_methods.cc). Thread safe.
class DiagnosisService final : public v1::DiagnosisService::CallbackService {
 public:
  using Context = grpc::CallbackServerContext;
  using Reactor = grpc::ServerUnaryReactor;

  DiagnosisService(RpcLayer& rpc, pg::Pool& pool, const content::Library& library, Roster& roster)
      : rpc_(rpc), pool_(pool), library_(library), roster_(roster) {}

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
  Reactor* AdoptAnswers(Context* context, const v1::AdoptAnswersRequest* request,
                        v1::Diagnosis* response) override;
  Reactor* AbandonDiagnosis(Context* context, const v1::AbandonDiagnosisRequest* request,
                            v1::Diagnosis* response) override;
  Reactor* ConcludeDiagnosis(Context* context, const v1::ConcludeDiagnosisRequest* request,
                             v1::Diagnosis* response) override;
  Reactor* ListItemAnswers(Context* context, const v1::ListItemAnswersRequest* request,
                           v1::ListItemAnswersResponse* response) override;

  Reactor* CreateEvidenceFile(Context* context, const v1::CreateEvidenceFileRequest* request,
                              v1::EvidenceFile* response) override;
  Reactor* ListEvidenceFiles(Context* context, const v1::ListEvidenceFilesRequest* request,
                             v1::ListEvidenceFilesResponse* response) override;
  Reactor* DownloadEvidenceFile(Context* context, const v1::DownloadEvidenceFileRequest* request,
                                google::api::HttpBody* response) override;

  Reactor* CompareDiagnoses(Context* context, const v1::CompareDiagnosesRequest* request,
                            v1::DiagnosisComparison* response) override;

 private:
  using SiteNames = std::map<std::string, std::string>;

  // Sets the answers of a diagnosis that exists.
  absl::Status Fill(pg::Transaction& tx, const content::v1::Questionnaire& questions,
                    v1::Diagnosis& diagnosis) const;
  // A concluded diagnosis of the call's client with its answers; INVALID_ARGUMENT on `field` if
  // there is none of this name, FAILED_PRECONDITION if it isn't concluded.
  absl::StatusOr<v1::Diagnosis> Base(pg::Transaction& tx, const std::string& name,
                                     const std::string& field) const;
  absl::StatusOr<v1::Diagnosis> Create(pg::Transaction& tx,
                                       const v1::CreateDiagnosisRequest& request,
                                       const content::v1::Questionnaire& questions) const;
  absl::StatusOr<v1::Diagnosis> Get(pg::Transaction& tx, const std::string& name) const;
  absl::Status SetMarks(pg::Transaction& tx, const content::v1::Questionnaire& questions,
                        v1::Diagnosis& diagnosis) const;
  // Names for people of the sites that the answers name; INVALID_ARGUMENT for unknown ones.
  absl::StatusOr<SiteNames> NamesOfSites(const Call& call,
                                         const v1::AnswerItemsRequest& request) const;
  absl::StatusOr<v1::Diagnosis> Answer(pg::Transaction& tx, const v1::AnswerItemsRequest& request,
                                       const SiteNames& sites) const;
  // Records answers of the company, on "answers[i].…", in a diagnosis that is locked and open.
  absl::StatusOr<v1::Diagnosis> Record(
      pg::Transaction& tx, const content::v1::Questionnaire& questions, v1::Diagnosis diagnosis,
      const google::protobuf::RepeatedPtrField<v1::ItemAnswer>& answers, const SiteNames& sites,
      const domain::Sheets& sheets) const;
  // The answers that a sheet, or the proposal of all of them, gives to items that have none.
  absl::StatusOr<domain::Answers> Adopted(pg::Transaction& tx,
                                          const content::v1::Questionnaire& questions,
                                          const v1::Diagnosis& diagnosis,
                                          const v1::AdoptAnswersRequest& request,
                                          const domain::Sheets& sheets) const;
  absl::StatusOr<v1::Diagnosis> Adopt(pg::Transaction& tx,
                                      const v1::AdoptAnswersRequest& request) const;
  // `profile`: what the company is compared by; for self-diagnoses.
  absl::StatusOr<v1::Diagnosis> Conclude(pg::Transaction& tx,
                                         const v1::ConcludeDiagnosisRequest& request,
                                         const ClientProfile& profile) const;
  // What a conclusion makes besides, by kind.
  absl::Status Follow(pg::Transaction& tx, const content::v1::Questionnaire& questions,
                      const v1::Diagnosis& diagnosis, const ClientProfile& profile) const;
  absl::StatusOr<v1::DiagnosisComparison> Compare(pg::Transaction& tx,
                                                  const v1::CompareDiagnosesRequest& request) const;

  RpcLayer& rpc_;
  pg::Pool& pool_;
  const content::Library& library_;
  Roster& roster_;
};

// As Table's, with allowed_actions and whether its content is missing; the score in the reader's
// language.
v1::Diagnosis WithActions(const content::Library& library, Language language,
                          v1::Diagnosis diagnosis);

}  // namespace staraction::diagnosis

#endif  // STARACTION_SERVICES_DIAGNOSIS_DIAGNOSIS_SERVICE_H_
