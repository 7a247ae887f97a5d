#include <set>

#include "absl/strings/str_cat.h"
#include "common/content/check_kinds.h"

namespace staraction::content {
namespace {

constexpr int kMostBusinessDays = 240;  // within a year with all its holidays
constexpr int kMostMonths = 12;         // a plan is of one year
constexpr int kChapters = 12;           // of the regulations

template <typename Entries>
void CheckCodes(const CheckContext& context, const Entries& entries, const char* field,
                const v1::ActivityCalendar& calendar, const Where& where) {
  std::set<std::string> seen;
  for (int i = 0; i < entries.size(); ++i) {
    if (seen.insert(entries.Get(i).code()).second) continue;
    context.Report(where.At(calendar, field, i),
                   absl::StrCat("the code ", entries.Get(i).code(), " is there twice"));
  }
}

void CheckActivities(const CheckContext& context, const v1::ActivityCalendar& calendar,
                     const Where& where) {
  const auto* roles = context.Resolve<v1::CodeList>("security-roles");
  for (int i = 0; i < calendar.activities_size(); ++i) {
    const auto& kind = calendar.activities(i);
    const Where place = where.At(calendar, "activities", i);
    CheckRange(context, kind.first_business_days(), 0, kMostBusinessDays,
               place.At(kind, "first_business_days"));
    CheckRange(context, kind.every_months(), 0, kMostMonths, place.At(kind, "every_months"));
    if (kind.role().empty() == (kind.side() == v1::SIDE_CLIENT)) {
      context.Report(place, "activities of the client, and only they, have a role");
    }
    if (kind.role().empty() || (roles != nullptr && Has(roles->entries(), kind.role()))) continue;
    context.Report(place,
                   absl::StrCat("there is no \"", kind.role(), "\" in the list security-roles"));
  }
}

}  // namespace

void Check(const CheckContext& context, const v1::ActivityCalendar& calendar, const Where& where) {
  CheckCodes(context, calendar.activities(), "activities", calendar, where);
  CheckCodes(context, calendar.forms(), "forms", calendar, where);
  CheckCodes(context, calendar.check_items(), "check_items", calendar, where);
  CheckActivities(context, calendar, where);
  for (int i = 0; i < calendar.forms_size(); ++i) {
    const auto& form = calendar.forms(i);
    const Where place = where.At(calendar, "forms", i);
    CheckRange(context, form.chapter(), 1, kChapters, place.At(form, "chapter"));
    if (!form.template_().empty() &&
        context.Resolve<v1::DocumentTemplate>(form.template_()) == nullptr) {
      context.Report(place, absl::StrCat("there is no template \"", form.template_(), "\""));
    }
  }
  for (int i = 0; i < calendar.check_items_size(); ++i) {
    const auto& item = calendar.check_items(i);
    CheckRange(context, item.chapter(), 1, kChapters,
               where.At(calendar, "check_items", i).At(item, "chapter"));
  }
}

}  // namespace staraction::content
