#ifndef STARACTION_COMMON_TABLE_XLSX_FORMAT_H_
#define STARACTION_COMMON_TABLE_XLSX_FORMAT_H_

#include <optional>
#include <string>
#include <string_view>

#include "absl/time/civil_time.h"

// Numbers of spreadsheets as text.
namespace staraction {

enum class NumberFormat { kPlain, kDate, kTime };

// What a format code shows: yyyy/m/d, [$-411]ggge"年"m"月"d"日" are dates, h:mm is a time.
NumberFormat ParseNumberFormat(std::string_view code);

// The same of a format that every spreadsheet knows by its number (ECMA-376 18.8.30 with those of
// Japanese, 27 to 36 and 50 to 58).
NumberFormat BuiltInFormat(int id);

// What the cell says: 3, 0.25, 2026-09-03, 2026-09-03 14:30, 14:30. Dates that spreadsheets don't
// have (negative, behind the year 9999) stay numbers; 1900-02-29, which only they have, is told as
// such. `since_1904`: days are counted from 1904-01-01 on.
std::string FormatSerial(double value, NumberFormat format, bool since_1904);

// Number of the day in the count from 1900.
double SerialOf(absl::CivilDay day);

}  // namespace staraction

#endif  // STARACTION_COMMON_TABLE_XLSX_FORMAT_H_
