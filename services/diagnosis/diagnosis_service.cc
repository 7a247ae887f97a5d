#include "services/diagnosis/diagnosis_service.h"

#include "absl/strings/str_cat.h"
#include "common/base/id.h"
#include "common/base/macros.h"
#include "common/resource/name.h"
#include "common/status/errors.h"
#include "services/diagnosis/domain/check.h"
#include "services/diagnosis/domain/life.h"
#include "services/diagnosis/questionnaires.h"
#include "services/diagnosis/store/sheets.h"
#include "services/diagnosis/store/tables.h"

namespace staraction::diagnosis {
namespace {

using pg::Transaction;
using Reactor = DiagnosisService::Reactor;

// The answers that a diagnosis begins with, as its first revision.
absl::Status CarryOver(Transaction& tx, const v1::Diagnosis& diagnosis, domain::Answers answers) {
  const auto ids = OrderedIds(tx.now(), answers.size());
  for (int i = 0; i < answers.size(); ++i) {
    v1::ItemAnswer& answer = answers[i];
    answer.set_name(diagnosis.name() + "/itemAnswers/" + ids[static_cast<size_t>(i)]);
    answer.set_recorded_by(tx.call().Actor());
    answer.set_revision(1);
  }
  std::vector<v1::ItemAnswer> rows(answers.begin(), answers.end());
  return kItemAnswers.InsertAll(tx, rows);
}

}  // namespace

v1::Diagnosis WithActions(const content::Library& library, Language language,
                          v1::Diagnosis diagnosis) {
  const auto* questions = FindQuestionnaire(library, diagnosis.questionnaire(), diagnosis.pack());
  diagnosis.set_content_missing(questions == nullptr);
  if (questions != nullptr && diagnosis.has_score()) {
    Retitle(*questions, language, *diagnosis.mutable_score());
  }
  for (const std::string& verb : domain::ActionsOf(diagnosis)) diagnosis.add_allowed_actions(verb);
  return diagnosis;
}

absl::Status DiagnosisService::Fill(Transaction& tx, const content::v1::Questionnaire& questions,
                                    v1::Diagnosis& diagnosis) const {
  SA_ASSIGN_OR_RETURN(auto present, PresentAnswers(tx, diagnosis.name()));
  domain::SetAnswers(questions, std::move(present), diagnosis);
  return absl::OkStatus();
}

absl::StatusOr<v1::Diagnosis> DiagnosisService::Base(Transaction& tx, const std::string& name,
                                                     const std::string& field) const {
  absl::StatusOr<v1::Diagnosis> base = kDiagnoses.Get(tx, name);
  if (absl::IsNotFound(base.status()) || absl::IsInvalidArgument(base.status())) {
    return InvalidField(field, absl::StrCat("'", name, "' is no diagnosis of this client"),
                        absl::StrCat("「", name, "」という点検は、この会社にありません"));
  }
  SA_RETURN_IF_ERROR(base.status());
  if (base->state() != v1::Diagnosis::STATE_CONCLUDED) {
    return StateConflict(name, "OPEN", "compare");
  }
  SA_ASSIGN_OR_RETURN(const auto* questions, RequireQuestionnaire(library_, *base));
  SA_RETURN_IF_ERROR(Fill(tx, *questions, *base));
  return base;
}

Reactor* DiagnosisService::ListQuestionnaires(Context* context,
                                              const v1::ListQuestionnairesRequest* request,
                                              v1::ListQuestionnairesResponse* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return diagnosis::ListQuestionnaires(library_, *request, call.language);
  });
}

Reactor* DiagnosisService::GetQuestionnaire(Context* context,
                                            const v1::GetQuestionnaireRequest* request,
                                            v1::Questionnaire* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return diagnosis::GetQuestionnaire(library_, request->name(), call.language);
  });
}

Reactor* DiagnosisService::CreateDiagnosis(Context* context,
                                           const v1::CreateDiagnosisRequest* request,
                                           v1::Diagnosis* response) {
  return rpc_.Unary(
      context, request, response,
      [this, request](const Call& call) -> absl::StatusOr<v1::Diagnosis> {
        const std::string& name = request->diagnosis().questionnaire();
        const auto* questions = library_.FindQuestionnaire(LastId(name));
        if (questions == nullptr || name != "questionnaires/" + questions->id()) {
          return InvalidField("diagnosis.questionnaire",
                              absl::StrCat("'", name, "' is no questionnaire of the content"),
                              absl::StrCat("「", name, "」という点検・診断はありません"));
        }
        return pool_.Write(call, *request,
                           [&](Transaction& tx) { return Create(tx, *request, *questions); });
      });
}

