#include <set>

#include "absl/strings/str_cat.h"
#include "common/content/check_kinds.h"
#include "common/content/variables.h"

namespace staraction::content {
namespace {

std::set<int> CheckChoices(const CheckContext& context, const v1::Questionnaire& sheet,
                           const Where& where) {
  std::set<int> known;
  bool gap = false;
  for (int i = 0; i < sheet.choices_size(); ++i) {
    const auto& choice = sheet.choices(i);
    const Where place = where.At(sheet, "choices", i);
    gap |= choice.gap();
    if (!known.insert(choice.answer()).second) context.Report(place, "stands here twice");
    if (choice.find_out() && !choice.gap()) {
      context.Report(place, "what nobody knows is a gap, too");
    }
  }
  if (!gap) context.Report(where, "no choice is a gap");
  return known;
}

void CheckVariables(const CheckContext& context, const v1::Questionnaire& sheet,
                    const std::string& text, const Where& where) {
  for (const std::string& code : VariablesIn(text)) {
    if (!Has(sheet.variables(), code)) {
      context.Report(where, absl::StrCat("there is no variable {", code, "}"));
    }
  }
}

void CheckItem(const CheckContext& context, const v1::Questionnaire& sheet,
               const v1::QuestionnaireItem& item, const std::set<int>& known, const Where& place) {
  const auto* costs = context.Resolve<v1::CodeList>("cost-classes");
  for (const int answer : item.answers()) {
    if (known.count(answer) == 0) {
      context.Report(place,
                     absl::StrCat("answer ", v1::Answer_Name(static_cast<v1::Answer>(answer)),
                                  " isn't among the choices"));
    }
  }
  if (sheet.kind() == v1::QUESTIONNAIRE_KIND_PRACTICE_CHECK) return;
  for (const char* field : {"proposed_measure", "proposed_rule", "short_rule"}) {
    const auto* descriptor = item.GetDescriptor()->FindFieldByName(field);
    if (!item.GetReflection()->HasField(item, descriptor)) {
      context.Report(place.At(item, field), "is missing");
    }
  }
  CheckRange(context, item.priority(), 1, 3, place.At(item, "priority"));
  if (costs == nullptr || !Has(costs->entries(), item.cost_class())) {
    context.Report(place.At(item, "cost_class"),
                   absl::StrCat("there is no cost class ", item.cost_class()));
  }
  CheckVariables(context, sheet, item.proposed_rule().ja(), place.At(item, "proposed_rule"));
  CheckVariables(context, sheet, item.short_rule().ja(), place.At(item, "short_rule"));
}

// A rule check is about every rule of its list.
void CheckCoverage(const CheckContext& context, const v1::Questionnaire& sheet,
                   const Where& where) {
  const auto* rules = context.Resolve<v1::RuleList>(sheet.rule_list());
  if (sheet.rule_list().empty()) context.Report(where.At(sheet, "rule_list"), "is missing");
  if (rules == nullptr) return;
  std::set<std::string> covered;
  for (int i = 0; i < sheet.items_size(); ++i) {
    const auto& item = sheet.items(i);
    covered.insert(item.rule());
    if (!Has(rules->rules(), item.rule())) {
      context.Report(where.At(sheet, "items", i), absl::StrCat("there is no rule ", item.rule()));
    }
  }
  for (const auto& rule : rules->rules()) {
    if (covered.count(rule.code()) == 0) {
      context.Report(where, absl::StrCat("no item is about ", rule.code()));
    }
  }
}

// A self-diagnosis numbers its items and puts them into parts.
void CheckParts(const CheckContext& context, const v1::Questionnaire& sheet, const Where& where) {
  if (sheet.bands().empty()) context.Report(where.At(sheet, "bands"), "is missing");
  for (int i = 0; i < sheet.items_size(); ++i) {
    const auto& item = sheet.items(i);
    const Where place = where.At(sheet, "items", i);
    if (!Has(sheet.parts(), item.part())) {
      context.Report(place.At(item, "part"), absl::StrCat("there is no part ", item.part()));
    }
    CheckRange(context, item.number(), i + 1, i + 1, place.At(item, "number"));
    CheckRange(context, item.effect(), 1, 3, place.At(item, "effect"));
  }
}

}  // namespace

void Check(const CheckContext& context, const v1::RuleList& list, const Where& where) {
  for (int i = 0; i < list.rules_size(); ++i) {
    CheckRange(context, list.rules(i).number(), i + 1, i + 1,
               where.At(list, "rules", i).At(list.rules(i), "number"));
  }
}

void Check(const CheckContext& context, const v1::Questionnaire& sheet, const Where& where) {
  const std::set<int> known = CheckChoices(context, sheet, where);
  for (int i = 0; i < sheet.items_size(); ++i) {
    CheckItem(context, sheet, sheet.items(i), known, where.At(sheet, "items", i));
  }
  if (sheet.kind() == v1::QUESTIONNAIRE_KIND_RULE_CHECK) CheckCoverage(context, sheet, where);
  if (sheet.kind() == v1::QUESTIONNAIRE_KIND_SELF_DIAGNOSIS) CheckParts(context, sheet, where);
}

}  // namespace staraction::content
