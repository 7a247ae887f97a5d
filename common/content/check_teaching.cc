#include <set>

#include "absl/strings/str_cat.h"
#include "common/content/check_kinds.h"

namespace staraction::content {

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

}  // namespace staraction::content
