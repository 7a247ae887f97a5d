// What members are asked by their personal link.

#include <algorithm>
#include <map>

#include "common/base/macros.h"
#include "common/content/language.h"
#include "common/status/errors.h"
#include "services/diagnosis/answer_sheet_service.h"
#include "services/diagnosis/questionnaires.h"
#include "services/diagnosis/store/tables.h"

namespace staraction::diagnosis {
namespace {

using pg::Transaction;
using Reactor = AnswerSheetService::Reactor;

// Whose forms are listed: those asked for, and for participants none but their own.
absl::StatusOr<std::vector<std::string>> MembersToShow(const Call& call,
                                                       const std::string& member) {
  const bool participant = call.principal.kind == Principal::Kind::kParticipant;
  const auto& own = call.principal.members;
  if (member.empty()) {
    if (participant) return own;
    return InvalidField("member", "is missing; want whose forms are to be listed",
                        "誰の回答票かを指定してください");
  }
  if (participant && std::count(own.begin(), own.end(), member) == 0) {
    return MakeError(absl::StatusCode::kPermissionDenied, error::v1::ERROR_REASON_PERMISSION_DENIED,
                     "the caller may not act for this member", "本人以外の操作はできません");
  }
  return std::vector<std::string>{member};
}

std::string PrivacyNote(const v1::AnswerSheet& sheet, Language language) {
  const bool staff = sheet.perspective() == v1::AnswerSheet::PERSPECTIVE_STAFF;
  if (language == Language::kEnglish) {
    return staff
               ? "Your company sees figures only, not who answered what. The consultants see your "
                 "answers."
               : "Your company and the consultants see your answers.";
  }
  return staff ? "会社には集計した数だけが伝わり、誰がどう答えたかは伝わりません。コンサルタントは"
                 "回答を見ます。"
               : "回答は、会社の担当者とコンサルタントが見ます。";
}

v1::AnswerForm FormOf(const content::Library& library, const content::v1::Questionnaire& questions,
                      const v1::AnswerSheet& sheet, Language language) {
  v1::AnswerForm form;
  form.set_answer_sheet(sheet.name());
  form.set_title(content::InLanguage(questions.title(), language));
  form.set_instruction(content::InLanguage(questions.instruction(), language));
  form.set_member_display_name(sheet.respondent());
  const bool scoped =
      !sheet.site().empty() || sheet.perspective() == v1::AnswerSheet::PERSPECTIVE_DEPARTMENT;
  if (scoped) form.set_scope_display_name(sheet.display_name());
  form.set_state(sheet.state());
  form.set_privacy_note(PrivacyNote(sheet, language));
  for (const auto& item : ItemsOf(library, questions, language)) {
    v1::FormItem& asked = *form.add_items();
    asked.set_item(item.code());
    asked.set_number(item.number() > 0 ? item.number() : form.items_size());
    asked.set_question(item.question());
    asked.set_why(item.why());
    asked.set_how(item.how());
    for (const auto& choice : item.choices()) {
      v1::FormChoice& offered = *asked.add_choices();
      offered.set_answer(choice.answer());
      offered.set_label(choice.label());
    }
  }
  return form;
}

}  // namespace

Reactor* AnswerSheetService::ListAnswerForms(Context* context,
                                             const v1::ListAnswerFormsRequest* request,
                                             v1::ListAnswerFormsResponse* response) {
  return rpc_.Unary(
      context, request, response,
      [this, request](const Call& call) -> absl::StatusOr<v1::ListAnswerFormsResponse> {
        SA_ASSIGN_OR_RETURN(const auto members, MembersToShow(call, request->member()));
        return pool_.Read(call, [&](Transaction& tx) { return Forms(tx, *request, members); });
      });
}

absl::StatusOr<v1::ListAnswerFormsResponse> AnswerSheetService::Forms(
    Transaction& tx, const v1::ListAnswerFormsRequest& request,
    const std::vector<std::string>& members) const {
  SA_ASSIGN_OR_RETURN(auto page, SheetsOfMembers(tx, request, members));
  SA_ASSIGN_OR_RETURN(const auto open, OpenDiagnoses(tx, request.parent()));
  v1::ListAnswerFormsResponse list;
  for (const auto& sheet : page.items) {
    for (const auto& diagnosis : open) {
      if (diagnosis.name() != DiagnosisOf(sheet.name())) continue;
      const auto* questions =
          FindQuestionnaire(library_, diagnosis.questionnaire(), diagnosis.pack());
      if (questions == nullptr) continue;  // nobody can be asked what isn't installed
      *list.add_answer_forms() = FormOf(library_, *questions, sheet, tx.call().language);
    }
  }
  list.set_next_page_token(page.next_page_token);
  return list;
}

}  // namespace staraction::diagnosis
