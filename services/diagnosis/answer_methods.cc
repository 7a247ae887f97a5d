// The methods on answers.

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "common/base/date.h"
#include "common/base/macros.h"
#include "common/pg/field_value.h"
#include "common/resource/etag.h"
#include "common/status/errors.h"
#include "services/diagnosis/act.h"
#include "services/diagnosis/diagnosis_service.h"
#include "services/diagnosis/domain/check.h"
#include "services/diagnosis/domain/life.h"
#include "services/diagnosis/measure_acts.h"
#include "services/diagnosis/questionnaires.h"
#include "services/diagnosis/store/sheets.h"
#include "services/diagnosis/store/tables.h"

namespace staraction::diagnosis {
namespace {

using pg::Transaction;
using Reactor = DiagnosisService::Reactor;

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

absl::Status SetCheckDate(const Call& call, const std::string& field, v1::ItemAnswer& answer) {
  if (answer.confidence() < v1::CONFIDENCE_SEEN) return absl::OkStatus();
  if (!answer.has_check_date()) *answer.mutable_check_date() = ToProtoDate(TokyoDay(call.now));
  return CheckPastDay(call, answer.check_date(), field + ".check_date");
}

// The answer as it is recorded, without name and revision.
absl::StatusOr<v1::ItemAnswer> Recorded(const Call& call,
                                        const content::v1::Questionnaire& questions,
                                        v1::ItemAnswer answer, const std::string& field) {
  SA_ASSIGN_OR_RETURN(*answer.mutable_effective_time(),
                      EffectiveTime(call, answer, field + ".effective_time"));
  if (answer.confidence() == v1::CONFIDENCE_UNSPECIFIED) {
    answer.set_confidence(v1::CONFIDENCE_CLAIMED);
  }
  SA_RETURN_IF_ERROR(SetCheckDate(call, field, answer));
  answer.set_channel(ChannelOf(call, answer.channel()));
  answer.set_recorded_by(call.Actor());
  answer.set_gap(domain::IsGap(questions, answer.answer()));
  if (questions.kind() == content::v1::QUESTIONNAIRE_KIND_SELF_DIAGNOSIS) {
    answer.set_points(domain::PointsOf(questions, answer.answer()));
  }
  return answer;
}

}  // namespace

absl::StatusOr<DiagnosisService::SiteNames> DiagnosisService::NamesOfSites(
    const Call& call, const v1::AnswerItemsRequest& request) const {
  SiteNames names;
  for (int i = 0; i < request.answers_size(); ++i) {
    const std::string& site = request.answers(i).site();
    // Names of other clients are no business of the peer; the rule refuses them.
    if (!site.starts_with(call.client_name() + "/sites/") || names.contains(site)) continue;
    absl::StatusOr<std::string> name = roster_.SiteName(call, site);
    if (absl::IsNotFound(name.status()) || absl::IsInvalidArgument(name.status())) {
      return InvalidField(absl::StrCat("answers[", i, "].site"),
                          absl::StrCat("'", site, "' is no site of this client"),
                          absl::StrCat("「", site, "」はこの会社の事業所ではありません"));
    }
    SA_ASSIGN_OR_RETURN(names[site], std::move(name));
  }
  return names;
}

Reactor* DiagnosisService::AnswerItems(Context* context, const v1::AnswerItemsRequest* request,
                                       v1::Diagnosis* response) {
  return rpc_.Unary(context, request, response,
                    [this, request](const Call& call) -> absl::StatusOr<v1::Diagnosis> {
                      SA_RETURN_IF_ERROR(CheckConfidence(call, *request));
                      SA_ASSIGN_OR_RETURN(const SiteNames sites, NamesOfSites(call, *request));
                      return pool_.Write(call, *request, [&](Transaction& tx) {
                        return Answer(tx, *request, sites);
                      });
                    });
}

absl::StatusOr<v1::Diagnosis> DiagnosisService::Answer(Transaction& tx,
                                                       const v1::AnswerItemsRequest& request,
                                                       const SiteNames& sites) const {
  SA_ASSIGN_OR_RETURN(v1::Diagnosis diagnosis, kDiagnoses.Lock(tx, request.name()));
  SA_RETURN_IF_ERROR(CheckEtag(request.etag(), diagnosis.etag(), diagnosis.name()));
  SA_RETURN_IF_ERROR(domain::After(diagnosis, "answerItems").status());
  SA_ASSIGN_OR_RETURN(const auto* questions, RequireQuestionnaire(library_, diagnosis));
  domain::Sheets sheets;
  if (diagnosis.kind() == content::v1::QUESTIONNAIRE_KIND_SELF_DIAGNOSIS) {
    SA_ASSIGN_OR_RETURN(sheets, SheetsOf(tx, diagnosis.name()));
  }
  return Record(tx, *questions, std::move(diagnosis), request.answers(), sites, sheets);
}

absl::StatusOr<v1::Diagnosis> DiagnosisService::Record(
    Transaction& tx, const content::v1::Questionnaire& questions, v1::Diagnosis diagnosis,
    const google::protobuf::RepeatedPtrField<v1::ItemAnswer>& given, const SiteNames& sites,
    const domain::Sheets& sheets) const {
  auto problems = domain::AnswerProblems(questions, tx.call().client_name(), given);
  if (problems.empty()) problems = domain::ProposalProblems(questions, sheets, given);
  if (!problems.empty()) return InvalidFields(problems);
  // The diagnosis is locked, so its next version orders the answers to an item.
  const int64_t revision = EtagVersion(diagnosis.etag()).value_or(0) + 1;
  const auto ids = OrderedIds(tx.now(), given.size());
  std::vector<v1::ItemAnswer> answers;
  for (int i = 0; i < given.size(); ++i) {
    SA_ASSIGN_OR_RETURN(v1::ItemAnswer answer,
                        Recorded(tx.call(), questions, given[i], absl::StrCat("answers[", i, "]")));
    answer.set_name(diagnosis.name() + "/itemAnswers/" + ids[static_cast<size_t>(i)]);
    answer.set_revision(revision);
    if (!answer.site().empty()) answer.set_site_display_name(sites.at(answer.site()));
    answers.push_back(std::move(answer));
  }
  SA_RETURN_IF_ERROR(kItemAnswers.InsertAll(tx, answers));
  SA_ASSIGN_OR_RETURN(auto present, PresentAnswers(tx, diagnosis.name()));
  problems = domain::DecisionProblems(questions, present, given);
  if (!problems.empty()) return InvalidFields(problems);
  domain::SetAnswers(questions, std::move(present), diagnosis);
  SA_ASSIGN_OR_RETURN(diagnosis, kDiagnoses.Update(tx, std::move(diagnosis)));
  if (diagnosis.kind() == content::v1::QUESTIONNAIRE_KIND_SELF_DIAGNOSIS) {
    SA_RETURN_IF_ERROR(ChaseUnknowns(tx, questions, diagnosis));
  }
  return WithActions(library_, tx.call().language, std::move(diagnosis));
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
