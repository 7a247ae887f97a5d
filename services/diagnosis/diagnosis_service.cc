#include "services/diagnosis/diagnosis_service.h"

#include "absl/strings/str_cat.h"
#include "common/base/id.h"
#include "common/base/macros.h"
#include "common/pg/field_value.h"
#include "common/resource/etag.h"
#include "common/resource/name.h"
#include "common/status/errors.h"
#include "services/diagnosis/act.h"
#include "services/diagnosis/domain/check.h"
#include "services/diagnosis/domain/life.h"
#include "services/diagnosis/questionnaires.h"
#include "services/diagnosis/store/tables.h"

namespace staraction::diagnosis {
namespace {

using pg::Transaction;
using Reactor = DiagnosisService::Reactor;

v1::Diagnosis WithActions(v1::Diagnosis diagnosis) {
  for (const std::string& verb : domain::ActionsOf(diagnosis)) diagnosis.add_allowed_actions(verb);
  return diagnosis;
}

// Only who looks at a company from outside can say more than that it claims something.
absl::Status CheckConfidence(const Call& call, const v1::AnswerItemsRequest& request) {
  for (const auto& answer : request.answers()) {
    if (answer.confidence() <= v1::CONFIDENCE_CLAIMED || IsConsultant(call)) continue;
    return MakeError(absl::StatusCode::kPermissionDenied, error::v1::ERROR_REASON_PERMISSION_DENIED,
                     "only a consultant may record an answer as seen or verified",
                     "「確認済み」「検証済み」の回答を記録できるのはコンサルタントだけです",
                     {{"item", answer.item()}});
  }
  return absl::OkStatus();
}

// The answer as it is recorded, without name and revision.
absl::StatusOr<v1::ItemAnswer> Recorded(const Call& call,
                                        const content::v1::Questionnaire& questions,
                                        v1::ItemAnswer answer, int index) {
  SA_ASSIGN_OR_RETURN(
      *answer.mutable_effective_time(),
      EffectiveTime(call, answer, absl::StrCat("answers[", index, "].effective_time")));
  if (answer.confidence() == v1::CONFIDENCE_UNSPECIFIED) {
    answer.set_confidence(v1::CONFIDENCE_CLAIMED);
  }
  answer.set_channel(ChannelOf(call, answer.channel()));
  answer.set_recorded_by(call.Actor());
  answer.set_gap(domain::IsGap(questions, answer.answer()));
  return answer;
}

}  // namespace

absl::StatusOr<const content::v1::Questionnaire*> DiagnosisService::QuestionsOf(
    const v1::Diagnosis& diagnosis) const {
  const auto* questions = FindQuestionnaire(library_, diagnosis.questionnaire(), diagnosis.pack());
  if (questions != nullptr) return questions;
  return MakeError(absl::StatusCode::kFailedPrecondition, error::v1::ERROR_REASON_REFERENCE_BROKEN,
                   absl::StrCat("the content pack ", diagnosis.pack(), " is not installed"),
                   absl::StrCat("コンテンツパック ", diagnosis.pack(), " が組み込まれていません"),
                   {{"pack", diagnosis.pack()}});
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
  return rpc_.Unary(context, request, response,
                    [this, request](const Call& call) -> absl::StatusOr<v1::Diagnosis> {
                      const std::string& name = request->diagnosis().questionnaire();
                      const auto* questions = library_.FindQuestionnaire(LastId(name));
                      if (questions == nullptr || name != "questionnaires/" + questions->id() ||
                          questions->kind() != content::v1::QUESTIONNAIRE_KIND_RULE_CHECK) {
                        return InvalidField(
                            "diagnosis.questionnaire",
                            absl::StrCat("'", name, "' is no rule check of the content"),
                            absl::StrCat("「", name, "」というルール点検はありません"));
                      }
                      return pool_.Write(call, *request, [&](Transaction& tx) {
                        return Create(tx, request->parent(), *questions);
                      });
                    });
}

absl::StatusOr<v1::Diagnosis> DiagnosisService::Create(
    Transaction& tx, const std::string& engagement,
    const content::v1::Questionnaire& questions) const {
  v1::Diagnosis diagnosis;
  diagnosis.set_questionnaire("questionnaires/" + questions.id());
  SA_ASSIGN_OR_RETURN(const std::string open,
                      OpenDiagnosis(tx, engagement, diagnosis.questionnaire()));
  if (!open.empty()) return AlreadyExists("open diagnosis", open);
  diagnosis.set_name(engagement + "/diagnoses/" + NewId(tx.now()));
  diagnosis.set_client(tx.call().client_name());
  diagnosis.set_kind(questions.kind());
  diagnosis.set_pack(PackName(questions.pack()));
  diagnosis.set_state(v1::Diagnosis::STATE_OPEN);
  domain::SetAnswers(questions, {}, diagnosis);
  SA_ASSIGN_OR_RETURN(diagnosis, kDiagnoses.Insert(tx, std::move(diagnosis)));
  return WithActions(std::move(diagnosis));
}

Reactor* DiagnosisService::GetDiagnosis(Context* context, const v1::GetDiagnosisRequest* request,
                                        v1::Diagnosis* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Read(call, [&](Transaction& tx) -> absl::StatusOr<v1::Diagnosis> {
      SA_ASSIGN_OR_RETURN(v1::Diagnosis diagnosis, kDiagnoses.Get(tx, request->name()));
      SA_ASSIGN_OR_RETURN(auto answers, PresentAnswers(tx, request->name()));
      const auto* questions =
          FindQuestionnaire(library_, diagnosis.questionnaire(), diagnosis.pack());
      if (questions != nullptr) {
        domain::SetAnswers(*questions, std::move(answers), diagnosis);
        *diagnosis.mutable_items() = ItemsOf(library_, *questions, call.language);
      } else {
        *diagnosis.mutable_answers() = std::move(answers);  // by code: the order went with the pack
      }
      return WithActions(std::move(diagnosis));
    });
  });
}

