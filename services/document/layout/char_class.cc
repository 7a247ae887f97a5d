#include "services/document/layout/char_class.h"

#include <algorithm>
#include <string_view>

namespace staraction::document {
namespace {

constexpr std::u32string_view kOpeners = U"（「『【〔［｛〈《〘〖｟«〝";
constexpr std::u32string_view kClosers = U"）」』】〕］｝〉》〙〗｠»〟、，";
constexpr std::u32string_view kStops = U"。．";
constexpr std::u32string_view kDots = U"・：；";
constexpr std::u32string_view kJoined = U"…‥―—〳〴〵";
constexpr std::u32string_view kHyphens = U"‐–〜～゠";
constexpr std::u32string_view kDividers = U"！？!?‼⁇⁈⁉";
constexpr std::u32string_view kIteration = U"ヽヾゝゞ々〻ー";
constexpr std::u32string_view kSmallKana =
    U"ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶㇰㇱㇲㇳㇴㇵㇶㇷㇸㇹㇺㇻㇼㇽㇾㇿ";
constexpr std::u32string_view kHalfClosers = U"｡､｣ｰﾞﾟ･ｧｨｩｪｫｬｭｮｯ";
constexpr std::u32string_view kAfterNumber = U"％‰℃°′″";
constexpr std::u32string_view kAsciiClosers = U")]},.:;%”’";
constexpr std::u32string_view kAsciiOpeners = U"([{“‘";
constexpr std::u32string_view kBeforeNumber = U"￥＄￡＃№";

bool In(std::u32string_view set, uint32_t point) {
  return set.find(static_cast<char32_t>(point)) != std::u32string_view::npos;
}

bool IsWide(uint32_t point) {
  return (point >= 0x2e80 && point <= 0x9fff) || (point >= 0xac00 && point <= 0xd7a3) ||
         (point >= 0xf900 && point <= 0xfaff) || (point >= 0xfe30 && point <= 0xfe4f) ||
         (point >= 0xff01 && point <= 0xff60) || (point >= 0xffe0 && point <= 0xffe6) ||
         (point >= 0x20000 && point <= 0x3ffff) || (point >= 0x2460 && point <= 0x26ff) ||
         (point >= 0x2190 && point <= 0x21ff) || (point >= 0x1f000 && point <= 0x1faff);
}

}  // namespace

CharClass ClassOf(uint32_t point) {
  if (point == ' ') return CharClass::kSpace;
  if (point == 0x3000) return CharClass::kWideSpace;
  if (In(kOpeners, point)) return CharClass::kOpening;
  if (In(kClosers, point)) return CharClass::kClosing;
  if (In(kStops, point)) return CharClass::kFullStop;
  if (In(kDots, point)) return CharClass::kMiddleDot;
  if (In(kJoined, point)) return CharClass::kInseparable;
  return IsWide(point) ? CharClass::kIdeograph : CharClass::kLatin;
}

bool ForbiddenAtStart(uint32_t point) {
  return In(kClosers, point) || In(kStops, point) || In(kDots, point) || In(kHyphens, point) ||
         In(kDividers, point) || In(kIteration, point) || In(kSmallKana, point) ||
         In(kHalfClosers, point) || In(kAfterNumber, point) || In(kAsciiClosers, point);
}

bool ForbiddenAtEnd(uint32_t point) {
  return In(kOpeners, point) || In(kAsciiOpeners, point) || In(kBeforeNumber, point) ||
         point == 0xff62;
}

bool IsWideLatin(uint32_t point) {
  return (point >= 0xff21 && point <= 0xff3a) || (point >= 0xff41 && point <= 0xff5a) ||
         (point >= 0xff10 && point <= 0xff19);
}

}  // namespace staraction::document
