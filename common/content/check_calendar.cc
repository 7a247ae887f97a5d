#include <map>

#include "absl/strings/str_cat.h"
#include "absl/time/civil_time.h"
#include "common/content/check_kinds.h"

namespace staraction::content {
namespace {

using absl::CivilDay;
using Kinds = std::map<CivilDay, v1::HolidayKind>;

constexpr int kNationalHolidays = 16;  // of a year since 2022, by the law

CivilDay ToDay(const google::type::Date& date) {
  return CivilDay(date.year(), date.month(), date.day());
}

bool IsNational(const Kinds& kinds, CivilDay day) {
  const auto found = kinds.find(day);
  return found != kinds.end() && found->second == v1::HOLIDAY_KIND_NATIONAL;
}

bool IsSunday(CivilDay day) {
  return absl::GetWeekday(day) == absl::Weekday::sunday;
}

CivilDay SubstituteOf(const Kinds& kinds, CivilDay sunday) {
  CivilDay day = sunday + 1;
  while (IsNational(kinds, day)) ++day;
  return day;
}

// Days in order and inside the calendar's years; their kinds by day.
Kinds CheckDays(const CheckContext& context, const v1::HolidayCalendar& calendar,
                const Where& where) {
  Kinds kinds;
  for (int i = 0; i < calendar.holidays_size(); ++i) {
    const auto& holiday = calendar.holidays(i);
    const CivilDay day = ToDay(holiday.date());
    const Where place = where.At(calendar, "holidays", i);
    if (!kinds.empty() && day <= kinds.rbegin()->first) {
      context.Report(place,
                     absl::StrCat(absl::FormatCivilTime(day), " is not behind the day before it"));
    }
    if (day < ToDay(calendar.first_day()) || day > ToDay(calendar.last_day())) {
      context.Report(
          place, absl::StrCat(absl::FormatCivilTime(day), " lies outside of the calendar's years"));
    }
    kinds[day] = holiday.kind();
  }
  return kinds;
}

// The days that follow from national holidays: each that must be there is, and no other.
void CheckFollowing(const CheckContext& context, const Kinds& kinds, const Where& where) {
  std::map<CivilDay, CivilDay> substitutes;
  for (const auto& [day, kind] : kinds) {
    if (kind == v1::HOLIDAY_KIND_NATIONAL && IsSunday(day)) {
      substitutes[SubstituteOf(kinds, day)] = day;
    }
  }
  for (const auto& [day, of] : substitutes) {
    const auto found = kinds.find(day);
    if (found == kinds.end() || found->second != v1::HOLIDAY_KIND_SUBSTITUTE) {
      context.Report(where, absl::StrCat(absl::FormatCivilTime(day), " must be a substitute for ",
                                         absl::FormatCivilTime(of)));
    }
  }
  for (const auto& [day, kind] : kinds) {
    if (kind == v1::HOLIDAY_KIND_SUBSTITUTE && substitutes.count(day) == 0) {
      context.Report(where, absl::StrCat(absl::FormatCivilTime(day), " substitutes nothing"));
    }
    if (kind == v1::HOLIDAY_KIND_BETWEEN &&
        !(IsNational(kinds, day - 1) && IsNational(kinds, day + 1))) {
      context.Report(where, absl::StrCat(absl::FormatCivilTime(day),
                                         " lies between no two national holidays"));
    }
    if (IsNational(kinds, day) && IsNational(kinds, day + 2) && kinds.count(day + 1) == 0 &&
        !IsSunday(day + 1)) {
      context.Report(where, absl::StrCat(absl::FormatCivilTime(day + 1),
                                         " must be off: it lies between two national holidays"));
    }
  }
}

void CheckYears(const CheckContext& context, const v1::HolidayCalendar& calendar,
                const Kinds& kinds, const Where& where) {
  for (int year = calendar.first_day().year(); year <= calendar.last_day().year(); ++year) {
    int count = 0;
    for (const auto& [day, kind] : kinds) {
      if (day.year() == year && kind == v1::HOLIDAY_KIND_NATIONAL) ++count;
    }
    if (count != kNationalHolidays) {
      context.Report(where, absl::StrCat(year, " has ", count, " national holidays, want ",
                                         kNationalHolidays));
    }
  }
}

}  // namespace

void Check(const CheckContext& context, const v1::HolidayCalendar& calendar, const Where& where) {
  const CivilDay first = ToDay(calendar.first_day()), last = ToDay(calendar.last_day());
  if (first.month() != 1 || first.day() != 1) {
    context.Report(where.At(calendar, "first_day"), "is no 1 January");
  }
  if (last.month() != 12 || last.day() != 31) {
    context.Report(where.At(calendar, "last_day"), "is no 31 December");
  }
  if (last < first) {
    context.Report(where, "last_day is before first_day");
    return;
  }
  const Kinds kinds = CheckDays(context, calendar, where);
  CheckFollowing(context, kinds, where);
  CheckYears(context, calendar, kinds, where);
}

void Check(const CheckContext& context, const v1::DeductionSchedule& schedule, const Where& where) {
  for (int i = 0; i < schedule.periods_size(); ++i) {
    const auto& period = schedule.periods(i);
    const Where place = where.At(schedule, "periods", i);
    CheckRange(context, period.percent(), 0, 100, place.At(period, "percent"));
    const bool last = i + 1 == schedule.periods_size();
    if (period.has_last_day() == last) {
      context.Report(place, "the last period, and only it, has no end");
    } else if (!last &&
               ToDay(schedule.periods(i + 1).first_day()) != ToDay(period.last_day()) + 1) {
      context.Report(place, "the next period doesn't begin on the day behind it");
    }
  }
}

}  // namespace staraction::content
