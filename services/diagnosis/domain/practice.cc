#include "services/diagnosis/domain/practice.h"

#include <map>
#include <string>

#include "absl/strings/str_replace.h"
#include "services/diagnosis/domain/gaps.h"

namespace staraction::diagnosis::domain {
namespace {

using content::v1::Answer;
using content::v1::Questionnaire;
using v1::AnswerSheet;

struct Share {
  int followed = 0;
  int concerned = 0;  // without those who don't use it
  void Add(Answer answer) {
    if (answer == content::v1::ANSWER_NOT_USED) return;
    ++concerned;
    if (answer == content::v1::ANSWER_FOLLOWED) ++followed;
  }
  double value() const { return concerned == 0 ? 1.0 : static_cast<double>(followed) / concerned; }
};

struct Group {
  int answered = 0;
  Share share;
  void Add(const Group& other) {
    answered += other.answered;
    share.followed += other.share.followed;
    share.concerned += other.share.concerned;
  }
};

v1::PracticeItem ItemOf(const Questionnaire& questionnaire, const std::string& code,
                        const Sheets& sheets) {
  std::map<Answer, int> counts;
  Share share;
  for (const auto& sheet : sheets) {
    if (sheet.state() != AnswerSheet::STATE_SUBMITTED) continue;
    for (const auto& answer : sheet.answers()) {
      if (answer.item() != code) continue;
      ++counts[answer.answer()];
      share.Add(answer.answer());
    }
  }
  v1::PracticeItem item;
  item.set_item(code);
  for (const auto& choice : questionnaire.choices()) {
    if (!counts.contains(choice.answer())) continue;
    v1::AnswerCount& count = *item.add_counts();
    count.set_answer(choice.answer());
    count.set_count(counts[choice.answer()]);
  }
  item.set_followed(share.value());
  item.set_follow_up(share.followed * 100 < share.concerned * questionnaire.follow_up_percent());
  return item;
}

void AddGroups(const Questionnaire& questionnaire, const Sheets& sheets,
               v1::PracticeSummary& summary) {
  std::map<std::string, Group> departments;
  for (const auto& sheet : sheets) {
    if (sheet.state() != AnswerSheet::STATE_SUBMITTED) continue;
    Group& group = departments[sheet.department()];
    ++group.answered;
    for (const auto& answer : sheet.answers()) group.share.Add(answer.answer());
  }
  const auto add = [&summary](const std::string& name, const Group& group) {
    v1::PracticeGroup& added = *summary.add_groups();
    added.set_department(name);
    added.set_answered_count(group.answered);
    added.set_followed(group.share.value());
  };
  const int enough = questionnaire.sample().names_from();
  Group small;
  for (const auto& [name, group] : departments) {
    // Those without a department have no name to show, either.
    if (name.empty() || group.answered < enough) {
      small.Add(group);
    } else {
      add(name, group);
    }
  }
  if (small.answered == 0) return;
  // What is missing from the total would tell of the few.
  if (small.answered < enough) {
    summary.clear_groups();
  } else {
    add("", small);
  }
}

}  // namespace

v1::PracticeSummary SummaryOf(const Questionnaire& questionnaire, const v1::Diagnosis& diagnosis,
                              const Sheets& sheets) {
  v1::PracticeSummary summary;
  summary.set_diagnosis(diagnosis.name());
  if (diagnosis.has_sample()) *summary.mutable_sample() = diagnosis.sample();
  for (const auto& sheet : sheets) {
    if (sheet.state() == AnswerSheet::STATE_WITHDRAWN) continue;
    summary.set_asked_count(summary.asked_count() + 1);
    if (sheet.state() == AnswerSheet::STATE_SUBMITTED) {
      summary.set_answered_count(summary.answered_count() + 1);
    }
  }
  for (const auto& item : questionnaire.items()) {
    *summary.add_items() = ItemOf(questionnaire, item.code(), sheets);
  }
  AddGroups(questionnaire, sheets, summary);
  return summary;
}

std::vector<v1::Measure> FollowUps(const Questionnaire& questionnaire,
                                   const v1::Diagnosis& diagnosis, const Sheets& sheets) {
  std::vector<v1::Measure> measures;
  for (const auto& item : questionnaire.items()) {
    if (!ItemOf(questionnaire, item.code(), sheets).follow_up()) continue;
    v1::Measure measure = ProposedRemedy(item, diagnosis);
    measure.set_text(
        absl::StrReplaceAll(questionnaire.follow_up_measure().ja(),
                            {{"{question}", item.question().ja()}, {"{how}", item.how().ja()}}));
    measures.push_back(std::move(measure));
  }
  return measures;
}

}  // namespace staraction::diagnosis::domain
