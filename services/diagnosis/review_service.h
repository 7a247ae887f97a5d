#ifndef STARACTION_SERVICES_DIAGNOSIS_REVIEW_SERVICE_H_
#define STARACTION_SERVICES_DIAGNOSIS_REVIEW_SERVICE_H_

#include <string>

#include "absl/status/statusor.h"
#include "common/content/library.h"
#include "common/pg/pool.h"
#include "common/rpc/rpc_layer.h"
#include "services/diagnosis/domain/sheets.h"
#include "services/diagnosis/fact_source.h"
#include "staraction/diagnosis/v1/review_service.grpc.pb.h"

namespace staraction::diagnosis {

// Diagnoses read from several sides. Thread safe. (Benchmark and trend: history_methods.cc.)
class ReviewService final : public v1::DiagnosisReviewService::CallbackService {
 public:
  using Context = grpc::CallbackServerContext;
  using Reactor = grpc::ServerUnaryReactor;

  ReviewService(RpcLayer& rpc, pg::Pool& pool, const content::Library& library, FactSource& facts)
      : rpc_(rpc), pool_(pool), library_(library), facts_(facts) {}

  Reactor* ReviewDiagnosis(Context* context, const v1::ReviewDiagnosisRequest* request,
                           v1::DiagnosisReview* response) override;
  Reactor* AdviseDiagnosis(Context* context, const v1::AdviseDiagnosisRequest* request,
                           v1::DiagnosisAdvice* response) override;
  Reactor* SummarizeDiagnosis(Context* context, const v1::SummarizeDiagnosisRequest* request,
                              v1::PracticeSummary* response) override;

  Reactor* BenchmarkDiagnosis(Context* context, const v1::BenchmarkDiagnosisRequest* request,
                              v1::DiagnosisBenchmark* response) override;
  Reactor* GetDiagnosisTrend(Context* context, const v1::GetDiagnosisTrendRequest* request,
                             v1::DiagnosisTrend* response) override;

 private:
  // A diagnosis with its answers set, its questions and its sheets.
  struct Side {
    v1::Diagnosis diagnosis;
    const content::v1::Questionnaire* questions = nullptr;
    domain::Sheets sheets;
  };

  // FAILED_PRECONDITION if the diagnosis is of another kind, or its content is missing.
  absl::StatusOr<Side> Read(pg::Transaction& tx, const std::string& name,
                            content::v1::QuestionnaireKind kind, bool with_sheets) const;
  // Adds what facts of other services speak against.
  void Contradict(const Call& call, const Side& side, v1::DiagnosisReview& review) const;
  absl::StatusOr<v1::DiagnosisAdvice> Advise(pg::Transaction& tx, const std::string& name) const;
  absl::StatusOr<v1::PracticeSummary> Summarize(pg::Transaction& tx, const std::string& name) const;
  absl::StatusOr<v1::DiagnosisBenchmark> Benchmark(pg::Transaction& tx,
                                                   const std::string& name) const;
  // Sets the companies to compare with, or why there are none.
  absl::Status SetPeers(pg::Transaction& tx, const Side& side,
                        v1::DiagnosisBenchmark& benchmark) const;

  RpcLayer& rpc_;
  pg::Pool& pool_;
  const content::Library& library_;
  FactSource& facts_;
};

}  // namespace staraction::diagnosis

#endif  // STARACTION_SERVICES_DIAGNOSIS_REVIEW_SERVICE_H_
