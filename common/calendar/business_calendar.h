#ifndef STARACTION_COMMON_CALENDAR_BUSINESS_CALENDAR_H_
#define STARACTION_COMMON_CALENDAR_BUSINESS_CALENDAR_H_

#include <map>
#include <string>

#include "absl/time/civil_time.h"
#include "staraction/content/v1/calendar.pb.h"

namespace staraction {

// On which days people work: not on Saturdays, Sundays and the days of a content pack's list
// (`library.FindHolidayCalendar("japan")`). Days are days in Japan (TokyoDay in
// common/base/date.h). Outside of first_day() to last_day() only weekends are known. Immutable,
// thread safe.
class BusinessCalendar {
 public:
  explicit BusinessCalendar(const content::v1::HolidayCalendar& holidays);

  bool IsBusinessDay(absl::CivilDay day) const;
  // Name of the holiday in Japanese; "" if the list has none on that day.
  const std::string& HolidayName(absl::CivilDay day) const;

  // The day itself if it is a business day, else the next or the last one before.
  absl::CivilDay OnOrAfter(absl::CivilDay day) const;
  absl::CivilDay OnOrBefore(absl::CivilDay day) const;
  // The business day behind the day, never the day itself.
  absl::CivilDay NextAfter(absl::CivilDay day) const { return OnOrAfter(day + 1); }

  // The count-th business day behind `day` (before it, if count is negative); with 0 the day
  // itself, even if it is none.
  absl::CivilDay Add(absl::CivilDay day, int count) const;
  // Business days in (from, to]: what Add must be given to come from `from` to `to`. 0 if `to` is
  // not behind `from`.
  int CountBetween(absl::CivilDay from, absl::CivilDay to) const;

  absl::CivilDay first_day() const { return first_day_; }
  absl::CivilDay last_day() const { return last_day_; }

 private:
  absl::CivilDay first_day_;
  absl::CivilDay last_day_;
  std::map<absl::CivilDay, std::string> holidays_;
};

}  // namespace staraction

#endif  // STARACTION_COMMON_CALENDAR_BUSINESS_CALENDAR_H_
