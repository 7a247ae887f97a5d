// Answer sheets that come as files.

#include "absl/strings/str_cat.h"
#include "common/base/id.h"
#include "common/base/macros.h"
#include "services/diagnosis/act.h"
#include "services/diagnosis/answer_sheet_service.h"
#include "services/diagnosis/domain/sheet_file.h"
#include "services/diagnosis/questionnaires.h"
#include "services/diagnosis/store/tables.h"

namespace staraction::diagnosis {
namespace {

using pg::Transaction;
using Reactor = AnswerSheetService::Reactor;

// What the import would give, without having happened.
v1::AnswerSheet Previewed(const content::v1::Questionnaire& questions,
                          const domain::SheetAnswers& answers, v1::AnswerSheet sheet) {
  domain::SetSheetAnswers(questions, answers, sheet);
  sheet.set_state(v1::AnswerSheet::STATE_SUBMITTED);
  return sheet;
}

}  // namespace

Reactor* AnswerSheetService::ImportAnswerSheet(Context* context,
                                               const v1::ImportAnswerSheetRequest* request,
                                               v1::ImportAnswerSheetResponse* response) {
  return rpc_.Unary(
      context, request, response,
      [this, request](const Call& call) -> absl::StatusOr<v1::ImportAnswerSheetResponse> {
        SA_ASSIGN_OR_RETURN(const Names names, NamesOf(call, request->answer_sheet()));
        if (request->validate_only()) {
          return pool_.Read(call, [&](Transaction& tx) { return Import(tx, *request, names); });
        }
        return pool_.Write(call, *request,
                           [&](Transaction& tx) { return Import(tx, *request, names); });
      });
}

absl::StatusOr<v1::ImportAnswerSheetResponse> AnswerSheetService::Import(
    Transaction& tx, const v1::ImportAnswerSheetRequest& request, const Names& names) const {
  const bool dry = request.validate_only();
  SA_ASSIGN_OR_RETURN(const auto diagnosis, dry ? kDiagnoses.Get(tx, request.parent())
                                                : kDiagnoses.Lock(tx, request.parent()));
  SA_ASSIGN_OR_RETURN(const auto* questions, QuestionsFor(diagnosis));
  SA_ASSIGN_OR_RETURN(const auto file, domain::ReadSheetFile(*questions, request.content()));
  SA_ASSIGN_OR_RETURN(auto sheet, Prepare(tx.call(), *questions, request.answer_sheet(), names));
  Handing handing;
  handing.channel = request.channel() == common::v1::CHANNEL_UNSPECIFIED ? common::v1::CHANNEL_PAPER
                                                                         : request.channel();
  handing.respondent = request.respondent().empty() ? sheet.respondent() : request.respondent();
  SA_ASSIGN_OR_RETURN(handing.effective_time, EffectiveTime(tx.call(), request, "effective_time"));
  v1::ImportAnswerSheetResponse response;
  response.set_encoding(file.encoding);
  response.set_answered_count(file.answers.size());
  for (const std::string& number : file.blank) response.add_blank_items(number);
  if (dry) {
    sheet = Previewed(*questions, file.answers, std::move(sheet));
  } else {
    // Sheets of persons that nobody is named on are many; only a known one is filled.
    std::optional<v1::AnswerSheet> open;
    if (domain::IsPart(sheet) || !sheet.member().empty()) {
      SA_ASSIGN_OR_RETURN(open, OpenSheetLike(tx, diagnosis.name(), sheet));
    }
    if (open) {
      sheet = *std::move(open);
    } else {
      sheet.set_name(absl::StrCat(diagnosis.name(), "/answerSheets/", NewId(tx.now())));
      SA_ASSIGN_OR_RETURN(sheet, kAnswerSheets.Insert(tx, std::move(sheet)));
    }
    SA_RETURN_IF_ERROR(HandIn(tx, *questions, file.answers, handing, sheet));
    SA_ASSIGN_OR_RETURN(sheet, kAnswerSheets.Update(tx, std::move(sheet)));
  }
  *response.mutable_answer_sheet() = Shown(tx.call(), questions, SheetCounts(), std::move(sheet));
  return response;
}

}  // namespace staraction::diagnosis
