#include "common/calendar/business_calendar.h"

#include "common/base/date.h"

namespace staraction {

using absl::CivilDay;

BusinessCalendar::BusinessCalendar(const content::v1::HolidayCalendar& holidays)
    : first_day_(FromProtoDate(holidays.first_day()).value_or(CivilDay::max())),
      last_day_(FromProtoDate(holidays.last_day()).value_or(CivilDay::min())) {
  for (const auto& holiday : holidays.holidays()) {
    const auto day = FromProtoDate(holiday.date());
    if (day) holidays_[*day] = holiday.name().ja();
  }
}

bool BusinessCalendar::IsBusinessDay(CivilDay day) const {
  const absl::Weekday weekday = absl::GetWeekday(day);
  return weekday != absl::Weekday::saturday && weekday != absl::Weekday::sunday &&
         holidays_.count(day) == 0;
}

const std::string& BusinessCalendar::HolidayName(CivilDay day) const {
  static const std::string* none = new std::string();
  const auto found = holidays_.find(day);
  return found == holidays_.end() ? *none : found->second;
}

CivilDay BusinessCalendar::OnOrAfter(CivilDay day) const {
  while (!IsBusinessDay(day)) ++day;
  return day;
}

CivilDay BusinessCalendar::OnOrBefore(CivilDay day) const {
  while (!IsBusinessDay(day)) --day;
  return day;
}

CivilDay BusinessCalendar::Add(CivilDay day, int count) const {
  for (; count > 0; --count) day = OnOrAfter(day + 1);
  for (; count < 0; ++count) day = OnOrBefore(day - 1);
  return day;
}

int BusinessCalendar::CountBetween(CivilDay from, CivilDay to) const {
  int count = 0;
  for (CivilDay day = from + 1; day <= to; ++day) count += IsBusinessDay(day) ? 1 : 0;
  return count;
}

}  // namespace staraction
