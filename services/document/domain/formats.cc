#include "services/document/domain/formats.h"

#include <cmath>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/time.h"
#include "common/base/date.h"

namespace staraction::document::domain {
namespace {

constexpr int kJapanOffset = 9 * 60 * 60;  // seconds east of UTC, all year round

absl::Time ToTime(const google::protobuf::Timestamp& time) {
  return absl::FromUnixSeconds(time.seconds());
}

std::string ShortDay(absl::CivilDay day) {
  return absl::StrCat(day.year(), "/", day.month(), "/", day.day());
}

}  // namespace

std::string DateText(const google::type::Date& date) {
  const auto day = FromProtoDate(date);
  return day ? FormatJapaneseDate(*day) : "";
}

std::string DateText(const google::protobuf::Timestamp& time) {
  return time.seconds() == 0 ? "" : FormatJapaneseDate(TokyoDay(ToTime(time)));
}

std::string ShortDate(const google::protobuf::Timestamp& time) {
  return time.seconds() == 0 ? "" : ShortDay(TokyoDay(ToTime(time)));
}

std::string ShortDate(const google::type::Date& date) {
  const auto day = FromProtoDate(date);
  return day ? ShortDay(*day) : "";
}

std::string ClockText(const google::protobuf::Timestamp& time) {
  if (time.seconds() == 0) return "";
  return absl::FormatTime("%H:%M", ToTime(time), absl::FixedTimeZone(kJapanOffset));
}

std::string YenText(int64_t yen) {
  std::string digits = absl::StrCat(yen < 0 ? -yen : yen);
  for (int at = static_cast<int>(digits.size()) - 3; at > 0; at -= 3) {
    digits.insert(static_cast<size_t>(at), ",");
  }
  return yen < 0 ? "-" + digits : digits;
}

std::string DecimalText(double value) {
  const double rounded = std::round(value * 10) / 10;
  return rounded == std::floor(rounded) ? absl::StrFormat("%.0f", rounded)
                                        : absl::StrFormat("%.1f", rounded);
}

std::string GroupedText(const std::string& text, size_t length) {
  std::string grouped;
  for (size_t at = 0; at < text.size(); at += length) {
    absl::StrAppend(&grouped, at == 0 ? "" : " ", text.substr(at, length));
  }
  return grouped;
}

std::string StarText(int star) {
  return star == 1 ? "一つ星" : star == 2 ? "二つ星" : "";
}

std::string JoinedText(const std::vector<std::string>& texts, const std::string& between) {
  std::string joined;
  for (const std::string& text : texts) {
    if (text.empty()) continue;
    absl::StrAppend(&joined, joined.empty() ? "" : between, text);
  }
  return joined;
}

}  // namespace staraction::document::domain
