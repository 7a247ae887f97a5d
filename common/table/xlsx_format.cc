#include "common/table/xlsx_format.h"

#include <algorithm>
#include <cmath>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "common/base/date.h"

namespace staraction {
namespace {

constexpr absl::CivilDay kBefore1900(1899, 12, 30);  // Right from 1900-03-01 on.
constexpr absl::CivilDay kFirstOf1904(1904, 1, 1);
constexpr double kFakeLeapDay = 60;  // 1900-02-29.
constexpr int kMinutesOfDay = 24 * 60;
constexpr double kMaxSerial = 2'958'465;  // 9999-12-31.

char Lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

// The code's letters that stand for something, of its first section.
std::string Letters(std::string_view code) {
  std::string letters;
  for (size_t i = 0; i < code.size() && code[i] != ';'; ++i) {
    const char c = code[i];
    if (c == '"' || c == '[') {
      const size_t end = code.find(c == '"' ? '"' : ']', i + 1);
      if (end == std::string_view::npos) break;
      const char inside = c == '[' ? Lower(code[i + 1]) : ' ';
      // Elapsed time: [h]:mm.
      if (inside == 'h' || inside == 'm' || inside == 's') letters += inside;
      i = end;
    } else if (c == '\\' || c == '_' || c == '*') {
      ++i;
    } else {
      letters += Lower(c);
    }
  }
  return letters;
}

std::string FormatTime(int minutes) {
  return absl::StrFormat("%d:%02d", minutes / 60, minutes % 60);
}

std::string FormatNumber(double value) {
  // Spreadsheets keep 15 digits; more are noise of the binary number.
  if (value == std::floor(value) && std::abs(value) < 1e15) {
    return absl::StrFormat("%.0f", value == 0 ? 0.0 : value);
  }
  return absl::StrFormat("%.15g", value);
}

}  // namespace

NumberFormat ParseNumberFormat(std::string_view code) {
  std::string letters = Letters(code);
  // General, and G/標準 as Japanese spreadsheets call it, have letters of dates.
  if (letters.starts_with("general") || letters.starts_with("g/")) return NumberFormat::kPlain;
  // In 0.00E+00 the letter is no year.
  for (const char* exponent : {"e+", "e-"}) {
    const size_t at = letters.find(exponent);
    if (at != std::string::npos) letters.erase(at, 2);
  }
  if (letters.find_first_of("ydge") != std::string::npos) return NumberFormat::kDate;
  if (letters.find_first_of("hs") != std::string::npos) return NumberFormat::kTime;
  return letters.find('m') != std::string::npos ? NumberFormat::kDate : NumberFormat::kPlain;
}

NumberFormat BuiltInFormat(int id) {
  if ((id >= 18 && id <= 21) || (id >= 45 && id <= 47) || id == 32 || id == 33) {
    return NumberFormat::kTime;
  }
  const bool date = (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 50 && id <= 58);
  return date ? NumberFormat::kDate : NumberFormat::kPlain;
}

std::string FormatSerial(double value, NumberFormat format, bool since_1904) {
  const bool plain = format == NumberFormat::kPlain || !(value >= 0 && value < kMaxSerial + 1);
  if (plain) return FormatNumber(value);
  double serial = std::floor(value);
  int minutes = static_cast<int>(std::lround((value - serial) * kMinutesOfDay));
  if (minutes == kMinutesOfDay) {
    minutes = 0;
    serial += 1;
  }
  if (format == NumberFormat::kTime) {
    return FormatTime(static_cast<int>(std::min(serial, 1000.0)) * kMinutesOfDay + minutes);
  }
  std::string day;
  if (since_1904) {
    day = FormatIsoDate(kFirstOf1904 + static_cast<int>(serial));
  } else if (serial == kFakeLeapDay) {
    day = "1900-02-29";
  } else {
    const int correction = serial < kFakeLeapDay ? 1 : 0;
    day = FormatIsoDate(kBefore1900 + static_cast<int>(serial) + correction);
  }
  return minutes == 0 ? day : absl::StrCat(day, " ", FormatTime(minutes));
}

double SerialOf(absl::CivilDay day) {
  const auto serial = static_cast<double>(day - kBefore1900);
  return serial <= kFakeLeapDay ? serial - 1 : serial;
}

}  // namespace staraction
