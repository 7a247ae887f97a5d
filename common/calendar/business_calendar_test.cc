#include "common/calendar/business_calendar.h"

#include <gtest/gtest.h>

#include "common/content/library.h"

namespace staraction {
namespace {

using absl::CivilDay;

const content::v1::HolidayCalendar& Japan() {
  static const auto* library = content::Library::Load().value().release();
  return *library->FindHolidayCalendar("japan");
}

TEST(BusinessCalendarTest, KnowsWeekendsAndHolidays) {
  const BusinessCalendar calendar(Japan());
  const struct {
    CivilDay day;
    bool business;
    const char* name;
  } cases[] = {
      {CivilDay(2024, 2, 12), false, "振替休日（建国記念の日）"},
      {CivilDay(2024, 9, 22), false, "秋分の日"},
      {CivilDay(2024, 9, 23), false, "振替休日（秋分の日）"},
      {CivilDay(2025, 5, 6), false, "振替休日（みどりの日）"},
      {CivilDay(2026, 5, 6), false, "振替休日（憲法記念日）"},
      {CivilDay(2026, 5, 7), true, ""},
      {CivilDay(2026, 9, 22), false, "国民の休日"},
      {CivilDay(2026, 11, 23), false, "勤労感謝の日"},
      {CivilDay(2026, 11, 28), false, ""},
      {CivilDay(2026, 12, 28), true, ""},
      {CivilDay(2026, 12, 29), false, "年末年始"},
      {CivilDay(2027, 1, 4), true, ""},
      {CivilDay(2027, 3, 22), false, "振替休日（春分の日）"},
      {CivilDay(2028, 9, 22), false, "秋分の日"},
  };
  for (const auto& c : cases) {
    EXPECT_EQ(calendar.IsBusinessDay(c.day), c.business) << c.day;
    EXPECT_EQ(calendar.HolidayName(c.day), c.name) << c.day;
  }
}

TEST(BusinessCalendarTest, MovesOverHolidaysInBothDirections) {
  const BusinessCalendar calendar(Japan());
  EXPECT_EQ(calendar.OnOrAfter(CivilDay(2026, 5, 2)), CivilDay(2026, 5, 7));
  EXPECT_EQ(calendar.OnOrAfter(CivilDay(2026, 5, 7)), CivilDay(2026, 5, 7));
  EXPECT_EQ(calendar.NextAfter(CivilDay(2026, 5, 7)), CivilDay(2026, 5, 8));
  EXPECT_EQ(calendar.OnOrBefore(CivilDay(2027, 1, 3)), CivilDay(2026, 12, 28));
  EXPECT_EQ(calendar.Add(CivilDay(2026, 12, 25), 2), CivilDay(2027, 1, 4));
  EXPECT_EQ(calendar.Add(CivilDay(2027, 1, 4), -2), CivilDay(2026, 12, 25));
  EXPECT_EQ(calendar.Add(CivilDay(2026, 5, 3), 0), CivilDay(2026, 5, 3));
  EXPECT_EQ(calendar.CountBetween(CivilDay(2026, 12, 25), CivilDay(2027, 1, 4)), 2);
  EXPECT_EQ(calendar.CountBetween(CivilDay(2027, 1, 4), CivilDay(2026, 12, 25)), 0);
}

TEST(BusinessCalendarTest, OutsideOfTheListOnlyWeekendsAreOff) {
  const BusinessCalendar calendar(Japan());
  EXPECT_EQ(calendar.first_day(), CivilDay(2024, 1, 1));
  EXPECT_EQ(calendar.last_day(), CivilDay(2028, 12, 31));
  EXPECT_TRUE(calendar.IsBusinessDay(CivilDay(2029, 1, 1)));   // a Monday
  EXPECT_FALSE(calendar.IsBusinessDay(CivilDay(2029, 1, 6)));  // a Saturday
}

}  // namespace
}  // namespace staraction
