#include "services/diagnosis/sheets.h"

#include "absl/strings/str_cat.h"
#include "common/base/id.h"
#include "common/base/macros.h"
#include "common/status/errors.h"
#include "services/diagnosis/act.h"
#include "services/diagnosis/domain/life.h"
#include "services/diagnosis/questionnaires.h"

namespace staraction::diagnosis {
namespace {

using v1::AnswerSheet;

const char* PerspectiveTitle(AnswerSheet::Perspective perspective) {
  switch (perspective) {
    case AnswerSheet::PERSPECTIVE_COMPANY:
      return "会社全体";
    case AnswerSheet::PERSPECTIVE_PRESIDENT:
      return "社長";
    case AnswerSheet::PERSPECTIVE_IT:
      return "IT担当";
    default:
      return "従業員";
  }
}

// Participants see their own, consultants everything.
bool HidesStaff(const Call& call, const AnswerSheet& sheet) {
  return sheet.perspective() == AnswerSheet::PERSPECTIVE_STAFF && !IsConsultant(call) &&
         call.principal.kind != Principal::Kind::kParticipant;
}

void HideAnswers(AnswerSheet& sheet) {
  sheet.clear_answers();
  sheet.clear_missing_items();
  sheet.clear_submissions();
  sheet.clear_answered_count();
  sheet.clear_unknown_count();
}

void HideNames(AnswerSheet& sheet) {
  sheet.clear_member();
  sheet.clear_department();
  sheet.clear_respondent();
  sheet.set_display_name(PerspectiveTitle(sheet.perspective()));
}

}  // namespace

std::string DiagnosisOf(const std::string& sheet) {
  return sheet.substr(0, sheet.find("/answerSheets/"));
}

absl::Status CheckTakesSheets(const v1::Diagnosis& diagnosis) {
  if (diagnosis.state() != v1::Diagnosis::STATE_OPEN) {
    const std::string state = v1::Diagnosis::State_Name(diagnosis.state());
    return StateConflict(diagnosis.name(), state.substr(sizeof("STATE_") - 1), "answerSheets");
  }
  if (diagnosis.kind() != content::v1::QUESTIONNAIRE_KIND_RULE_CHECK) return absl::OkStatus();
  return StateConflict(diagnosis.name(), "RULE_CHECK", "answerSheets");
}

absl::Status HandIn(pg::Transaction& tx, const content::v1::Questionnaire& questions,
                    const domain::SheetAnswers& answers, const Handing& handing,
                    AnswerSheet& sheet) {
  auto problems = domain::SheetAnswerProblems(questions, answers);
  if (sheet.submission_count() > 0 && handing.reason.empty()) {
    problems.push_back({"reason", "is missing; want why what was handed in is corrected",
                        "提出済みの回答を直す理由を書いてください"});
  }
  if (!problems.empty()) return InvalidFields(problems);
  domain::SetSheetAnswers(questions, answers, sheet);
  sheet.set_state(AnswerSheet::STATE_SUBMITTED);
  sheet.set_channel(handing.channel);
  sheet.set_respondent(handing.respondent);
  *sheet.mutable_effective_time() = handing.effective_time;
  sheet.set_submission_count(sheet.submission_count() + 1);
  v1::SheetSubmission submission;
  submission.set_name(absl::StrCat(sheet.name(), "/sheetSubmissions/", NewId(tx.now())));
  *submission.mutable_answers() = sheet.answers();
  submission.set_channel(handing.channel);
  submission.set_respondent(handing.respondent);
  *submission.mutable_effective_time() = handing.effective_time;
  submission.set_second_factor(tx.call().principal.second_factor);
  submission.set_reason(handing.reason);
  submission.set_recorded_by(tx.call().Actor());
  submission.set_revision(sheet.submission_count());
  return kSheetSubmissions.Insert(tx, std::move(submission)).status();
}

std::string SheetTitle(const AnswerSheet& sheet, const std::string& site_name,
                       const std::string& member_name) {
  if (sheet.perspective() == AnswerSheet::PERSPECTIVE_SITE) return site_name;
  if (sheet.perspective() == AnswerSheet::PERSPECTIVE_DEPARTMENT) return sheet.department();
  if (domain::IsPart(sheet) || member_name.empty()) return PerspectiveTitle(sheet.perspective());
  return member_name;
}

AnswerSheet Shown(const Call& call, const content::v1::Questionnaire* questions,
                  const SheetCounts& counts, AnswerSheet sheet) {
  for (const std::string& verb : domain::ActionsOf(sheet)) sheet.add_allowed_actions(verb);
  if (HidesStaff(call, sheet)) {
    HideAnswers(sheet);
    const int enough = questions == nullptr ? 0 : questions->sample().names_from();
    if (questions == nullptr || counts.staff_submitted < enough) HideNames(sheet);
  } else if (questions != nullptr && sheet.state() == AnswerSheet::STATE_SUBMITTED &&
             questions->kind() == content::v1::QUESTIONNAIRE_KIND_SELF_DIAGNOSIS) {
    *sheet.mutable_score() = domain::ScoreOf(*questions, domain::AnswersOf(sheet));
    Retitle(*questions, call.language, *sheet.mutable_score());
  }
  return sheet;
}

}  // namespace staraction::diagnosis
