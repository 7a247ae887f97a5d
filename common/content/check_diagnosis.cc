#include <algorithm>
#include <map>
#include <set>

#include "absl/strings/str_cat.h"
#include "common/content/check_kinds.h"

namespace staraction::content {
namespace {

// Whoever does more must not have fewer points; to know is worth at least as much as not to know.
void CheckPoints(const CheckContext& context, const v1::Questionnaire& sheet, const Where& where) {
  std::map<int, int> points;
  for (const auto& choice : sheet.choices()) points[choice.answer()] = choice.points();
  const std::pair<v1::Answer, v1::Answer> order[] = {{v1::ANSWER_FOLLOWED, v1::ANSWER_PARTLY},
                                                     {v1::ANSWER_PARTLY, v1::ANSWER_NOT_FOLLOWED},
                                                     {v1::ANSWER_NOT_FOLLOWED, v1::ANSWER_UNKNOWN},
                                                     {v1::ANSWER_FOLLOWED, v1::ANSWER_NOT_USED}};
  for (const auto& [better, worse] : order) {
    if (points.count(better) == 0 || points.count(worse) == 0) continue;
    if (points[better] >= points[worse]) continue;
    context.Report(where, absl::StrCat(v1::Answer_Name(worse), " has more points than ",
                                       v1::Answer_Name(better)));
  }
}

// Most points that answers to the whole sheet can have.
int LargestTotal(const v1::Questionnaire& sheet) {
  int total = 0;
  for (const auto& item : sheet.items()) {
    int best = 0;
    for (const auto& choice : sheet.choices()) {
      const auto& allowed = item.answers();
      if (std::count(allowed.begin(), allowed.end(), choice.answer()) == 0) continue;
      best = std::max(best, choice.points());
    }
    total += best;
  }
  return total;
}

}  // namespace

void CheckSelfDiagnosis(const CheckContext& context, const v1::Questionnaire& sheet,
                        const Where& where) {
  CheckPoints(context, sheet, where);
  std::set<std::string> filled;
  for (int i = 0; i < sheet.items_size(); ++i) {
    const auto& item = sheet.items(i);
    filled.insert(item.part());
    for (int k = 0; k < item.chapters_size(); ++k) {
      CheckRange(context, item.chapters(k), 1, 12,
                 where.At(sheet, "items", i).At(item, "chapters", k));
    }
  }
  for (int i = 0; i < sheet.parts_size(); ++i) {
    if (filled.count(sheet.parts(i).code()) == 0) {
      context.Report(where.At(sheet, "parts", i), "no item is in it");
    }
  }
  if (!sheet.bands().empty() && sheet.bands(0).minimum() > LargestTotal(sheet)) {
    context.Report(where.At(sheet, "bands", 0),
                   absl::StrCat("totals go up to ", LargestTotal(sheet)));
  }
  for (int i = 0; i < sheet.contradictions_size(); ++i) {
    CheckCondition(context, sheet.contradictions(i).condition(),
                   where.At(sheet, "contradictions", i).At(sheet.contradictions(i), "condition"));
  }
  CheckRange(context, sheet.advice_count(), 0, sheet.items_size(), where.At(sheet, "advice_count"));
}

}  // namespace staraction::content
