#include "services/document/model/numbers.h"

#include "absl/strings/str_cat.h"

namespace staraction::document {
namespace {

// UTF-8 of a code point of three bytes (U+0800 to U+FFFF).
std::string Utf8(int point) {
  return {static_cast<char>(0xe0 | (point >> 12)), static_cast<char>(0x80 | ((point >> 6) & 0x3f)),
          static_cast<char>(0x80 | (point & 0x3f))};
}

}  // namespace

std::string KanjiNumber(int number) {
  static constexpr const char* kDigits[] = {"",   "一", "二", "三", "四",
                                            "五", "六", "七", "八", "九"};
  static constexpr const char* kUnits[] = {"千", "百", "十", ""};
  std::string text;
  int unit = 1000;
  for (const char* name : kUnits) {
    const int digit = number / unit % 10;
    if (digit > 0) absl::StrAppend(&text, digit == 1 && unit > 1 ? "" : kDigits[digit], name);
    unit /= 10;
  }
  return text;
}

std::string WideNumber(int number) {
  std::string text;
  for (const char digit : absl::StrCat(number)) text += Utf8(0xff10 + (digit - '0'));
  return text;
}

std::string CircledNumber(int number) {
  if (number <= 20) return Utf8(0x2460 + number - 1);
  if (number <= 35) return Utf8(0x3251 + number - 21);
  if (number <= 50) return Utf8(0x32b1 + number - 36);
  return absl::StrCat(number);
}

std::string KanaNumber(int number) {
  static constexpr const char* kKana[] = {
      "ア", "イ", "ウ", "エ", "オ", "カ", "キ", "ク", "ケ", "コ", "サ", "シ",
      "ス", "セ", "ソ", "タ", "チ", "ツ", "テ", "ト", "ナ", "ニ", "ヌ", "ネ",
      "ノ", "ハ", "ヒ", "フ", "ヘ", "ホ", "マ", "ミ", "ム", "メ", "モ", "ヤ",
      "ユ", "ヨ", "ラ", "リ", "ル", "レ", "ロ", "ワ", "ヲ", "ン"};
  constexpr int kCount = sizeof(kKana) / sizeof(kKana[0]);
  return number <= kCount ? kKana[number - 1] : absl::StrCat(number);
}

}  // namespace staraction::document
