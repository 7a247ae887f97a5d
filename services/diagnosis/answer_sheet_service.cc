#include "services/diagnosis/answer_sheet_service.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "common/base/id.h"
#include "common/base/macros.h"
#include "common/resource/etag.h"
#include "common/status/errors.h"
#include "services/diagnosis/act.h"
#include "services/diagnosis/domain/life.h"
#include "services/diagnosis/questionnaires.h"
#include "services/diagnosis/store/tables.h"

namespace staraction::diagnosis {
namespace {

using pg::Transaction;
using Reactor = AnswerSheetService::Reactor;

absl::Status NotYours() {
  return MakeError(absl::StatusCode::kPermissionDenied, error::v1::ERROR_REASON_PERMISSION_DENIED,
                   "only the member whose sheet it is hands it in; others use :record",
                   "提出できるのは本人だけです。ほかの人は :record で記録してください");
}

// PERMISSION_DENIED unless the caller came by the link of the sheet's member.
absl::Status CheckOwn(const Call& call, const v1::AnswerSheet& sheet) {
  const auto& members = call.principal.members;
  const bool own = call.principal.kind == Principal::Kind::kParticipant &&
                   std::count(members.begin(), members.end(), sheet.member()) > 0;
  return own ? absl::OkStatus() : NotYours();
}

absl::StatusOr<Handing> HandingOf(const Call& call, const v1::RecordAnswerSheetRequest& request) {
  Handing handing;
  handing.channel = ChannelOf(call, request.channel());
  handing.respondent = request.respondent();
  handing.reason = request.reason();
  SA_ASSIGN_OR_RETURN(handing.effective_time, EffectiveTime(call, request, "effective_time"));
  return handing;
}

}  // namespace

absl::StatusOr<const content::v1::Questionnaire*> AnswerSheetService::QuestionsFor(
    const v1::Diagnosis& diagnosis) const {
  SA_RETURN_IF_ERROR(CheckTakesSheets(diagnosis));
  return RequireQuestionnaire(library_, diagnosis);
}

absl::StatusOr<AnswerSheetService::Names> AnswerSheetService::NamesOf(
    const Call& call, const v1::AnswerSheet& sheet) const {
  Names names;
  if (sheet.site().starts_with(call.client_name() + "/sites/")) {
    absl::StatusOr<std::string> site = roster_.SiteName(call, sheet.site());
    if (absl::IsNotFound(site.status()) || absl::IsInvalidArgument(site.status())) {
      return InvalidField("answer_sheet.site",
                          absl::StrCat("'", sheet.site(), "' is no site of this client"),
                          absl::StrCat("「", sheet.site(), "」はこの会社の事業所ではありません"));
    }
    SA_ASSIGN_OR_RETURN(names.site, std::move(site));
  }
  if (!sheet.member().empty()) {
    SA_ASSIGN_OR_RETURN(names.member,
                        FindMember(call, roster_, sheet.member(), "answer_sheet.member"));
  }
  return names;
}

absl::StatusOr<v1::AnswerSheet> AnswerSheetService::Prepare(
    const Call& call, const content::v1::Questionnaire& questions, const v1::AnswerSheet& given,
    const Names& names) const {
  const auto problems = domain::SheetProblems(questions, call.client_name(), given);
  if (!problems.empty()) return InvalidFields(problems);
  v1::AnswerSheet sheet;
  sheet.set_perspective(given.perspective());
  sheet.set_site(given.site());
  sheet.set_member(given.member());
  sheet.set_department(given.department());
  if (!domain::IsPart(sheet) && sheet.department().empty()) {
    sheet.set_department(names.member.department);
  }
  sheet.set_display_name(SheetTitle(sheet, names.site, names.member.display_name));
  sheet.set_respondent(names.member.display_name);
  sheet.set_state(v1::AnswerSheet::STATE_OPEN);
  return sheet;
}

Reactor* AnswerSheetService::CreateAnswerSheet(Context* context,
                                               const v1::CreateAnswerSheetRequest* request,
                                               v1::AnswerSheet* response) {
  return rpc_.Unary(
      context, request, response,
      [this, request](const Call& call) -> absl::StatusOr<v1::AnswerSheet> {
        SA_ASSIGN_OR_RETURN(const Names names, NamesOf(call, request->answer_sheet()));
        return pool_.Write(call, *request, [&](Transaction& tx) -> absl::StatusOr<v1::AnswerSheet> {
          SA_ASSIGN_OR_RETURN(const auto diagnosis, kDiagnoses.Lock(tx, request->parent()));
          SA_ASSIGN_OR_RETURN(const auto* questions, QuestionsFor(diagnosis));
          SA_ASSIGN_OR_RETURN(auto sheet,
                              Prepare(call, *questions, request->answer_sheet(), names));
          sheet.set_name(absl::StrCat(request->parent(), "/answerSheets/", NewId(tx.now())));
          SA_ASSIGN_OR_RETURN(sheet, kAnswerSheets.Insert(tx, std::move(sheet)));
          return Shown(call, questions, SheetCounts(), std::move(sheet));
        });
      });
}

Reactor* AnswerSheetService::GetAnswerSheet(Context* context,
                                            const v1::GetAnswerSheetRequest* request,
                                            v1::AnswerSheet* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Read(call, [&](Transaction& tx) -> absl::StatusOr<v1::AnswerSheet> {
      SA_ASSIGN_OR_RETURN(auto sheet, kAnswerSheets.Get(tx, request->name()));
      const std::string name = DiagnosisOf(sheet.name());
      SA_ASSIGN_OR_RETURN(const auto diagnosis, kDiagnoses.Get(tx, name));
      SA_ASSIGN_OR_RETURN(*sheet.mutable_submissions(), SubmissionsOf(tx, sheet.name()));
      SA_ASSIGN_OR_RETURN(const SheetCounts counts, CountSheets(tx, name));
      const auto* questions =
          FindQuestionnaire(library_, diagnosis.questionnaire(), diagnosis.pack());
      return Shown(call, questions, counts, std::move(sheet));
    });
  });
}

