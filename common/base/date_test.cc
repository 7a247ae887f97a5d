#include "common/base/date.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace staraction {
namespace {

TEST(DateTest, ReadsWhatCompaniesWrite) {
  const struct {
    const char* text;
    const char* want;
  } cases[] = {{"2020/4/1", "2020-04-01"},
               {"2020-04-01", "2020-04-01"},
               {"2020.4.1", "2020-04-01"},
               {"20200401", "2020-04-01"},
               {"2020年4月1日", "2020-04-01"},
               {"２０２０／４／１", "2020-04-01"},
               {"２０２０年０４月０１日", "2020-04-01"},
               {"2020ー4ー1", "2020-04-01"},
               {" 2020/4/1　", "2020-04-01"},
               {"2020/4/1 0:00", "2020-04-01"},
               {"2020/04/01 00:00:00", "2020-04-01"},
               {"2024/2/29", "2024-02-29"},
               {"令和3年4月1日", "2021-04-01"},
               {"令和元年5月1日", "2019-05-01"},
               {"R3.4.1", "2021-04-01"},
               {"r3/4/1", "2021-04-01"},
               {"Ｒ３．４．１", "2021-04-01"},
               {"㋿3年4月1日", "2021-04-01"},
               {"平成元年5月1日", "1989-05-01"},
               {"H1.5.1", "1989-05-01"},
               {"H31.4.30", "2019-04-30"},
               {"昭和64年1月7日", "1989-01-07"},
               {"S1.12.25", "1926-12-25"},
               {"大正15年12月24日", "1926-12-24"},
               {"明治6年1月1日", "1873-01-01"},
               {"昭63.4.1", "1988-04-01"}};
  for (const auto& c : cases) {
    const auto day = ParseDate(c.text);
    ASSERT_TRUE(day.ok()) << c.text << ": " << day.problem().en;
    EXPECT_EQ(FormatIsoDate(*day), c.want) << c.text;
  }
}

TEST(DateTest, RefusesAndSaysWhatIsWanted) {
  const struct {
    const char* text;
    const char* en;
    const char* ja;
  } cases[] = {{"", "year, month and day", "年月日"},
               {"2020/13/40", "exists", "実在"},
               {"2023/2/29", "exists", "実在"},
               {"20230229", "exists", "実在"},
               {"2020/0/1", "exists", "実在"},
               {"0202/4/1", "exists", "実在"},
               {"令和0年4月1日", "exists", "実在"},
               {"令和5年2月29日", "exists", "実在"},
               {"令和元年4月30日", "2019-05-01", "2019年5月1日から"},
               {"H31.5.1", "to 2019-04-30", "2019年4月30日まで"},
               {"平成元年1月7日", "1989-01-08", "平成は1989年1月8日から"},
               {"昭和64年1月8日", "to 1989-01-07", "1989年1月7日まで"},
               {"明治5年1月1日", "1873-01-01", "明治"},
               {"20/4/1", "year, month and day", "年月日"},
               {"2020/4", "year, month and day", "年月日"},
               {"2020年4月", "year, month and day", "年月日"},
               {"2020/4-1", "year, month and day", "年月日"},
               {"2020/4/1 9:30", "year, month and day", "年月日"},
               {"2020/4/001", "year, month and day", "年月日"},
               {"43922", "year, month and day", "年月日"},
               {"202004011", "year, month and day", "年月日"},
               {"99999999999999999999", "year, month and day", "年月日"},
               {"在籍", "year, month and day", "年月日"},
               {"大", "year, month and day", "年月日"}};
  for (const auto& c : cases) {
    const auto day = ParseDate(c.text);
    ASSERT_FALSE(day.ok()) << c.text << " read as " << FormatIsoDate(*day);
    EXPECT_EQ(day.problem().came, c.text);
    EXPECT_THAT(day.problem().en, testing::HasSubstr(c.en)) << c.text;
    EXPECT_THAT(day.problem().ja, testing::HasSubstr(c.ja)) << c.text;
  }
}

TEST(DateTest, Formats) {
  const absl::CivilDay day(2026, 4, 1);
  EXPECT_EQ(FormatIsoDate(day), "2026-04-01");
  EXPECT_EQ(FormatJapaneseDate(day), "2026年4月1日");
  EXPECT_EQ(FormatEraDate(day), "令和8年4月1日");
  EXPECT_EQ(FormatEraDate(absl::CivilDay(2019, 5, 1)), "令和元年5月1日");
  EXPECT_EQ(FormatEraDate(absl::CivilDay(2019, 4, 30)), "平成31年4月30日");
  EXPECT_EQ(FormatEraDate(absl::CivilDay(1872, 12, 31)), "1872年12月31日");
}

TEST(DateTest, EveryEraDayIsReadBack) {
  for (absl::CivilDay day(1873, 1, 1); day < absl::CivilDay(2040, 1, 1); ++day) {
    const auto again = ParseDate(FormatEraDate(day));
    ASSERT_TRUE(again.ok()) << FormatEraDate(day);
    ASSERT_EQ(*again, day) << FormatEraDate(day);
  }
}

TEST(DateTest, TokyoDayBeginsNineHoursEarlier) {
  EXPECT_EQ(FormatIsoDate(TokyoDay(absl::FromUnixSeconds(0))), "1970-01-01");
  EXPECT_EQ(FormatIsoDate(TokyoDay(absl::FromUnixSeconds(15 * 3600 - 1))), "1970-01-01");
  EXPECT_EQ(FormatIsoDate(TokyoDay(absl::FromUnixSeconds(15 * 3600))), "1970-01-02");
}

TEST(DateTest, ProtoDates) {
  const absl::CivilDay day(2026, 4, 1);
  EXPECT_EQ(FromProtoDate(ToProtoDate(day)), day);
  google::type::Date date;
  EXPECT_EQ(FromProtoDate(date), std::nullopt) << "empty";
  date.set_year(2023);
  date.set_month(2);
  EXPECT_EQ(FromProtoDate(date), std::nullopt) << "no day";
  date.set_day(29);
  EXPECT_EQ(FromProtoDate(date), std::nullopt) << "2023-02-29";
  date.set_year(2024);
  EXPECT_EQ(FromProtoDate(date), absl::CivilDay(2024, 2, 29));
}

}  // namespace
}  // namespace staraction
