#include <algorithm>
#include <limits>
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

// Items stand in order; a variant's own ones stand in front of those that it takes over.
void CheckNumber(const CheckContext& context, const v1::Questionnaire& sheet, int i,
                 std::set<int>& numbers, const Where& where) {
  const int number = sheet.items(i).number();
  const bool variant = !sheet.variant_of().empty();
  CheckRange(context, number, variant ? 1 : i + 1, variant ? sheet.items_size() : i + 1, where);
  if (!numbers.insert(number).second) {
    context.Report(where, absl::StrCat("the number ", number, " is there twice"));
  }
}

// A self-diagnosis numbers its items and puts them into parts.
void CheckParts(const CheckContext& context, const v1::Questionnaire& sheet, const Where& where) {
  CheckSelfDiagnosis(context, sheet, where);
  if (sheet.bands().empty()) context.Report(where.At(sheet, "bands"), "is missing");
  std::set<int> numbers;
  for (int i = 0; i < sheet.items_size(); ++i) {
    const auto& item = sheet.items(i);
    const Where place = where.At(sheet, "items", i);
    if (!Has(sheet.parts(), item.part())) {
      context.Report(place.At(item, "part"), absl::StrCat("there is no part ", item.part()));
    }
    CheckNumber(context, sheet, i, numbers, place.At(item, "number"));
    CheckRange(context, item.effect(), 1, 3, place.At(item, "effect"));
  }
}

const v1::QuestionnaireItem* FindItem(const v1::Questionnaire& sheet, const std::string& code) {
  for (const auto& item : sheet.items()) {
    if (item.code() == code) return &item;
  }
  return nullptr;
}

// Bands go down, and the last one holds whatever is left.
void CheckBands(const CheckContext& context, const v1::Questionnaire& sheet, const Where& where) {
  int lowest = 0;
  for (const auto& item : sheet.items()) {
    int worst = std::numeric_limits<int>::max();
    for (const auto& choice : sheet.choices()) {
      const auto& answers = item.answers();
      if (std::count(answers.begin(), answers.end(), choice.answer()) == 0) continue;
      worst = std::min(worst, choice.points());
    }
    if (!item.answers().empty()) lowest += worst;
  }
  for (int i = 0; i + 1 < sheet.bands_size(); ++i) {
    if (sheet.bands(i + 1).minimum() < sheet.bands(i).minimum()) continue;
    context.Report(where.At(sheet, "bands", i + 1), "is not below the band before");
  }
  if (!sheet.bands().empty() && sheet.bands(sheet.bands_size() - 1).minimum() > lowest) {
    context.Report(where.At(sheet, "bands", sheet.bands_size() - 1),
                   absl::StrCat("totals go down to ", lowest));
  }
}

void CheckPeers(const CheckContext& context, const v1::Questionnaire& sheet, const Where& where) {
  if (!sheet.has_peers()) return;
  const auto& peers = sheet.peers();
  const Where place = where.At(sheet, "peers");
  CheckRange(context, peers.at_least(), 3, 100, place.At(peers, "at_least"));
  for (int i = 0; i < peers.sizes_size(); ++i) {
    const int before = i == 0 ? -1 : peers.sizes(i - 1).minimum();
    const int here = peers.sizes(i).minimum();
    if ((i == 0 && here != 0) || here <= before) {
      context.Report(place.At(peers, "sizes", i), "sizes begin at 0 and ascend");
    }
  }
}

// Figures and contradictions are about items, and about answers that these allow.
void CheckReferences(const CheckContext& context, const v1::Questionnaire& sheet,
                     const Where& where) {
  for (int i = 0; i < sheet.survey_figures_size(); ++i) {
    const auto& figure = sheet.survey_figures(i);
    if (FindItem(sheet, figure.item()) != nullptr && figure.percent() <= 100) continue;
    context.Report(
        where.At(sheet, "survey_figures", i),
        absl::StrCat("there is no item ", figure.item(), ", or it is above 100 percent"));
  }
  for (int i = 0; i < sheet.contradictions_size(); ++i) {
    const auto& contradiction = sheet.contradictions(i);
    const auto* item = FindItem(sheet, contradiction.item());
    const Where place = where.At(sheet, "contradictions", i);
    if (item == nullptr) {
      context.Report(place, absl::StrCat("there is no item ", contradiction.item()));
      continue;
    }
    for (const int answer : contradiction.answers()) {
      if (std::count(item->answers().begin(), item->answers().end(), answer) > 0) continue;
      context.Report(place, "the item does not allow this answer");
    }
  }
}

void CheckSample(const CheckContext& context, const v1::Questionnaire& sheet, const Where& where) {
  if (sheet.follow_up_percent() > 0 && sheet.follow_up_measure().ja().empty()) {
    context.Report(where.At(sheet, "follow_up_measure"), "is missing");
  }
  if (!sheet.has_sample()) return;
  const auto& sample = sheet.sample();
  const Where place = where.At(sheet, "sample");
  CheckRange(context, sample.percent(), 1, 100, place.At(sample, "percent"));
  CheckRange(context, sample.at_least(), 1, sample.at_most(), place.At(sample, "at_least"));
  CheckRange(context, sample.at_most(), 1, 1000, place.At(sample, "at_most"));
}

}  // namespace

void Check(const CheckContext& context, const v1::RuleList& list, const Where& where) {
  for (int i = 0; i < list.rules_size(); ++i) {
    CheckRange(context, list.rules(i).number(), i + 1, i + 1,
               where.At(list, "rules", i).At(list.rules(i), "number"));
  }
}

void Check(const CheckContext& context, const v1::Questionnaire& sheet, const Where& where) {
  if (!sheet.variant_of().empty()) {
    const auto* base = context.Resolve<v1::Questionnaire>(sheet.variant_of());
    if (base != nullptr && !base->variant_of().empty()) {
      context.Report(where.At(sheet, "variant_of"), "is a variant itself");
    }
  }
  const std::set<int> known = CheckChoices(context, sheet, where);
  for (int i = 0; i < sheet.items_size(); ++i) {
    CheckItem(context, sheet, sheet.items(i), known, where.At(sheet, "items", i));
  }
  if (sheet.kind() == v1::QUESTIONNAIRE_KIND_RULE_CHECK) CheckCoverage(context, sheet, where);
  CheckReferences(context, sheet, where);
  CheckSample(context, sheet, where);
  if (sheet.kind() != v1::QUESTIONNAIRE_KIND_SELF_DIAGNOSIS) return;
  CheckParts(context, sheet, where);
  CheckBands(context, sheet, where);
  CheckPeers(context, sheet, where);
}

}  // namespace staraction::content
