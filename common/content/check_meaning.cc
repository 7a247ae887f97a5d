#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/civil_time.h"
#include "common/content/check.h"
#include "google/type/date.pb.h"

namespace staraction::content {
namespace {

constexpr int kLargestHeadcount = 300;

template <typename Codes>
bool Has(const Codes& list, const std::string& code) {
  return std::any_of(list.begin(), list.end(),
                     [&code](const auto& entry) { return entry.code() == code; });
}

void CheckOrder(const CheckContext& context, const google::type::Date& from,
                const google::type::Date& to, const Where& where) {
  if (absl::CivilDay(to.year(), to.month(), to.day()) <
      absl::CivilDay(from.year(), from.month(), from.day())) {
    context.Report(where, "valid_to is before valid_from");
  }
}

void CheckRange(const CheckContext& context, int64_t value, int64_t low, int64_t high,
                const Where& where) {
  if (value < low || value > high) {
    context.Report(where, absl::StrCat(value, " isn't from ", low, " to ", high));
  }
}

// Amount for a headcount, or -1 if no band has it.
int64_t BaseYen(const v1::Pricing& pricing, int headcount) {
  for (const auto& band : pricing.headcounts()) {
    if (band.up_to() == 0 || headcount <= band.up_to()) return band.yen();
  }
  return -1;
}

void CheckPricing(const CheckContext& context, const v1::Pricing& pricing, const Where& where) {
  int64_t dearest_options = 0;
  for (int i = 0; i < pricing.options_size(); ++i) {
    const auto& option = pricing.options(i);
    const Where place = where.At(pricing, "options", i);
    CheckRange(context, option.yen_each(), 1, pricing.max_yen(), place.At(option, "yen_each"));
    CheckRange(context, option.max_count(), 1, 100, place.At(option, "max_count"));
    dearest_options += option.yen_each() * option.max_count();
  }
  for (int i = 0; i + 1 < pricing.headcounts_size(); ++i) {
    const int next = pricing.headcounts(i + 1).up_to();
    const bool last = i + 2 == pricing.headcounts_size();
    const int here = pricing.headcounts(i).up_to();
    if (here < 1 || (next <= here && !(last && next == 0))) {
      context.Report(where.At(pricing, "headcounts", i + 1), "headcounts are not ascending");
    }
  }
  for (int headcount = 1; headcount <= kLargestHeadcount; ++headcount) {
    const int64_t base = BaseYen(pricing, headcount);
    const int64_t dearest = base + dearest_options;
    if (base >= pricing.min_yen() && dearest <= pricing.max_yen()) continue;
    const std::string prices =
        base < 0 ? "there is no price" : absl::StrCat("prices are ", base, " to ", dearest, " yen");
    context.Report(where, absl::StrCat("for ", headcount, " people ", prices, ", the band is ",
                                       pricing.min_yen(), " to ", pricing.max_yen()));
    return;
  }
}

template <typename T>
void CheckSameRuleList(const CheckContext& context, const std::string& id,
                       const std::string& rule_list, const Where& where) {
  const T* object = context.Resolve<T>(id);
  if (object != nullptr && object->rule_list() != rule_list) {
    context.Report(where, absl::StrCat("\"", id, "\" is about the rules \"", object->rule_list(),
                                       "\", not \"", rule_list, "\""));
  }
}

void Check(const CheckContext& context, const v1::Offering& offering, const Where& where) {
  CheckRange(context, offering.star(), 1, 2, where.At(offering, "star"));
  CheckRange(context, offering.min_months(), 1, 12, where.At(offering, "min_months"));
  CheckRange(context, offering.max_months(), std::max(1, offering.min_months()), 12,
             where.At(offering, "max_months"));
  CheckPricing(context, offering.pricing(), where.At(offering, "pricing"));
  const auto& chosen = offering.editions();
  const Where editions = where.At(offering, "editions");
  CheckSameRuleList<v1::Questionnaire>(context, chosen.rule_check(), chosen.rule_list(), editions);
  CheckSameRuleList<v1::Course>(context, chosen.course(), chosen.rule_list(), editions);
  CheckSameRuleList<v1::PledgeText>(context, chosen.pledge_text(), chosen.rule_list(), editions);
  CheckSameRuleList<v1::PledgeText>(context, chosen.president_pledge_text(), chosen.rule_list(),
                                    editions);
  const auto* criteria = context.Resolve<v1::CriteriaSet>(chosen.criteria_set());
  if (criteria != nullptr && criteria->star() != offering.star()) {
    context.Report(editions, absl::StrCat("criteria_set is for ", criteria->star(), " stars"));
  }
  const auto* plan = context.Resolve<v1::Plan>(offering.plan());
  if (plan == nullptr) return;
  if (plan->criteria_set() != chosen.criteria_set()) {
    context.Report(editions, "criteria_set isn't the one of the plan");
  }
  for (const auto& milestone : plan->milestones()) {
    if (milestone.day_offset() > offering.max_months() * 31) {
      context.Report(where, absl::StrCat("milestone ", milestone.code(), " of plan \"", plan->id(),
                                         "\" is due after the longest duration"));
    }
  }
}

void Check(const CheckContext& context, const v1::Plan& plan, const Where& where) {
  const auto* criteria = context.Resolve<v1::CriteriaSet>(plan.criteria_set());
  int last = 0;
  for (int i = 0; i < plan.milestones_size(); ++i) {
    const auto& milestone = plan.milestones(i);
    const Where place = where.At(plan, "milestones", i);
    if (!Has(plan.steps(), milestone.step())) {
      context.Report(place, absl::StrCat("there is no step ", milestone.step()));
    }
    if (criteria != nullptr && !milestone.done_when().empty() &&
        !Has(criteria->criteria(), milestone.done_when())) {
      context.Report(place, absl::StrCat("there is no criterion ", milestone.done_when()));
    }
    CheckRange(context, milestone.day_offset(), last, 365, place.At(milestone, "day_offset"));
    last = milestone.day_offset();
  }
}

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

void CheckBank(const CheckContext& context, const v1::Course& course, const Where& where) {
  std::map<std::string, int> per_topic;
  std::map<std::pair<std::string, int>, int> per_level;
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
    ++per_topic[question.topic()];
    ++per_level[{question.topic(), question.difficulty()}];
  }
  for (const auto& [level, count] : per_level) {
    if (count < 2) {
      context.Report(where, absl::StrCat("one question only of topic ", level.first,
                                         " with "
                                         "difficulty ",
                                         level.second, "; a retest needs two"));
    }
  }
  const Where test = where.At(course, "test");
  for (int i = 0; i < course.test().draws_size(); ++i) {
    const auto& draw = course.test().draws(i);
    const Where place = test.At(course.test(), "draws", i);
    if (!Has(course.modules(), draw.topic())) {
      context.Report(place, absl::StrCat("there is no module ", draw.topic()));
    } else if (per_topic[draw.topic()] < 2 * draw.count()) {
      context.Report(place, absl::StrCat(per_topic[draw.topic()], " questions about ", draw.topic(),
                                         ", test and retest need ", 2 * draw.count()));
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
  CheckRange(context, course.test().pass_percent(), 1, 100, where.At(course, "test"));
  CheckBank(context, course, where);
}

v1::FactType TypeOf(const v1::Condition& condition) {
  switch (condition.value_case()) {
    case v1::Condition::kTruth:
      return v1::FACT_TYPE_TRUTH;
    case v1::Condition::kCount:
      return v1::FACT_TYPE_COUNT;
    case v1::Condition::kRatio:
      return v1::FACT_TYPE_RATIO;
    case v1::Condition::kText:
      return v1::FACT_TYPE_TEXT;
    case v1::Condition::VALUE_NOT_SET:
      break;
  }
  return v1::FACT_TYPE_UNSPECIFIED;
}

void CheckCondition(const CheckContext& context, const v1::Condition& condition,
                    const Where& where) {
  const auto* fact = context.Resolve<v1::FactCode>(condition.fact());
  if (fact == nullptr) return;  // Reported as a dangling reference.
  const v1::FactType type = TypeOf(condition);
  if (condition.comparator() == v1::COMPARATOR_EXISTS) {
    if (type != v1::FACT_TYPE_UNSPECIFIED) context.Report(where, "EXISTS takes no value");
    return;
  }
  if (type != fact->type()) {
    context.Report(where, absl::StrCat(fact->id(), " is a ", v1::FactType_Name(fact->type()),
                                       ", compared with a ", v1::FactType_Name(type)));
    return;
  }
  const bool number = type == v1::FACT_TYPE_COUNT || type == v1::FACT_TYPE_RATIO;
  if (condition.comparator() != v1::COMPARATOR_EQUALS && !number) {
    context.Report(where, "only counts and ratios can be greater or smaller");
  }
  if (type == v1::FACT_TYPE_RATIO && (condition.ratio() < 0 || condition.ratio() > 1)) {
    context.Report(where, "a ratio is from 0 to 1");
  }
  if (type == v1::FACT_TYPE_TEXT && fact->values_size() > 0 &&
      std::count(fact->values().begin(), fact->values().end(), condition.text()) == 0) {
    context.Report(where, absl::StrCat(fact->id(), " is never \"", condition.text(), "\""));
  }
}

void Check(const CheckContext& context, const v1::CriteriaSet& set, const Where& where) {
  CheckRange(context, set.star(), 1, 2, where.At(set, "star"));
  for (int i = 0; i < set.criteria_size(); ++i) {
    const auto& criterion = set.criteria(i);
    CheckCondition(context, criterion.condition(),
                   where.At(set, "criteria", i).At(criterion, "condition"));
  }
}

void Check(const CheckContext& context, const v1::DeclarationProcedure& procedure,
           const Where& where) {
  if (procedure.has_valid_to()) {
    CheckOrder(context, procedure.valid_from(), procedure.valid_to(), where);
  }
  const std::string& first = procedure.declaration_id().first_digits();
  if (first.find_first_not_of("0123456789") != std::string::npos) {
    context.Report(where.At(procedure, "declaration_id"), "first_digits are not digits");
  }
  CheckRange(context, procedure.declaration_id().length(), 1, 30,
             where.At(procedure, "declaration_id"));
  const auto* sources = context.Resolve<v1::CodeList>("field-sources");
  for (int i = 0; i < procedure.fields_size(); ++i) {
    const auto& field = procedure.fields(i);
    const Where place = where.At(procedure, "fields", i);
    if ((field.kind() == v1::FIELD_KIND_CHOICE) == field.code_list().empty()) {
      context.Report(place, "choices, and only they, have a code_list");
    }
    if (!field.source().empty() &&
        (sources == nullptr || !Has(sources->entries(), field.source()))) {
      context.Report(place, absl::StrCat("there is no source \"", field.source(),
                                         "\" in the list field-sources"));
    }
  }
}

void Check(const CheckContext& context, const v1::CodeList& list, const Where& where) {
  for (int i = 0; i < list.entries_size(); ++i) {
    const auto& entry = list.entries(i);
    if (entry.has_minimum() && entry.has_maximum() && entry.maximum() < entry.minimum()) {
      context.Report(where.At(list, "entries", i), "maximum is less than minimum");
    }
  }
}

template <typename List>
void CheckAll(const CheckContext& context, const v1::Pack& fragment, const List& list,
              const char* field, const Where& where) {
  for (int i = 0; i < list.size(); ++i) {
    Check(context, list.Get(i), where.At(fragment, field, i));
  }
}

}  // namespace

void CheckMeaning(const CheckContext& context, const v1::Pack& fragment, const Where& where) {
  if (fragment.has_valid_from() && fragment.has_valid_to()) {
    CheckOrder(context, fragment.valid_from(), fragment.valid_to(), where);
  }
  CheckAll(context, fragment, fragment.offerings(), "offerings", where);
  CheckAll(context, fragment, fragment.plans(), "plans", where);
  CheckAll(context, fragment, fragment.rule_lists(), "rule_lists", where);
  CheckAll(context, fragment, fragment.questionnaires(), "questionnaires", where);
  CheckAll(context, fragment, fragment.courses(), "courses", where);
  CheckAll(context, fragment, fragment.criteria_sets(), "criteria_sets", where);
  CheckAll(context, fragment, fragment.declaration_procedures(), "declaration_procedures", where);
  CheckAll(context, fragment, fragment.code_lists(), "code_lists", where);
}

}  // namespace staraction::content
