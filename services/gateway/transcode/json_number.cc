#include "services/gateway/transcode/json_number.h"

#include <algorithm>
#include <cstdint>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"

namespace staraction::gateway {

std::string InDigits(const std::string& number) {
  constexpr int64_t kMost = int64_t{1} << 53;
  const size_t begin = number[0] == '-' ? 1 : 0;
  const size_t end = std::min(number.find_first_of("eE"), number.size());
  const size_t point = std::min(number.find('.'), end);
  int exponent = 0;
  if (end < number.size() && !absl::SimpleAtoi(number.substr(end + 1), &exponent)) return number;
  std::string digits = number.substr(begin, point - begin);
  if (point < end) digits += number.substr(point + 1, end - point - 1);
  const size_t last = digits.find_last_not_of('0');
  if (last == std::string::npos) return "0";
  // Digits before the point.
  const int64_t whole = static_cast<int64_t>(point - begin) + exponent;
  if (whole <= static_cast<int64_t>(last) || whole > static_cast<int64_t>(digits.size()) + 16) {
    return number;
  }
  digits.resize(static_cast<size_t>(whole), '0');
  int64_t value = 0;
  if (!absl::SimpleAtoi(digits, &value) || value > kMost) return number;
  return absl::StrCat(begin == 1 ? "-" : "", value);
}

bool IsShortestInteger(const std::string& text) {
  if (text == "0") return true;
  const size_t first = text.find_first_not_of('-');
  return first != std::string::npos && text[first] != '0';
}

}  // namespace staraction::gateway
