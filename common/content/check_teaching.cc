#include <map>
#include <set>

#include "absl/strings/str_cat.h"
#include "common/content/check_kinds.h"

namespace staraction::content {
namespace {

// How many questions there are per topic and difficulty.
using Counts = std::map<std::string, std::map<int, int>>;

Counts CheckQuestions(const CheckContext& context, const v1::Course& course, const Where& where) {
  Counts counts;
  for (int i = 0; i < course.questions_size(); ++i) {
    const auto& question = course.questions(i);
    const Where place = where.At(course, "questions", i);
    if (!Has(course.modules(), question.topic())) {
      context.Report(place, absl::StrCat("there is no module ", question.topic()));
    }
    CheckRange(context, question.difficulty(), 1, 3, place.At(question, "difficulty"));
    CheckRange(context, question.choices_size(), 3, 4, place);
    CheckRange(context, question.correct_index(), 0, question.choices_size() - 1,
               place.At(question, "correct_index"));
    std::set<std::string> texts;
    for (const auto& choice : question.choices()) {
      if (!texts.insert(choice.ja()).second) context.Report(place, "two choices are the same");
    }
    ++counts[question.topic()][question.difficulty()];
  }
  return counts;
}

void CheckTest(const CheckContext& context, const v1::Course& course, const Counts& counts,
               const Where& where) {
  CheckRange(context, course.test().pass_percent(), 1, 100,
             where.At(course.test(), "pass_percent"));
  for (int i = 0; i < course.test().draws_size(); ++i) {
    const auto& draw = course.test().draws(i);
    const Where place = where.At(course.test(), "draws", i);
    CheckRange(context, draw.count(), 1, 100, place.At(draw, "count"));
    if (!Has(course.modules(), draw.topic())) {
      context.Report(place, absl::StrCat("there is no module ", draw.topic()));
      continue;
    }
    int available = 0;
    if (const auto topic = counts.find(draw.topic()); topic != counts.end()) {
      for (const auto& [difficulty, count] : topic->second) available += count;
    }
    if (available < 2 * draw.count()) {
      context.Report(place, absl::StrCat(available, " questions about ", draw.topic(),
                                         ", test and retest need ", 2 * draw.count()));
    }
  }
}

void CheckBank(const CheckContext& context, const v1::Course& course, const Where& where) {
  const Counts counts = CheckQuestions(context, course, where);
  for (const auto& [topic, levels] : counts) {
    for (const auto& [difficulty, count] : levels) {
      if (count >= 2) continue;
      context.Report(where, absl::StrCat("one question only of topic ", topic, " with difficulty ",
                                         difficulty, "; a retest needs two"));
    }
  }
  CheckTest(context, course, counts, where.At(course, "test"));
}

}  // namespace

void Check(const CheckContext& context, const v1::RuleList& list, const Where& where) {
  for (int i = 0; i < list.rules_size(); ++i) {
    CheckRange(context, list.rules(i).number(), i + 1, i + 1,
               where.At(list, "rules", i).At(list.rules(i), "number"));
  }
}

void Check(const CheckContext& context, const v1::Questionnaire& sheet, const Where& where) {
  const auto* rules = context.Resolve<v1::RuleList>(sheet.rule_list());
  std::set<int> known;
  bool gap = false;
  for (int i = 0; i < sheet.choices_size(); ++i) {
    gap |= sheet.choices(i).gap();
    if (!known.insert(sheet.choices(i).answer()).second) {
      context.Report(where.At(sheet, "choices", i), "stands here twice");
    }
  }
  if (!gap) context.Report(where, "no choice is a gap");
  std::set<std::string> covered;
  for (int i = 0; i < sheet.items_size(); ++i) {
    const auto& item = sheet.items(i);
    const Where place = where.At(sheet, "items", i);
    covered.insert(item.rule());
    if (rules != nullptr && !Has(rules->rules(), item.rule())) {
      context.Report(place, absl::StrCat("there is no rule ", item.rule()));
    }
    for (const int answer : item.answers()) {
      if (known.count(answer) == 0) {
        context.Report(place,
                       absl::StrCat("answer ", v1::Answer_Name(static_cast<v1::Answer>(answer)),
                                    " isn't among the choices"));
      }
    }
  }
  if (rules == nullptr) return;
  for (const auto& rule : rules->rules()) {
    if (covered.count(rule.code()) == 0) {
      context.Report(where, absl::StrCat("no item is about ", rule.code()));
    }
  }
}

void Check(const CheckContext& context, const v1::Course& course, const Where& where) {
  const auto* rules = context.Resolve<v1::RuleList>(course.rule_list());
  std::set<std::string> taught;
  for (int i = 0; i < course.modules_size(); ++i) {
    const auto& module = course.modules(i);
    const Where place = where.At(course, "modules", i);
    taught.insert(module.rule());
    CheckRange(context, module.minutes(), 1, 240, place.At(module, "minutes"));
    if (rules != nullptr && !module.rule().empty() && !Has(rules->rules(), module.rule())) {
      context.Report(place, absl::StrCat("there is no rule ", module.rule()));
    }
  }
  if (rules != nullptr) {
    for (const auto& rule : rules->rules()) {
      if (taught.count(rule.code()) == 0) {
        context.Report(where, absl::StrCat("no module teaches ", rule.code()));
      }
    }
  }
  CheckBank(context, course, where);
}

}  // namespace staraction::content