Reactor* DiagnosisService::ListDiagnoses(Context* context, const v1::ListDiagnosesRequest* request,
                                         v1::ListDiagnosesResponse* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Read(call, [&](Transaction& tx) -> absl::StatusOr<v1::ListDiagnosesResponse> {
      SA_ASSIGN_OR_RETURN(auto page, kDiagnoses.List(tx, request->parent(), *request));
      v1::ListDiagnosesResponse list;
      for (auto& item : page.items) *list.add_diagnoses() = WithActions(std::move(item));
      list.set_next_page_token(page.next_page_token);
      return list;
    });
  });
}

Reactor* DiagnosisService::AnswerItems(Context* context, const v1::AnswerItemsRequest* request,
                                       v1::Diagnosis* response) {
  return rpc_.Unary(context, request, response,
                    [this, request](const Call& call) -> absl::StatusOr<v1::Diagnosis> {
                      SA_RETURN_IF_ERROR(CheckConfidence(call, *request));
                      return pool_.Write(call, *request,
                                         [&](Transaction& tx) { return Answer(tx, *request); });
                    });
}

absl::StatusOr<v1::Diagnosis> DiagnosisService::Answer(
    Transaction& tx, const v1::AnswerItemsRequest& request) const {
  SA_ASSIGN_OR_RETURN(v1::Diagnosis diagnosis, kDiagnoses.Lock(tx, request.name()));
  SA_RETURN_IF_ERROR(CheckEtag(request.etag(), diagnosis.etag(), diagnosis.name()));
  SA_RETURN_IF_ERROR(domain::After(diagnosis, "answerItems").status());
  SA_ASSIGN_OR_RETURN(const auto* questions, QuestionsOf(diagnosis));
  const auto problems = domain::AnswerProblems(*questions, request.answers());
  if (!problems.empty()) return InvalidFields(problems);
  // The diagnosis is locked, so its next version orders the answers to an item.
  const int64_t revision = EtagVersion(diagnosis.etag()).value_or(0) + 1;
  const auto ids = OrderedIds(tx.now(), request.answers_size());
  for (int i = 0; i < request.answers_size(); ++i) {
    SA_ASSIGN_OR_RETURN(v1::ItemAnswer answer,
                        Recorded(tx.call(), *questions, request.answers(i), i));
    answer.set_name(diagnosis.name() + "/itemAnswers/" + ids[static_cast<size_t>(i)]);
    answer.set_revision(revision);
    SA_RETURN_IF_ERROR(kItemAnswers.Insert(tx, std::move(answer)).status());
  }
  SA_ASSIGN_OR_RETURN(auto present, PresentAnswers(tx, diagnosis.name()));
  domain::SetAnswers(*questions, std::move(present), diagnosis);
  SA_ASSIGN_OR_RETURN(diagnosis, kDiagnoses.Update(tx, std::move(diagnosis)));
  return WithActions(std::move(diagnosis));
}

