#include <algorithm>

#include "absl/strings/str_cat.h"
#include "common/content/check_kinds.h"

namespace staraction::content {
namespace {

constexpr int kLargestHeadcount = 300;

// Amount for a headcount, or -1 if no band has it.
int64_t BaseYen(const v1::Pricing& pricing, int headcount) {
  for (const auto& band : pricing.headcounts()) {
    if (band.up_to() == 0 || headcount <= band.up_to()) return band.yen();
  }
  return -1;
}

void CheckPricing(const CheckContext& context, const v1::Pricing& pricing, const Where& where) {
  int64_t dearest_options = 0;
  if (pricing.tax_included()) {
    context.Report(where, "prices with tax are not known to quotes; give them without");
  }
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

void CheckCourse(const CheckContext& context, const std::string& id, const std::string& rule_list,
                 v1::CourseKind kind, const Where& where) {
  CheckSameRuleList<v1::Course>(context, id, rule_list, where);
  const auto* course = context.Resolve<v1::Course>(id);
  if (course != nullptr && course->kind() != kind) {
    context.Report(where, absl::StrCat("course "
                                       ", id, "
                                       " is a ",
                                       v1::CourseKind_Name(course->kind()), ", not a ",
                                       v1::CourseKind_Name(kind)));
  }
}

// The plan's criteria are those that go with it, for the offering's star, and it fits the duration.
void CheckPlanOf(const CheckContext& context, const v1::Offering& offering, const std::string& id,
                 const std::string& criteria_set, const Where& where) {
  const auto* criteria = context.Resolve<v1::CriteriaSet>(criteria_set);
  if (criteria != nullptr && criteria->star() != offering.star()) {
    context.Report(where, absl::StrCat("criteria_set is for ", criteria->star(), " stars"));
  }
  const auto* plan = context.Resolve<v1::Plan>(id);
  if (plan == nullptr) return;
  if (plan->criteria_set() != criteria_set) {
    context.Report(where, "criteria_set isn't the one of the plan");
  }
  for (const auto& milestone : plan->milestones()) {
    if (milestone.day_offset() > offering.max_months() * 31) {
      context.Report(where, absl::StrCat("milestone ", milestone.code(), " of plan \"", plan->id(),
                                         "\" is due after the longest duration"));
    }
  }
}

// Back-planning needs to know when the client declares.
void CheckRoles(const CheckContext& context, const v1::Plan& plan, const Where& where) {
  for (const auto role :
       {v1::MILESTONE_ROLE_GBIZ_APPLY, v1::MILESTONE_ROLE_GBIZ_READY, v1::MILESTONE_ROLE_DECLARE}) {
    int count = 0;
    for (const auto& milestone : plan.milestones()) count += milestone.role() == role ? 1 : 0;
    if (count != 1) {
      context.Report(where, absl::StrCat(count, " milestones have the role ",
                                         v1::MilestoneRole_Name(role), ", want one"));
    }
  }
}

}  // namespace

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

// A pledge to keep policy and regulations is about no list of rules.
void CheckPolicyPledge(const CheckContext& context, const std::string& id, const Where& where) {
  const auto* text = context.Resolve<v1::PledgeText>(id);
  if (text == nullptr || text->rule_list().empty()) return;
  context.Report(where, absl::StrCat("\"", id, "\" is a pledge to keep a list of rules"));
}

void Check(const CheckContext& context, const v1::Offering& offering, const Where& where) {
  CheckRange(context, offering.star(), 1, 2, where.At(offering, "star"));
  CheckRange(context, offering.min_months(), 1, 12, where.At(offering, "min_months"));
  CheckRange(context, offering.max_months(), std::max(1, offering.min_months()), 12,
             where.At(offering, "max_months"));
  CheckPricing(context, offering.pricing(), where.At(offering, "pricing"));
  const auto* groups = context.Resolve<v1::CodeList>("roster-groups");
  for (int i = 0; i < offering.left_out_size(); ++i) {
    if (groups != nullptr && Has(groups->entries(), offering.left_out(i))) continue;
    context.Report(where.At(offering, "left_out", i), "not in the list roster-groups");
  }
  const auto& chosen = offering.editions();
  const Where editions = where.At(offering, "editions");
  CheckSameRuleList<v1::Questionnaire>(context, chosen.rule_check(), chosen.rule_list(), editions);
  CheckCourse(context, chosen.course(), chosen.rule_list(), v1::COURSE_KIND_EVERYBODY, editions);
  CheckCourse(context, chosen.short_course(), chosen.rule_list(), v1::COURSE_KIND_SHORT, editions);
  CheckCourse(context, chosen.briefing(), chosen.rule_list(), v1::COURSE_KIND_BRIEFING, editions);
  CheckSameRuleList<v1::PledgeText>(context, chosen.pledge_text(), chosen.rule_list(), editions);
  CheckSameRuleList<v1::PledgeText>(context, chosen.president_pledge_text(), chosen.rule_list(),
                                    editions);
  CheckPolicyPledge(context, chosen.policy_pledge_text(), editions);
  CheckPolicyPledge(context, chosen.president_policy_pledge_text(), editions);
  CheckPlanOf(context, offering, offering.plan(), chosen.criteria_set(), editions);
  for (int i = 0; i < offering.plan_choices_size(); ++i) {
    const auto& choice = offering.plan_choices(i);
    const Where place = where.At(offering, "plan_choices", i);
    CheckPlanOf(context, offering, choice.plan(), choice.criteria_set(), place);
    const auto* plan = context.Resolve<v1::Plan>(choice.plan());
    if (plan != nullptr && plan->path() != choice.path()) {
      context.Report(place, absl::StrCat("plan \"", plan->id(), "\" takes another path"));
    }
    if (choice.max_people() > 0 && choice.max_people() < choice.min_people()) {
      context.Report(place, "max_people is less than min_people");
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
  CheckRoles(context, plan, where);
  last = 0;
  for (int i = 0; i < plan.visits_size(); ++i) {
    const auto& visit = plan.visits(i);
    const Where place = where.At(plan, "visits", i);
    CheckRange(context, visit.day_offset(), last, 365, place.At(visit, "day_offset"));
    CheckRange(context, visit.minutes(), 15, 480, place.At(visit, "minutes"));
    last = visit.day_offset();
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

void Check(const CheckContext& context, const v1::SubsidyProgramme& programme, const Where& where) {
  CheckRange(context, programme.star(), 1, 2, where.At(programme, "star"));
  CheckRange(context, programme.gbiz_id_online_days(), 0, 90,
             where.At(programme, "gbiz_id_online_days"));
  CheckRange(context, programme.gbiz_id_post_days(), programme.gbiz_id_online_days(), 90,
             where.At(programme, "gbiz_id_post_days"));
  CheckRange(context, programme.days_before_application(), 0, 60,
             where.At(programme, "days_before_application"));
}

}  // namespace staraction::content