absl::StatusOr<v1::Diagnosis> DiagnosisService::Create(
    Transaction& tx, const v1::CreateDiagnosisRequest& request,
    const content::v1::Questionnaire& questions) const {
  v1::Diagnosis diagnosis;
  diagnosis.set_questionnaire("questionnaires/" + questions.id());
  SA_ASSIGN_OR_RETURN(const std::string open,
                      OpenDiagnosis(tx, request.parent(), diagnosis.questionnaire()));
  if (!open.empty()) return AlreadyExists("open diagnosis", open);
  domain::Answers carried;
  if (const std::string& name = request.diagnosis().base(); !name.empty()) {
    SA_ASSIGN_OR_RETURN(const v1::Diagnosis base, Base(tx, name, "diagnosis.base"));
    carried = domain::CarriedAnswers(questions, base);
    diagnosis.set_base(base.name());
  }
  diagnosis.set_name(request.parent() + "/diagnoses/" + NewId(tx.now()));
  diagnosis.set_client(tx.call().client_name());
  diagnosis.set_kind(questions.kind());
  diagnosis.set_pack(PackName(questions.pack()));
  diagnosis.set_edition(questions.edition());
  diagnosis.set_state(v1::Diagnosis::STATE_OPEN);
  domain::SetAnswers(questions, {}, diagnosis);
  SA_ASSIGN_OR_RETURN(diagnosis, kDiagnoses.Insert(tx, std::move(diagnosis)));
  SA_RETURN_IF_ERROR(CarryOver(tx, diagnosis, std::move(carried)));
  SA_RETURN_IF_ERROR(Fill(tx, questions, diagnosis));
  return WithActions(library_, tx.call().language, std::move(diagnosis));
}

absl::Status DiagnosisService::SetMarks(Transaction& tx,
                                        const content::v1::Questionnaire& questions,
                                        v1::Diagnosis& diagnosis) const {
  if (diagnosis.base().empty()) return absl::OkStatus();
  SA_ASSIGN_OR_RETURN(v1::Diagnosis base, kDiagnoses.Get(tx, diagnosis.base()));
  const auto* asked = FindQuestionnaire(library_, base.questionnaire(), base.pack());
  if (asked == nullptr) return absl::OkStatus();  // its pack is gone, and with it what it asked
  SA_RETURN_IF_ERROR(Fill(tx, *asked, base));
  *diagnosis.mutable_marks() = domain::MarksOf(questions, diagnosis, *asked, base);
  return absl::OkStatus();
}

absl::StatusOr<v1::Diagnosis> DiagnosisService::Get(Transaction& tx,
                                                    const std::string& name) const {
  SA_ASSIGN_OR_RETURN(v1::Diagnosis diagnosis, kDiagnoses.Get(tx, name));
  const auto* questions = FindQuestionnaire(library_, diagnosis.questionnaire(), diagnosis.pack());
  if (questions != nullptr) {
    SA_RETURN_IF_ERROR(Fill(tx, *questions, diagnosis));
    *diagnosis.mutable_items() = ItemsOf(library_, *questions, tx.call().language);
    SA_RETURN_IF_ERROR(SetMarks(tx, *questions, diagnosis));
  } else {  // by code: the order went with the pack
    SA_ASSIGN_OR_RETURN(*diagnosis.mutable_answers(), PresentAnswers(tx, name));
  }
  if (diagnosis.kind() != content::v1::QUESTIONNAIRE_KIND_RULE_CHECK) {
    SA_ASSIGN_OR_RETURN(const SheetCounts counts, CountSheets(tx, name));
    diagnosis.set_open_sheet_count(counts.open);
    diagnosis.set_submitted_sheet_count(counts.submitted);
  }
  return WithActions(library_, tx.call().language, std::move(diagnosis));
}

Reactor* DiagnosisService::GetDiagnosis(Context* context, const v1::GetDiagnosisRequest* request,
                                        v1::Diagnosis* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Read(call, [&](Transaction& tx) { return Get(tx, request->name()); });
  });
}

Reactor* DiagnosisService::ListDiagnoses(Context* context, const v1::ListDiagnosesRequest* request,
                                         v1::ListDiagnosesResponse* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Read(call, [&](Transaction& tx) -> absl::StatusOr<v1::ListDiagnosesResponse> {
      SA_ASSIGN_OR_RETURN(auto page, kDiagnoses.List(tx, request->parent(), *request));
      v1::ListDiagnosesResponse list;
      for (auto& item : page.items) {
        *list.add_diagnoses() = WithActions(library_, call.language, std::move(item));
      }
      list.set_next_page_token(page.next_page_token);
      return list;
    });
  });
}

}  // namespace staraction::diagnosis
