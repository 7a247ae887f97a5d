#include "common/table/xlsx_format.h"

#include <gtest/gtest.h>

#include "common/base/date.h"

namespace staraction {
namespace {

TEST(XlsxFormatTest, TellsDatesFromNumbers) {
  const struct {
    const char* code;
    NumberFormat want;
  } cases[] = {{"General", NumberFormat::kPlain},
               {"G/標準", NumberFormat::kPlain},
               {"0", NumberFormat::kPlain},
               {"#,##0_);[Red](#,##0)", NumberFormat::kPlain},
               {"0.00E+00", NumberFormat::kPlain},
               {"0\"days\"", NumberFormat::kPlain},
               {"@", NumberFormat::kPlain},
               {"yyyy/m/d", NumberFormat::kDate},
               {"yyyy\"年\"m\"月\"d\"日\"", NumberFormat::kDate},
               {"[$-411]ggge\"年\"m\"月\"d\"日\";@", NumberFormat::kDate},
               {"[$-ja-JP-x-gannen]ggge\"年\"", NumberFormat::kDate},
               {"m/d", NumberFormat::kDate},
               {"d-mmm-yy", NumberFormat::kDate},
               {"yyyy/m/d h:mm", NumberFormat::kDate},
               {"h:mm", NumberFormat::kTime},
               {"[h]:mm:ss", NumberFormat::kTime},
               {"[mm]:ss", NumberFormat::kTime},
               {"[unclosed", NumberFormat::kPlain},
               {"\"unclosed", NumberFormat::kPlain},
               {"", NumberFormat::kPlain}};
  for (const auto& c : cases) EXPECT_EQ(ParseNumberFormat(c.code), c.want) << c.code;
  EXPECT_EQ(BuiltInFormat(14), NumberFormat::kDate);
  EXPECT_EQ(BuiltInFormat(20), NumberFormat::kTime);
  EXPECT_EQ(BuiltInFormat(27), NumberFormat::kDate) << "R8.9.3 in Japanese spreadsheets";
  EXPECT_EQ(BuiltInFormat(57), NumberFormat::kDate);
  EXPECT_EQ(BuiltInFormat(9), NumberFormat::kPlain) << "percent";
}

TEST(XlsxFormatTest, WritesSerials) {
  const struct {
    double value;
    NumberFormat format;
    bool since_1904;
    const char* want;
  } cases[] = {{3, NumberFormat::kPlain, false, "3"},
               {-0.0, NumberFormat::kPlain, false, "0"},
               {0.1 + 0.2, NumberFormat::kPlain, false, "0.3"},
               {9012345678, NumberFormat::kPlain, false, "9012345678"},
               {46268, NumberFormat::kDate, false, "2026-09-03"},
               {46268 - 1462, NumberFormat::kDate, true, "2026-09-03"},
               {1, NumberFormat::kDate, false, "1900-01-01"},
               {59, NumberFormat::kDate, false, "1900-02-28"},
               {60, NumberFormat::kDate, false, "1900-02-29"},
               {61, NumberFormat::kDate, false, "1900-03-01"},
               {46268.5, NumberFormat::kDate, false, "2026-09-03 12:00"},
               {46268.99999999, NumberFormat::kDate, false, "2026-09-04"},
               {0.604166666666667, NumberFormat::kTime, false, "14:30"},
               {1.5, NumberFormat::kTime, false, "36:00"},
               {-1, NumberFormat::kDate, false, "-1"},
               {2958465, NumberFormat::kDate, false, "9999-12-31"},
               {2958466, NumberFormat::kDate, false, "2958466"},
               {1e300, NumberFormat::kTime, false, "1e+300"}};
  for (const auto& c : cases) {
    EXPECT_EQ(FormatSerial(c.value, c.format, c.since_1904), c.want) << c.value;
  }
}

TEST(XlsxFormatTest, DaysComeBack) {
  for (absl::CivilDay day(1900, 1, 1); day < absl::CivilDay(2101, 1, 1); day += 17) {
    EXPECT_EQ(FormatSerial(SerialOf(day), NumberFormat::kDate, false), FormatIsoDate(day));
  }
}

}  // namespace
}  // namespace staraction
