#ifndef STARACTION_SERVICES_DIAGNOSIS_ANSWER_SHEET_SERVICE_H_
#define STARACTION_SERVICES_DIAGNOSIS_ANSWER_SHEET_SERVICE_H_

#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "common/content/library.h"
#include "common/pg/pool.h"
#include "common/rpc/rpc_layer.h"
#include "services/diagnosis/roster.h"
#include "services/diagnosis/sheets.h"
#include "staraction/diagnosis/v1/answer_sheet_service.grpc.pb.h"

namespace staraction::diagnosis {

// Where a drawing begins: any number, not negative.
using SeedSource = std::function<int64_t()>;

// From the operating system's generator.
SeedSource RandomSeeds();

// Sheets (answer_sheet_service.cc), files (sheet_import.cc), drawings from the roster
// (sample_methods.cc) and what members are asked (form_methods.cc). Thread safe.
class AnswerSheetService final : public v1::AnswerSheetService::CallbackService {
 public:
  using Context = grpc::CallbackServerContext;
  using Reactor = grpc::ServerUnaryReactor;

  AnswerSheetService(RpcLayer& rpc, pg::Pool& pool, const content::Library& library, Roster& roster,
                     SeedSource seeds)
      : rpc_(rpc), pool_(pool), library_(library), roster_(roster), seeds_(std::move(seeds)) {}

  Reactor* CreateAnswerSheet(Context* context, const v1::CreateAnswerSheetRequest* request,
                             v1::AnswerSheet* response) override;
  Reactor* GetAnswerSheet(Context* context, const v1::GetAnswerSheetRequest* request,
                          v1::AnswerSheet* response) override;
  Reactor* ListAnswerSheets(Context* context, const v1::ListAnswerSheetsRequest* request,
                            v1::ListAnswerSheetsResponse* response) override;
  Reactor* RecordAnswerSheet(Context* context, const v1::RecordAnswerSheetRequest* request,
                             v1::AnswerSheet* response) override;
  Reactor* SubmitAnswerSheet(Context* context, const v1::SubmitAnswerSheetRequest* request,
                             v1::AnswerSheet* response) override;
  Reactor* WithdrawAnswerSheet(Context* context, const v1::WithdrawAnswerSheetRequest* request,
                               v1::AnswerSheet* response) override;
  Reactor* ImportAnswerSheet(Context* context, const v1::ImportAnswerSheetRequest* request,
                             v1::ImportAnswerSheetResponse* response) override;
  Reactor* DrawSample(Context* context, const v1::DrawSampleRequest* request,
                      v1::DrawSampleResponse* response) override;
  Reactor* ListAnswerForms(Context* context, const v1::ListAnswerFormsRequest* request,
                           v1::ListAnswerFormsResponse* response) override;

 private:
  // Names of a sheet that the engagement service knows.
  struct Names {
    std::string site;
    Person member;
  };

  // Questions of a diagnosis that takes sheets now.
  absl::StatusOr<const content::v1::Questionnaire*> QuestionsFor(
      const v1::Diagnosis& diagnosis) const;
  absl::StatusOr<Names> NamesOf(const Call& call, const v1::AnswerSheet& sheet) const;
  // A new open sheet, checked, without name.
  absl::StatusOr<v1::AnswerSheet> Prepare(const Call& call,
                                          const content::v1::Questionnaire& questions,
                                          const v1::AnswerSheet& given, const Names& names) const;
  // Hands in answers of a sheet in a diagnosis that is open; `verb` is what the caller does.
  absl::StatusOr<v1::AnswerSheet> Hand(pg::Transaction& tx, const std::string& name,
                                       const std::string& etag, const std::string& verb,
                                       const domain::SheetAnswers& answers, Handing handing) const;
  absl::StatusOr<v1::ImportAnswerSheetResponse> Import(pg::Transaction& tx,
                                                       const v1::ImportAnswerSheetRequest& request,
                                                       const Names& names) const;
  absl::StatusOr<v1::DrawSampleResponse> Draw(pg::Transaction& tx,
                                              const v1::DrawSampleRequest& request, int64_t seed,
                                              const std::vector<Person>& staff) const;
  absl::StatusOr<v1::ListAnswerFormsResponse> Forms(pg::Transaction& tx,
                                                    const v1::ListAnswerFormsRequest& request,
                                                    const std::vector<std::string>& members) const;

  RpcLayer& rpc_;
  pg::Pool& pool_;
  const content::Library& library_;
  Roster& roster_;
  const SeedSource seeds_;
};

}  // namespace staraction::diagnosis

#endif  // STARACTION_SERVICES_DIAGNOSIS_ANSWER_SHEET_SERVICE_H_
