#include "services/diagnosis/domain/check.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "services/diagnosis/domain/score.h"

namespace staraction::diagnosis::domain {
namespace {

using content::v1::Questionnaire;
using content::v1::QuestionnaireItem;

int Severity(const Questionnaire& questionnaire, const v1::ItemAnswer& answer) {
  const auto* choice = FindChoice(questionnaire, answer.answer());
  return choice == nullptr ? 0 : choice->severity();
}

// The worst of the sites' answers to an item, or null. Carried over if any of them is.
const v1::ItemAnswer* WorstOfSites(const Questionnaire& questionnaire, const Answers& present,
                                   const std::string& item, bool& carried) {
  const v1::ItemAnswer* worst = nullptr;
  carried = false;
  for (const auto& answer : present) {
    if (answer.item() != item || answer.site().empty()) continue;
    carried |= answer.carried();
    if (worst == nullptr || Severity(questionnaire, answer) > Severity(questionnaire, *worst)) {
      worst = &answer;
    }
  }
  return worst;
}

// What was said for the whole company, unless a site said something later.
const v1::ItemAnswer* WholeCompany(const Answers& present, const std::string& item) {
  const v1::ItemAnswer* whole = nullptr;
  int64_t latest_site = 0;
  for (const auto& answer : present) {
    if (answer.item() != item) continue;
    if (answer.site().empty()) {
      whole = &answer;
    } else {
      latest_site = std::max(latest_site, answer.revision());
    }
  }
  return whole != nullptr && whole->revision() >= latest_site ? whole : nullptr;
}

const v1::ItemAnswer* AnswerTo(const Answers& answers, const std::string& item) {
  for (const auto& answer : answers) {
    if (answer.item() == item) return &answer;
  }
  return nullptr;
}

void Count(const Questionnaire& questionnaire, const v1::ItemAnswer& answer,
           v1::Diagnosis& diagnosis) {
  diagnosis.set_answered_count(diagnosis.answered_count() + 1);
  const auto* choice = FindChoice(questionnaire, answer.answer());
  if (answer.gap()) diagnosis.set_gap_count(diagnosis.gap_count() + 1);
  if (choice != nullptr && choice->find_out()) {
    diagnosis.set_unknown_count(diagnosis.unknown_count() + 1);
  }
  if (answer.answer() == content::v1::ANSWER_NOT_USED) {
    diagnosis.set_not_used_count(diagnosis.not_used_count() + 1);
  }
  if (answer.confidence() >= v1::CONFIDENCE_SEEN) {
    diagnosis.set_seen_count(diagnosis.seen_count() + 1);
  }
}

}  // namespace

const QuestionnaireItem* FindItem(const Questionnaire& questionnaire, const std::string& code) {
  for (const auto& item : questionnaire.items()) {
    if (item.code() == code) return &item;
  }
  return nullptr;
}

const content::v1::Choice* FindChoice(const Questionnaire& questionnaire,
                                      content::v1::Answer answer) {
  for (const auto& choice : questionnaire.choices()) {
    if (choice.answer() == answer) return &choice;
  }
  return nullptr;
}

bool IsGap(const Questionnaire& questionnaire, content::v1::Answer answer) {
  const auto* choice = FindChoice(questionnaire, answer);
  return choice != nullptr && choice->gap();
}

std::vector<Violation> DecisionProblems(const Questionnaire& questionnaire, const Answers& present,
                                        const Answers& answers) {
  std::vector<Violation> problems;
  for (int i = 0; i < answers.size(); ++i) {
    if (!answers[i].site().empty() || !answers[i].decision_reason().empty()) continue;
    bool carried = false;
    const auto* worst = WorstOfSites(questionnaire, present, answers[i].item(), carried);
    if (worst == nullptr || worst->answer() == answers[i].answer()) continue;
    problems.push_back({absl::StrCat("answers[", i, "].decision_reason"),
                        absl::StrCat("the sites' answers to ", answers[i].item(), " come to ",
                                     content::v1::Answer_Name(worst->answer()),
                                     "; another answer for the whole company needs a reason"),
                        absl::StrCat("「", answers[i].item(), "」の事業所ごとの回答と異なります（",
                                     worst->site_display_name(),
                                     "）。会社全体の答えを変えるときは理由を書いてください")});
  }
  return problems;
}

void SetScore(const Questionnaire& questionnaire, v1::Diagnosis& diagnosis) {
  if (questionnaire.kind() != content::v1::QUESTIONNAIRE_KIND_SELF_DIAGNOSIS) return;
  AnswerMap answers;
  for (const auto& answer : diagnosis.answers()) {
    if (!answer.carried()) answers[answer.item()] = answer.answer();
  }
  *diagnosis.mutable_score() = ScoreOf(questionnaire, answers);
}

void SetAnswers(const Questionnaire& questionnaire, Answers present, v1::Diagnosis& diagnosis) {
  diagnosis.clear_answers();
  diagnosis.clear_site_answers();
  diagnosis.clear_missing_items();
  diagnosis.set_item_count(questionnaire.items_size());
  diagnosis.set_answered_count(0);
  diagnosis.set_gap_count(0);
  diagnosis.set_not_used_count(0);
  diagnosis.set_unknown_count(0);
  diagnosis.set_seen_count(0);
  for (const auto& item : questionnaire.items()) {
    for (const auto& answer : present) {
      if (answer.item() == item.code() && !answer.site().empty()) {
        *diagnosis.add_site_answers() = answer;
      }
    }
    const v1::ItemAnswer* holds = WholeCompany(present, item.code());
    bool carried = holds != nullptr && holds->carried();
    if (holds == nullptr) holds = WorstOfSites(questionnaire, present, item.code(), carried);
    if (holds != nullptr) {
      *diagnosis.add_answers() = *holds;
      diagnosis.mutable_answers()->rbegin()->set_carried(carried);
    }
    if (holds == nullptr || carried) {
      diagnosis.add_missing_items(item.code());
    } else {
      Count(questionnaire, *holds, diagnosis);
    }
  }
  SetScore(questionnaire, diagnosis);
}

std::vector<Violation> MissingItems(const Questionnaire& questionnaire,
                                    const v1::Diagnosis& diagnosis) {
  std::vector<Violation> missing;
  for (const std::string& code : diagnosis.missing_items()) {
    const QuestionnaireItem* item = FindItem(questionnaire, code);
    const bool carried = AnswerTo(diagnosis.answers(), code) != nullptr;
    missing.push_back(
        {code, carried ? "last time's answer is not confirmed yet" : "this item has no answer yet",
         absl::StrCat(carried ? "前回の答えのままで未確認: " : "未回答: ",
                      item == nullptr ? code : item->question().ja())});
  }
  return missing;
}

Answers CarriedAnswers(const Questionnaire& questionnaire, const v1::Diagnosis& base) {
  Answers carried;
  const auto carry = [&](const v1::ItemAnswer& answer) {
    const auto* item = FindItem(questionnaire, answer.item());
    if (item == nullptr || (!answer.site().empty() && !item->per_site())) return;
    if (std::count(item->answers().begin(), item->answers().end(), answer.answer()) == 0) return;
    v1::ItemAnswer& copy = *carried.Add();
    copy.set_item(answer.item());
    copy.set_answer(answer.answer());
    copy.set_note(answer.note());
    copy.set_site(answer.site());
    copy.set_site_display_name(answer.site_display_name());
    copy.set_decision_reason(answer.decision_reason());
    copy.set_respondent(answer.respondent());
    *copy.mutable_effective_time() = answer.effective_time();
    copy.set_confidence(v1::CONFIDENCE_CLAIMED);
    copy.set_gap(IsGap(questionnaire, answer.answer()));
    copy.set_carried(true);
  };
  for (const auto& answer : base.site_answers()) carry(answer);
  // A site's answer that is the company's came with the sites'.
  for (const auto& answer : base.answers()) {
    if (answer.site().empty()) carry(answer);
  }
  return carried;
}

google::protobuf::RepeatedPtrField<v1::ItemMark> MarksOf(const Questionnaire& questionnaire,
                                                         const v1::Diagnosis& diagnosis,
                                                         const Questionnaire& base_questionnaire,
                                                         const v1::Diagnosis& base) {
  google::protobuf::RepeatedPtrField<v1::ItemMark> marks;
  for (const auto& item : questionnaire.items()) {
    v1::ItemMark& mark = *marks.Add();
    mark.set_item(item.code());
    const auto* now = AnswerTo(diagnosis.answers(), item.code());
    mark.set_confirmed(now != nullptr && !now->carried());
    const auto* asked = FindItem(base_questionnaire, item.code());
    if (asked == nullptr) {
      mark.set_kind(v1::ItemMark::KIND_NEW);
      continue;
    }
    mark.set_kind(asked->question().ja() == item.question().ja() ? v1::ItemMark::KIND_SAME
                                                                 : v1::ItemMark::KIND_REWORDED);
    const auto* before = AnswerTo(base.answers(), item.code());
    if (before == nullptr) continue;
    mark.set_previous(before->answer());
    mark.set_previous_gap(before->gap());
    mark.set_changed(now != nullptr && now->answer() != before->answer());
  }
  return marks;
}

}  // namespace staraction::diagnosis::domain
