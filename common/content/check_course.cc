#include <map>
#include <set>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/content/check_kinds.h"

namespace staraction::content {
namespace {

constexpr int kQuestionsPerRule = 12;

void CheckChoices(const CheckContext& context, const v1::TestQuestion& question,
                  const Where& place) {
  CheckRange(context, question.choices_size(), 3, 4, place);
  CheckRange(context, question.correct_index(), 0, question.choices_size() - 1,
             place.At(question, "correct_index"));
  std::set<std::string> texts;
  for (const auto& choice : question.choices()) {
    if (!texts.insert(choice.ja()).second) context.Report(place, "two choices are the same");
  }
}

void CheckQuestions(const CheckContext& context, const v1::Course& course, const Where& where) {
  for (int i = 0; i < course.questions_size(); ++i) {
    const auto& question = course.questions(i);
    const Where place = where.At(course, "questions", i);
    CheckRange(context, question.difficulty(), 1, 3, place.At(question, "difficulty"));
    CheckChoices(context, question, place);
    const auto module = std::find_if(course.modules().begin(), course.modules().end(),
                                     [&](const auto& m) { return m.code() == question.topic(); });
    if (module == course.modules().end()) {
      context.Report(place, absl::StrCat("there is no module ", question.topic()));
    } else if (module->rule() != question.rule()) {
      context.Report(place, absl::StrCat("rule is \"", question.rule(), "\", that of the module ",
                                         "is \"", module->rule(), "\""));
    }
  }
}

void CheckPairs(const CheckContext& context, const v1::Course& course, const Where& where) {
  std::map<std::string, std::vector<const v1::TestQuestion*>> pairs;
  for (const auto& question : course.questions()) pairs[question.pair()].push_back(&question);
  for (const auto& [code, both] : pairs) {
    if (both.size() != 2) {
      context.Report(where, absl::StrCat("pair ", code, " has ", both.size(), " questions, not 2"));
      continue;
    }
    if (both[0]->topic() != both[1]->topic() || both[0]->difficulty() != both[1]->difficulty()) {
      context.Report(where, absl::StrCat("pair ", code, " differs in topic or difficulty"));
    }
    if (both[0]->question().ja() == both[1]->question().ja()) {
      context.Report(where, absl::StrCat("pair ", code, " asks twice the same"));
    }
  }
}

// Who always ticks the same place must not pass.
void CheckPlaces(const CheckContext& context, const v1::Course& course, const Where& where) {
  std::map<std::string, std::map<int, int>> places;
  std::map<std::string, int> totals;
  for (const auto& question : course.questions()) {
    ++places[question.topic()][question.correct_index()];
    ++totals[question.topic()];
  }
  for (const auto& [topic, counts] : places) {
    for (const auto& [index, count] : counts) {
      if (2 * count <= totals[topic]) continue;
      context.Report(where, absl::StrCat(count, " of ", totals[topic], " right answers about ",
                                         topic, " are choice ", index));
    }
  }
}

void CheckBands(const CheckContext& context, const v1::TestSpec& test, const Where& where) {
  int above = 101;
  for (int i = 0; i < test.bands_size(); ++i) {
    const auto& band = test.bands(i);
    const Where place = where.At(test, "bands", i);
    const int lowest = i + 1 == test.bands_size() ? test.pass_percent() : test.pass_percent() + 1;
    CheckRange(context, band.minimum_percent(), lowest, above - 1, place);
    above = band.minimum_percent();
  }
  if (test.bands_size() > 0 && above != test.pass_percent()) {
    context.Report(where, "the last band does not begin at the pass line");
  }
}

void CheckTest(const CheckContext& context, const v1::Course& course, const Where& where) {
  CheckRange(context, course.test().pass_percent(), 1, 100,
             where.At(course.test(), "pass_percent"));
  CheckRange(context, course.test().max_retests(), 0, 20, where.At(course.test(), "max_retests"));
  CheckRange(context, course.test().open_days(), 0, 365, where.At(course.test(), "open_days"));
  CheckBands(context, course.test(), where);
  for (int i = 0; i < course.test().draws_size(); ++i) {
    const auto& draw = course.test().draws(i);
    const Where place = where.At(course.test(), "draws", i);
    CheckRange(context, draw.count(), 1, 100, place.At(draw, "count"));
    if (!Has(course.modules(), draw.topic())) {
      context.Report(place, absl::StrCat("there is no module ", draw.topic()));
      continue;
    }
    const auto available = std::count_if(course.questions().begin(), course.questions().end(),
                                         [&](const auto& q) { return q.topic() == draw.topic(); });
    if (available < 2 * draw.count()) {
      context.Report(place, absl::StrCat(available, " questions about ", draw.topic(),
                                         ", test and retest need ", 2 * draw.count()));
    }
  }
}

// A course for everybody teaches enough to ask about each rule several times.
void CheckEnough(const CheckContext& context, const v1::Course& course, const Where& where) {
  const auto* rules = context.Resolve<v1::RuleList>(course.rule_list());
  if (rules == nullptr || course.kind() != v1::COURSE_KIND_EVERYBODY) return;
  for (const auto& rule : rules->rules()) {
    const auto found = std::count_if(course.questions().begin(), course.questions().end(),
                                     [&](const auto& q) { return q.rule() == rule.code(); });
    if (found < kQuestionsPerRule) {
      context.Report(where, absl::StrCat(found, " questions about ", rule.code(), ", at least ",
                                         kQuestionsPerRule, " are wanted"));
    }
  }
}

// Own questions, or those that the loader copied from the course that lends them.
void CheckBank(const CheckContext& context, const v1::Course& course, const Where& where) {
  if (course.questions_from().empty()) {
    CheckQuestions(context, course, where);
    CheckPairs(context, course, where);
    CheckPlaces(context, course, where);
    CheckEnough(context, course, where);
    return CheckTest(context, course, where.At(course, "test"));
  }
  if (course.questions_size() > 0) context.Report(where, "has questions and borrows others");
  const auto* joined = context.Resolve<v1::Course>(course.id());
  if (joined == nullptr || joined->questions().empty()) {
    context.Report(where, absl::StrCat("course \"", course.questions_from(), "\" lends it no ",
                                       "questions: of another pack, or of other modules"));
  } else {
    CheckEnough(context, *joined, where);
    CheckTest(context, *joined, {where.file, where.line, where.path, nullptr});
  }
}

void CheckModules(const CheckContext& context, const v1::Course& course, const Where& where) {
  const auto* rules = context.Resolve<v1::RuleList>(course.rule_list());
  if (rules == nullptr) return;
  std::set<std::string> taught;
  for (int i = 0; i < course.modules_size(); ++i) {
    const auto& module = course.modules(i);
    const Where place = where.At(course, "modules", i);
    taught.insert(module.rule());
    CheckRange(context, module.minutes(), 1, 240, place.At(module, "minutes"));
    if (!module.rule().empty() && !Has(rules->rules(), module.rule())) {
      context.Report(place, absl::StrCat("there is no rule ", module.rule()));
    }
  }
  if (course.kind() == v1::COURSE_KIND_BRIEFING) return;
  for (const auto& rule : rules->rules()) {
    if (taught.count(rule.code()) == 0) {
      context.Report(where, absl::StrCat("no module teaches ", rule.code()));
    }
  }
}

void CheckDecisions(const CheckContext& context, const v1::Course& course, const Where& where) {
  for (int i = 0; i < course.decisions_size(); ++i) {
    const auto& decision = course.decisions(i);
    const Where place = where.At(course, "decisions", i);
    if ((decision.kind() == v1::DECISION_KIND_CHOICE) == decision.code_list().empty()) {
      context.Report(place, "choices, and only they, have a code_list");
    }
    if (!Has(course.modules(), decision.topic())) {
      context.Report(place, absl::StrCat("there is no module ", decision.topic()));
    }
  }
}

void CheckEmploymentTypes(const CheckContext& context, const v1::Course& course,
                          const Where& where) {
  const auto* types = context.Resolve<v1::CodeList>("employment-types");
  for (const std::string& type : course.employment_types()) {
    if (types == nullptr || !Has(types->entries(), type)) {
      context.Report(where, absl::StrCat("there is no employment type \"", type,
                                         "\" in the list employment-types"));
    }
  }
}

}  // namespace

void Check(const CheckContext& context, const v1::Course& course, const Where& where) {
  CheckModules(context, course, where);
  CheckDecisions(context, course, where);
  CheckEmploymentTypes(context, course, where);
  const bool briefing = course.kind() == v1::COURSE_KIND_BRIEFING;
  if (briefing == course.decisions().empty()) {
    context.Report(where, "briefings, and only they, have decisions");
  }
  if ((course.kind() == v1::COURSE_KIND_SHORT) == course.employment_types().empty()) {
    context.Report(where, "short courses, and only they, have employment_types");
  }
  if (briefing == course.has_test()) {
    context.Report(where, "every course but a briefing has a test");
  } else if (!briefing) {
    CheckBank(context, course, where);
  }
}

}  // namespace staraction::content