Reactor* DiagnosisService::ConcludeDiagnosis(Context* context,
                                             const v1::ConcludeDiagnosisRequest* request,
                                             v1::Diagnosis* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Write(call, *request, [&](Transaction& tx) { return Conclude(tx, *request); });
  });
}

absl::StatusOr<v1::Diagnosis> DiagnosisService::Conclude(
    Transaction& tx, const v1::ConcludeDiagnosisRequest& request) const {
  SA_ASSIGN_OR_RETURN(v1::Diagnosis diagnosis, kDiagnoses.Lock(tx, request.name()));
  SA_RETURN_IF_ERROR(CheckEtag(request.etag(), diagnosis.etag(), diagnosis.name()));
  SA_ASSIGN_OR_RETURN(const auto state, domain::After(diagnosis, "conclude"));
  SA_ASSIGN_OR_RETURN(const auto* questions, QuestionsOf(diagnosis));
  SA_ASSIGN_OR_RETURN(auto present, PresentAnswers(tx, diagnosis.name()));
  domain::SetAnswers(*questions, std::move(present), diagnosis);
  const auto missing = domain::MissingItems(*questions, diagnosis);
  if (!missing.empty()) return CriteriaUnmet(diagnosis.name(), missing);
  auto measures = domain::ProposedMeasures(*questions, diagnosis);
  const auto ids = OrderedIds(tx.now(), static_cast<int>(measures.size()));
  for (size_t i = 0; i < measures.size(); ++i) {
    measures[i].set_name(absl::StrCat(tx.call().client_name(), "/measures/", ids[i]));
    SA_RETURN_IF_ERROR(kMeasures.Insert(tx, std::move(measures[i])).status());
  }
  diagnosis.set_state(state);
  diagnosis.set_concluded_by(tx.call().Actor());
  *diagnosis.mutable_conclude_time() = pg::ToTimestamp(tx.now());
  SA_ASSIGN_OR_RETURN(diagnosis, kDiagnoses.Update(tx, std::move(diagnosis)));
  return WithActions(std::move(diagnosis));
}

Reactor* DiagnosisService::ListItemAnswers(Context* context,
                                           const v1::ListItemAnswersRequest* request,
                                           v1::ListItemAnswersResponse* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Read(call, [&](Transaction& tx) -> absl::StatusOr<v1::ListItemAnswersResponse> {
      SA_RETURN_IF_ERROR(kDiagnoses.Get(tx, request->parent()).status());
      SA_ASSIGN_OR_RETURN(auto page, kItemAnswers.List(tx, request->parent(), *request));
      return pg::ToResponse(std::move(page), &v1::ListItemAnswersResponse::mutable_item_answers);
    });
  });
}

}  // namespace staraction::diagnosis
