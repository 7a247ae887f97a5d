// The method by which the responsible person takes over what sheets say.

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "common/base/macros.h"
#include "common/resource/etag.h"
#include "common/status/errors.h"
#include "services/diagnosis/diagnosis_service.h"
#include "services/diagnosis/domain/life.h"
#include "services/diagnosis/questionnaires.h"
#include "services/diagnosis/store/sheets.h"
#include "services/diagnosis/store/tables.h"

namespace staraction::diagnosis {
namespace {

using pg::Transaction;
using Reactor = DiagnosisService::Reactor;

absl::StatusOr<const v1::AnswerSheet*> SheetNamed(const domain::Sheets& sheets,
                                                  const std::string& name) {
  for (const auto& sheet : sheets) {
    if (sheet.name() == name && sheet.state() == v1::AnswerSheet::STATE_SUBMITTED) return &sheet;
  }
  return InvalidField("answer_sheet",
                      absl::StrCat("'", name, "' is no sheet of this diagnosis that was handed in"),
                      absl::StrCat("「", name, "」は、この診断の提出済みの回答票ではありません"));
}

// The decision about one item; the reason stands only where the proposal says otherwise.
v1::ItemAnswer DecisionOf(const std::string& item, content::v1::Answer answer,
                          const std::optional<domain::Proposal>& proposal,
                          const v1::AdoptAnswersRequest& request) {
  v1::ItemAnswer decided;
  decided.set_item(item);
  decided.set_answer(answer);
  decided.set_respondent(request.respondent());
  decided.set_channel(request.channel());
  if (request.has_effective_time()) {
    *decided.mutable_effective_time() = request.effective_time();
  }
  if (proposal && proposal->worst != answer) {
    decided.set_decision_reason(request.decision_reason());
  }
  return decided;
}

// Whoever adopts gives one reason for all, so the request's own field lacks it.
absl::Status CheckReason(const content::v1::Questionnaire& questions, const domain::Sheets& sheets,
                         const domain::Answers& answers) {
  if (domain::ProposalProblems(questions, sheets, answers).empty()) return absl::OkStatus();
  return InvalidField("decision_reason",
                      "is missing; the sheet differs from what the company's parts propose",
                      "部署・事業所の回答票からの案と異なる項目があります。理由を書いてください");
}

}  // namespace

Reactor* DiagnosisService::AdoptAnswers(Context* context, const v1::AdoptAnswersRequest* request,
                                        v1::Diagnosis* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Write(call, *request, [&](Transaction& tx) { return Adopt(tx, *request); });
  });
}

absl::StatusOr<domain::Answers> DiagnosisService::Adopted(
    Transaction& tx, const content::v1::Questionnaire& questions, const v1::Diagnosis& diagnosis,
    const v1::AdoptAnswersRequest& request, const domain::Sheets& sheets) const {
  v1::Diagnosis present = diagnosis;
  SA_RETURN_IF_ERROR(Fill(tx, questions, present));
  domain::AnswerMap chosen;
  if (!request.answer_sheet().empty()) {
    SA_ASSIGN_OR_RETURN(const auto* sheet, SheetNamed(sheets, request.answer_sheet()));
    chosen = domain::AnswersOf(*sheet);
  }
  domain::Answers answers;
  for (const std::string& item : present.missing_items()) {
    const auto proposal = domain::ProposalFor(questions, item, sheets);
    if (request.answer_sheet().empty() && proposal) chosen[item] = proposal->worst;
    const auto answer = chosen.find(item);
    if (answer == chosen.end()) continue;
    *answers.Add() = DecisionOf(item, answer->second, proposal, request);
  }
  return answers;
}

absl::StatusOr<v1::Diagnosis> DiagnosisService::Adopt(
    Transaction& tx, const v1::AdoptAnswersRequest& request) const {
  SA_ASSIGN_OR_RETURN(v1::Diagnosis diagnosis, kDiagnoses.Lock(tx, request.name()));
  SA_RETURN_IF_ERROR(CheckEtag(request.etag(), diagnosis.etag(), diagnosis.name()));
  SA_RETURN_IF_ERROR(domain::After(diagnosis, "adoptAnswers").status());
  SA_ASSIGN_OR_RETURN(const auto* questions, RequireQuestionnaire(library_, diagnosis));
  SA_ASSIGN_OR_RETURN(const auto sheets, SheetsOf(tx, diagnosis.name()));
  SA_ASSIGN_OR_RETURN(const auto answers, Adopted(tx, *questions, diagnosis, request, sheets));
  if (answers.empty()) {
    return CriteriaUnmet(diagnosis.name(),
                         {{"answer_sheets", "no sheet answers an item that is still open",
                           "まだ決まっていない項目に答えている回答票がありません"}});
  }
  SA_RETURN_IF_ERROR(CheckReason(*questions, sheets, answers));
  return Record(tx, *questions, std::move(diagnosis), answers, {}, sheets);
}

}  // namespace staraction::diagnosis
