#include "common/base/date.h"

#include <cstdint>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "common/base/clock.h"
#include "common/base/text.h"

namespace staraction {
namespace {

using Day = absl::CivilDay;

struct Era {
  const char* name;
  std::string_view marks[4];  // How people begin such a date, longest first.
  int year_zero;              // Year n of the era is year_zero + n.
  absl::CivilDay first;
  absl::CivilDay last;
};

constexpr Era kEras[] = {
    {"令和", {"令和", "㋿", "令", "R"}, 2018, Day(2019, 5, 1), Day(9999, 12, 31)},
    {"平成", {"平成", "㍻", "平", "H"}, 1988, Day(1989, 1, 8), Day(2019, 4, 30)},
    {"昭和", {"昭和", "㍼", "昭", "S"}, 1925, Day(1926, 12, 25), Day(1989, 1, 7)},
    {"大正", {"大正", "㍽", "大", "T"}, 1911, Day(1912, 7, 30), Day(1926, 12, 24)},
    {"明治", {"明治", "㍾", "明", "M"}, 1867, Day(1873, 1, 1), Day(1912, 7, 29)},
};

// Reads from the front of a text; every step says whether it found what it wanted.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : rest_(text) {}

  bool Skip(std::string_view what) {
    if (!rest_.starts_with(what)) return false;
    rest_.remove_prefix(what.size());
    return true;
  }

  // A number of min to max digits, without a further digit behind it.
  bool Number(size_t min, size_t max, int& value) {
    size_t digits = 0;
    int number = 0;
    for (; digits < rest_.size() && rest_[digits] >= '0' && rest_[digits] <= '9'; ++digits) {
      if (digits == max) return false;
      number = number * 10 + (rest_[digits] - '0');
    }
    if (digits < min) return false;
    rest_.remove_prefix(digits);
    value = number;
    return true;
  }

  bool AtEnd() const { return rest_.empty(); }

 private:
  std::string_view rest_;
};

const Era* SkipEra(Scanner& scanner) {
  for (const Era& era : kEras) {
    for (const std::string_view mark : era.marks) {
      if (scanner.Skip(mark)) return &era;
    }
  }
  return nullptr;
}

struct Numbers {
  int year = 0;
  int month = 0;
  int day = 0;
};

bool ScanMonthAndDay(Scanner& scanner, Numbers& numbers) {
  if (scanner.Skip("年")) {
    return scanner.Number(1, 2, numbers.month) && scanner.Skip("月") &&
           scanner.Number(1, 2, numbers.day) && scanner.Skip("日");
  }
  for (const char* separator : {"/", "-", "."}) {
    if (!scanner.Skip(separator)) continue;
    return scanner.Number(1, 2, numbers.month) && scanner.Skip(separator) &&
           scanner.Number(1, 2, numbers.day);
  }
  return false;
}

bool ScanDate(Scanner& scanner, const Era*& era, Numbers& numbers) {
  Scanner digits = scanner;
  int compact = 0;
  if (digits.Number(8, 8, compact)) {
    scanner = digits;
    numbers = {compact / 10000, compact / 100 % 100, compact % 100};
    return true;
  }
  era = SkipEra(scanner);
  if (era == nullptr) {
    return scanner.Number(4, 4, numbers.year) && ScanMonthAndDay(scanner, numbers);
  }
  if (scanner.Skip("元")) {
    numbers.year = 1;
  } else if (!scanner.Number(1, 2, numbers.year)) {
    return false;
  }
  return ScanMonthAndDay(scanner, numbers);
}

bool ScanMidnight(Scanner& scanner) {
  return scanner.Skip(" 0:00:00") || scanner.Skip(" 00:00:00") || scanner.Skip(" 0:00") ||
         scanner.Skip(" 00:00") || scanner.AtEnd();
}

std::optional<absl::CivilDay> ExistingDay(int year, int month, int day) {
  const absl::CivilDay civil(year, month, day);  // Wraps what does not exist to another day.
  if (year < 1 || year > 9999) return std::nullopt;
  if (civil.year() != year || civil.month() != month || civil.day() != day) return std::nullopt;
  return civil;
}

std::string Upper(std::string text) {
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') {
    text[0] = static_cast<char>(text[0] - 'a' + 'A');
  }
  return text;
}

Problem OutsideEra(std::string_view text, const Era& era) {
  const bool open = era.last.year() == 9999;
  return {std::string(text),
          absl::StrCat("that era runs from ", FormatIsoDate(era.first),
                       open ? "" : absl::StrCat(" to ", FormatIsoDate(era.last)),
                       "; want a day in it, or a year of the common era such as 2026/4/1"),
          absl::StrCat(era.name, "は", FormatJapaneseDate(era.first), "から",
                       open ? "" : absl::StrCat(FormatJapaneseDate(era.last), "まで"),
                       "です。期間内の日付か西暦（例：2026/4/1）で入力してください")};
}

}  // namespace

Parsed<absl::CivilDay> ParseDate(std::string_view text) {
  const std::string code = Upper(NormalizeCode(text));
  Scanner scanner(code);
  const Era* era = nullptr;
  Numbers numbers;
  if (!ScanDate(scanner, era, numbers) || !ScanMidnight(scanner) || !scanner.AtEnd()) {
    return Problem{std::string(text),
                   "want a date with year, month and day, such as 2026/4/1, 2026-04-01 or R8.4.1",
                   "年月日（例：2026/4/1、2026-04-01、令和8年4月1日）で入力してください"};
  }
  const int year = numbers.year + (era == nullptr ? 0 : era->year_zero);
  const auto day = ExistingDay(year, numbers.month, numbers.day);
  if (!day || year < 1000 || (era != nullptr && numbers.year == 0)) {
    return Problem{std::string(text), "want a day that exists, such as 2026/4/1",
                   "実在する日付（例：2026/4/1）を入力してください"};
  }
  if (era != nullptr && (*day < era->first || *day > era->last)) return OutsideEra(text, *era);
  return *day;
}

std::string FormatIsoDate(absl::CivilDay day) {
  return absl::StrFormat("%04d-%02d-%02d", day.year(), day.month(), day.day());
}

std::string FormatJapaneseDate(absl::CivilDay day) {
  return absl::StrCat(day.year(), "年", day.month(), "月", day.day(), "日");
}

std::string FormatEraDate(absl::CivilDay day) {
  for (const Era& era : kEras) {
    if (day < era.first) continue;
    const int64_t year = day.year() - era.year_zero;
    return absl::StrCat(era.name, year == 1 ? "元" : absl::StrCat(year), "年", day.month(), "月",
                        day.day(), "日");
  }
  return FormatJapaneseDate(day);
}

absl::CivilDay TokyoDay(absl::Time time) {
  return absl::ToCivilDay(time, Tokyo());
}

google::type::Date ToProtoDate(absl::CivilDay day) {
  google::type::Date date;
  date.set_year(static_cast<int32_t>(day.year()));
  date.set_month(day.month());
  date.set_day(day.day());
  return date;
}

std::optional<absl::CivilDay> FromProtoDate(const google::type::Date& date) {
  return ExistingDay(date.year(), date.month(), date.day());
}

}  // namespace staraction