Reactor* AnswerSheetService::ListAnswerSheets(Context* context,
                                              const v1::ListAnswerSheetsRequest* request,
                                              v1::ListAnswerSheetsResponse* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Read(call, [&](Transaction& tx) -> absl::StatusOr<v1::ListAnswerSheetsResponse> {
      SA_ASSIGN_OR_RETURN(const auto diagnosis, kDiagnoses.Get(tx, request->parent()));
      SA_ASSIGN_OR_RETURN(const SheetCounts counts, CountSheets(tx, diagnosis.name()));
      SA_ASSIGN_OR_RETURN(auto page, kAnswerSheets.List(tx, request->parent(), *request));
      const auto* questions =
          FindQuestionnaire(library_, diagnosis.questionnaire(), diagnosis.pack());
      v1::ListAnswerSheetsResponse list;
      for (auto& item : page.items) {
        v1::AnswerSheet& sheet = *list.add_answer_sheets();
        sheet = Shown(call, questions, counts, std::move(item));
        sheet.clear_answers();
        sheet.clear_missing_items();
        sheet.clear_score();
      }
      list.set_next_page_token(page.next_page_token);
      return list;
    });
  });
}

absl::StatusOr<v1::AnswerSheet> AnswerSheetService::Hand(Transaction& tx, const std::string& name,
                                                         const std::string& etag,
                                                         const std::string& verb,
                                                         const domain::SheetAnswers& answers,
                                                         Handing handing) const {
  SA_ASSIGN_OR_RETURN(v1::AnswerSheet sheet, kAnswerSheets.Lock(tx, name));
  SA_RETURN_IF_ERROR(verb == "submit" ? CheckOwn(tx.call(), sheet) : absl::OkStatus());
  SA_RETURN_IF_ERROR(CheckEtag(etag, sheet.etag(), sheet.name()));
  SA_RETURN_IF_ERROR(domain::After(sheet, verb).status());
  SA_ASSIGN_OR_RETURN(const auto diagnosis, kDiagnoses.Get(tx, DiagnosisOf(name)));
  SA_ASSIGN_OR_RETURN(const auto* questions, QuestionsFor(diagnosis));
  if (handing.respondent.empty()) handing.respondent = sheet.respondent();
  SA_RETURN_IF_ERROR(HandIn(tx, *questions, answers, handing, sheet));
  SA_ASSIGN_OR_RETURN(sheet, kAnswerSheets.Update(tx, std::move(sheet)));
  return Shown(tx.call(), questions, SheetCounts(), std::move(sheet));
}

Reactor* AnswerSheetService::RecordAnswerSheet(Context* context,
                                               const v1::RecordAnswerSheetRequest* request,
                                               v1::AnswerSheet* response) {
  return rpc_.Unary(context, request, response,
                    [this, request](const Call& call) -> absl::StatusOr<v1::AnswerSheet> {
                      SA_ASSIGN_OR_RETURN(const Handing handing, HandingOf(call, *request));
                      return pool_.Write(call, *request, [&](Transaction& tx) {
                        return Hand(tx, request->name(), request->etag(), "record",
                                    request->answers(), handing);
                      });
                    });
}

Reactor* AnswerSheetService::SubmitAnswerSheet(Context* context,
                                               const v1::SubmitAnswerSheetRequest* request,
                                               v1::AnswerSheet* response) {
  return rpc_.Unary(context, request, response,
                    [this, request](const Call& call) -> absl::StatusOr<v1::AnswerSheet> {
                      // What belongs to others and what isn't there look the same to who came by a
                      // link.
                      if (call.principal.kind != Principal::Kind::kParticipant) return NotYours();
                      Handing handing;
                      handing.channel = call.principal.channel;
                      handing.effective_time = pg::ToTimestamp(call.now);
                      auto sheet = pool_.Write(call, *request, [&](Transaction& tx) {
                        return Hand(tx, request->name(), request->etag(), "submit",
                                    request->answers(), handing);
                      });
                      if (absl::IsNotFound(sheet.status())) return NotYours();
                      return sheet;
                    });
}

Reactor* AnswerSheetService::WithdrawAnswerSheet(Context* context,
                                                 const v1::WithdrawAnswerSheetRequest* request,
                                                 v1::AnswerSheet* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Write(call, *request, [&](Transaction& tx) -> absl::StatusOr<v1::AnswerSheet> {
      SA_ASSIGN_OR_RETURN(v1::AnswerSheet sheet, kAnswerSheets.Lock(tx, request->name()));
      SA_RETURN_IF_ERROR(CheckEtag(request->etag(), sheet.etag(), sheet.name()));
      SA_ASSIGN_OR_RETURN(const auto state, domain::After(sheet, "withdraw"));
      SA_ASSIGN_OR_RETURN(const auto diagnosis, kDiagnoses.Get(tx, DiagnosisOf(sheet.name())));
      SA_RETURN_IF_ERROR(CheckTakesSheets(diagnosis));
      sheet.set_state(state);
      sheet.set_withdraw_reason(request->reason());
      SA_ASSIGN_OR_RETURN(sheet, kAnswerSheets.Update(tx, std::move(sheet)));
      const auto* questions =
          FindQuestionnaire(library_, diagnosis.questionnaire(), diagnosis.pack());
      return Shown(call, questions, SheetCounts(), std::move(sheet));
    });
  });
}

}  // namespace staraction::diagnosis
