#ifndef STARACTION_COMMON_BASE_DATE_H_
#define STARACTION_COMMON_BASE_DATE_H_

#include <optional>
#include <string>
#include <string_view>

#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "common/base/parsed.h"
#include "google/type/date.pb.h"

// Calendar days, as companies write them and as documents show them. Gregorian throughout, so
// Japanese eras begin with 1873 (Meiji 6).
namespace staraction {

// Reads 2020/4/1, 2020-04-01, 2020.4.1, 20200401, 2020年4月1日, 令和3年4月1日, 平成元年5月1日,
// R3.4.1, H1/5/1, S64.1.7, in full-width too; a time of midnight behind it (as spreadsheets export
// dates) is ignored. Years have four digits (1000 to 9999) or an era. Refused: days that do not
// exist or that are outside their era, two-digit years, months without a day, serial numbers.
Parsed<absl::CivilDay> ParseDate(std::string_view text);

std::string FormatIsoDate(absl::CivilDay day);       // 2026-04-01
std::string FormatJapaneseDate(absl::CivilDay day);  // 2026年4月1日
// 令和8年4月1日, 令和元年5月1日; before 1873 as FormatJapaneseDate.
std::string FormatEraDate(absl::CivilDay day);

// The day in Japan at that moment.
absl::CivilDay TokyoDay(absl::Time time);

google::type::Date ToProtoDate(absl::CivilDay day);
// Nothing if year, month or day is missing or the day does not exist.
std::optional<absl::CivilDay> FromProtoDate(const google::type::Date& date);

}  // namespace staraction

#endif  // STARACTION_COMMON_BASE_DATE_H_
