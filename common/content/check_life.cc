#include "absl/strings/str_cat.h"
#include "common/content/check_kinds.h"

namespace staraction::content {
namespace {

constexpr int kMostBusinessDays = 250;  // about a year

}  // namespace

void Check(const CheckContext& context, const v1::LifeEvent& event, const Where& where) {
  const auto* subjects = context.Resolve<v1::CodeList>("redo-subjects");
  for (int i = 0; i < event.steps_size(); ++i) {
    const auto& step = event.steps(i);
    const Where place = where.At(event, "steps", i);
    CheckRange(context, step.due_business_days(), 0, kMostBusinessDays,
               place.At(step, "due_business_days"));
    if (subjects == nullptr || !Has(subjects->entries(), step.redo())) {
      context.Report(place,
                     absl::StrCat("there is no \"", step.redo(), "\" in the list redo-subjects"));
    }
    for (int k = 0; k < step.stars_size(); ++k) {
      CheckRange(context, step.stars(k), 1, 2, place.At(step, "stars", k));
    }
  }
}

}  // namespace staraction::content
