#include "services/diagnosis/domain/check.h"

#include <algorithm>
#include <set>

#include "absl/strings/str_cat.h"

namespace staraction::diagnosis::domain {
namespace {

using content::v1::Answer_Name;
using content::v1::Questionnaire;
using content::v1::QuestionnaireItem;

const QuestionnaireItem* FindItem(const Questionnaire& questionnaire, const std::string& code) {
  for (const auto& item : questionnaire.items()) {
    if (item.code() == code) return &item;
  }
  return nullptr;
}

std::string AllowedAnswers(const QuestionnaireItem& item) {
  std::string names;
  for (const int answer : item.answers()) {
    absl::StrAppend(&names, names.empty() ? "" : ", ",
                    Answer_Name(static_cast<content::v1::Answer>(answer)));
  }
  return names;
}

const v1::ItemAnswer* FindAnswer(const Answers& answers, const std::string& item) {
  for (const auto& answer : answers) {
    if (answer.item() == item) return &answer;
  }
  return nullptr;
}

}  // namespace

bool IsGap(const Questionnaire& questionnaire, content::v1::Answer answer) {
  return std::any_of(
      questionnaire.choices().begin(), questionnaire.choices().end(),
      [answer](const auto& choice) { return choice.answer() == answer && choice.gap(); });
}

std::vector<Violation> AnswerProblems(const Questionnaire& questionnaire, const Answers& answers) {
  std::vector<Violation> problems;
  std::set<std::string> seen;
  for (int i = 0; i < answers.size(); ++i) {
    const v1::ItemAnswer& answer = answers[i];
    const std::string field = absl::StrCat("answers[", i, "]");
    const QuestionnaireItem* item = FindItem(questionnaire, answer.item());
    if (item == nullptr) {
      problems.push_back({field + ".item",
                          absl::StrCat("'", answer.item(), "' is no item of ", questionnaire.id()),
                          absl::StrCat("「", answer.item(), "」という項目は ", questionnaire.id(),
                                       " にありません")});
      continue;
    }
    if (!seen.insert(answer.item()).second) {
      problems.push_back({field + ".item", absl::StrCat("'", answer.item(), "' is answered twice"),
                          absl::StrCat("「", answer.item(), "」の回答が重複しています")});
    }
    if (std::count(item->answers().begin(), item->answers().end(), answer.answer()) == 0) {
      problems.push_back(
          {field + ".answer",
           absl::StrCat(answer.item(), " does not allow ", Answer_Name(answer.answer()),
                        "; want one of ", AllowedAnswers(*item)),
           absl::StrCat(answer.item(), " では ", Answer_Name(answer.answer()),
                        " を選べません。次のいずれか: ", AllowedAnswers(*item))});
    }
  }
  return problems;
}

void SetAnswers(const Questionnaire& questionnaire, Answers answers, v1::Diagnosis& diagnosis) {
  diagnosis.clear_answers();
  diagnosis.clear_missing_items();
  int gaps = 0;
  for (const auto& item : questionnaire.items()) {
    const v1::ItemAnswer* answer = FindAnswer(answers, item.code());
    if (answer == nullptr) {
      diagnosis.add_missing_items(item.code());
      continue;
    }
    *diagnosis.add_answers() = *answer;
    if (answer->gap()) ++gaps;
  }
  diagnosis.set_item_count(questionnaire.items_size());
  diagnosis.set_answered_count(diagnosis.answers_size());
  diagnosis.set_gap_count(gaps);
}

std::vector<Violation> MissingItems(const Questionnaire& questionnaire,
                                    const v1::Diagnosis& diagnosis) {
  std::vector<Violation> missing;
  for (const std::string& code : diagnosis.missing_items()) {
    const QuestionnaireItem* item = FindItem(questionnaire, code);
    missing.push_back({code, "this item has no answer yet",
                       absl::StrCat("未回答: ", item == nullptr ? code : item->question().ja())});
  }
  return missing;
}

std::vector<v1::Measure> ProposedMeasures(const Questionnaire& questionnaire,
                                          const v1::Diagnosis& diagnosis) {
  std::vector<v1::Measure> measures;
  for (const auto& answer : diagnosis.answers()) {
    const QuestionnaireItem* item = FindItem(questionnaire, answer.item());
    if (!answer.gap() || item == nullptr) continue;
    v1::Measure measure;
    measure.set_text(item->proposed_measure().ja());
    measure.set_proposed_rule_text(item->proposed_rule().ja());
    measure.set_diagnosis(diagnosis.name());
    measure.set_item(item->code());
    measure.set_rule_code(item->rule());
    measure.set_pack(diagnosis.pack());
    measure.set_state(v1::Measure::STATE_PROPOSED);
    measures.push_back(std::move(measure));
  }
  return measures;
}

}  // namespace staraction::diagnosis::domain
