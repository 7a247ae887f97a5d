// What the sheets of a diagnosis say side by side (sheets.h).

#include <algorithm>
#include <map>
#include <set>

#include "services/diagnosis/domain/sheets.h"

namespace staraction::diagnosis::domain {
namespace {

using content::v1::Answer;
using content::v1::Questionnaire;
using v1::AnswerSheet;

bool Pooled(const AnswerSheet& sheet, bool pool_staff) {
  return pool_staff && sheet.perspective() == AnswerSheet::PERSPECTIVE_STAFF;
}

v1::SheetSummary SummaryOf(const Questionnaire& questionnaire, const AnswerSheet& sheet) {
  v1::SheetSummary summary;
  summary.set_answer_sheet(sheet.name());
  summary.set_perspective(sheet.perspective());
  summary.set_display_name(sheet.display_name());
  summary.set_part(IsPart(sheet));
  if (questionnaire.kind() == content::v1::QUESTIONNAIRE_KIND_SELF_DIAGNOSIS) {
    *summary.mutable_score() = ScoreOf(questionnaire, AnswersOf(sheet));
  }
  return summary;
}

void AddVoices(const Questionnaire& questionnaire, const Sheets& sheets, bool pool_staff,
               v1::ItemReview& item, std::set<Answer>& different) {
  std::map<Answer, int> staff;
  for (const auto& sheet : sheets) {
    if (sheet.state() != AnswerSheet::STATE_SUBMITTED) continue;
    for (const auto& answer : sheet.answers()) {
      if (answer.item() != item.item()) continue;
      different.insert(answer.answer());
      if (Pooled(sheet, pool_staff)) {
        ++staff[answer.answer()];
        continue;
      }
      v1::SheetVoice& voice = *item.add_voices();
      voice.set_answer_sheet(sheet.name());
      voice.set_perspective(sheet.perspective());
      voice.set_display_name(sheet.display_name());
      voice.set_answer(answer.answer());
      voice.set_note(answer.note());
    }
  }
  for (const auto& choice : questionnaire.choices()) {
    if (!staff.contains(choice.answer())) continue;
    v1::AnswerCount& count = *item.add_staff();
    count.set_answer(choice.answer());
    count.set_count(staff[choice.answer()]);
  }
}

void SetDecided(const v1::Diagnosis& diagnosis, v1::ItemReview& item, std::set<Answer>& different) {
  for (const auto& answer : diagnosis.answers()) {
    if (answer.item() != item.item() || answer.carried()) continue;
    different.insert(answer.answer());
    item.set_decided(answer.answer());
    item.set_decision_reason(answer.decision_reason());
  }
}

}  // namespace

v1::DiagnosisReview ReviewOf(const Questionnaire& questionnaire, const v1::Diagnosis& diagnosis,
                             const Sheets& sheets, bool pool_staff) {
  v1::DiagnosisReview review;
  review.set_diagnosis(diagnosis.name());
  for (const auto& asked : questionnaire.items()) {
    v1::ItemReview& item = *review.add_items();
    item.set_item(asked.code());
    item.set_number(asked.number());
    std::set<Answer> different;
    SetDecided(diagnosis, item, different);
    AddVoices(questionnaire, sheets, pool_staff, item, different);
    item.set_disagreement(different.size() > 1);
    review.set_disagreement_count(review.disagreement_count() + (item.disagreement() ? 1 : 0));
    const auto proposal = ProposalFor(questionnaire, asked.code(), sheets);
    if (!proposal) continue;
    item.set_proposed(proposal->worst);
    item.set_mode(proposal->mode);
    item.set_spread(proposal->spread);
    item.set_differs_from_proposal(item.decided() != content::v1::ANSWER_UNSPECIFIED &&
                                   item.decided() != proposal->worst);
  }
  for (const auto& sheet : sheets) {
    if (sheet.state() != AnswerSheet::STATE_SUBMITTED || Pooled(sheet, pool_staff)) continue;
    *review.add_sheets() = SummaryOf(questionnaire, sheet);
  }
  return review;
}

}  // namespace staraction::diagnosis::domain
