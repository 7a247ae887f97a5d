#include "common/base/corporate_number.h"

#include <algorithm>

#include "common/base/text.h"

namespace staraction {
namespace {

constexpr size_t kDigits = 13;

bool IsDigits(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

Parsed<std::string> ParseCorporateNumber(std::string_view text) {
  std::string number = NormalizeCode(text);
  std::erase_if(number, [](char c) { return c == '-' || c == ' '; });
  if (number.size() != kDigits || !IsDigits(number)) {
    return Problem{std::string(text), "want the 13 digits of a corporate number",
                   "法人番号13桁を入力してください"};
  }
  if (!IsCorporateNumber(number)) {
    return Problem{std::string(text), "the check digit does not fit: a digit may be mistyped",
                   "法人番号の検査用数字が合いません。入力誤りがないか確かめてください"};
  }
  return number;
}

bool IsCorporateNumber(std::string_view text) {
  return text.size() == kDigits && IsDigits(text) && text[0] == CorporateCheckDigit(text.substr(1));
}

char CorporateCheckDigit(std::string_view twelve_digits) {
  int sum = 0;
  for (size_t i = 0; i < twelve_digits.size(); ++i) {
    const int weight = (twelve_digits.size() - i) % 2 == 1 ? 1 : 2;
    sum += weight * (twelve_digits[i] - '0');
  }
  return static_cast<char>('0' + 9 - sum % 9);
}

}  // namespace staraction
