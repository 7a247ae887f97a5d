#include "common/base/text.h"

#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/stringpiece.h>
#include <unicode/uchar.h>

#include <cstdlib>
#include <unordered_map>

#include "common/base/utf8.h"

namespace staraction {
namespace {

constexpr char32_t kIdeographicSpace = 0x3000;
constexpr char32_t kReplacement = 0xFFFD;

// Pairs: a form found in names, and the form that everybody types.
constexpr std::u32string_view kVariants =
    U"髙高﨑崎嵜崎濵浜濱浜邉辺邊辺齋斉齊斉斎斉𠮷吉廣広澤沢嶋島嶌島國国櫻桜眞真惠恵榮栄"
    U"德徳瀨瀬增増條条關関龍竜凜凛冨富峯峰舘館將将壽寿實実淺浅藏蔵黑黒橫横圓円豐豊應応鐵鉄"
    U"萬万與与爲為靜静曾曽戶戸靑青淸清郞郎﨔欅臺台淵渕籔薮藪薮龜亀彌弥檜桧覺覚學学會会經経"
    U"鹽塩澁渋瀧滝淨浄栁柳桒桑舩船埜野巖岩巌岩嵓岩靏鶴靍鶴吳呉內内步歩顯顕緖緒祕秘";

const std::unordered_map<char32_t, char32_t>& VariantMap() {
  static const auto& map = *[] {
    auto* pairs = new std::unordered_map<char32_t, char32_t>;
    for (size_t i = 0; i + 1 < kVariants.size(); i += 2) {
      pairs->emplace(kVariants[i], kVariants[i + 1]);
    }
    return pairs;
  }();
  return map;
}

// ICU's tables are compiled in: failing to load them is a broken installation.
const icu::Normalizer2& Instance(const icu::Normalizer2* (*get)(UErrorCode&)) {
  UErrorCode error = U_ZERO_ERROR;
  const icu::Normalizer2* instance = get(error);
  if (U_FAILURE(error)) std::abort();
  return *instance;
}

std::string Normalize(const icu::Normalizer2& normalizer, const std::string& text) {
  std::string out;
  icu::StringByteSink<std::string> sink(&out);
  UErrorCode error = U_ZERO_ERROR;
  normalizer.normalizeUTF8(0, icu::StringPiece(text.data(), static_cast<int32_t>(text.size())),
                           sink, nullptr, error);
  if (U_FAILURE(error)) std::abort();
  return out;
}

bool IsHyphen(char32_t c) {
  return (c >= 0x2010 && c <= 0x2015) || c == 0x2212 || c == 0xFE63 || c == 0x2500;
}

bool IsLongVowelMark(char32_t c) {
  return c == 0x30FC || c == 0xFF70;
}

bool IsAsciiAlnum(char c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

// Kana that compose with voicing marks, their half-width forms, and the marks that combine. The
// free-standing marks ゛゜ stay out: NFKC would put a space before them.
bool IsComposingKana(char32_t c) {
  return (c >= 0x3041 && c <= 0x3096) || c == 0x3099 || c == 0x309A ||
         (c >= 0x30A1 && c <= 0x30FE) || (c >= 0xFF61 && c <= 0xFF9F);
}

bool IsVariationSelector(char32_t c) {
  return (c >= 0xFE00 && c <= 0xFE0F) || (c >= 0xE0100 && c <= 0xE01EF);
}

bool IsHiragana(char32_t c) {
  return (c >= 0x3041 && c <= 0x3096) || c == 0x309D || c == 0x309E;
}

template <typename Visit>
void ForEachCodePoint(std::string_view text, Visit visit) {
  for (size_t offset = 0; offset < text.size();) {
    const char32_t c = NextCodePoint(text, offset);
    visit(c == kInvalidCodePoint ? kReplacement : c);
  }
}

}  // namespace

std::string NormalizeCode(std::string_view text) {
  std::string out;
  size_t end = 0;  // Behind the last character that is no space.
  ForEachCodePoint(text, [&](char32_t c) {
    if (IsSpace(c)) {
      if (!out.empty()) out += ' ';
      return;
    }
    if (c >= 0xFF01 && c <= 0xFF5E) {
      c -= 0xFEE0;
    } else if (IsHyphen(c) || (IsLongVowelMark(c) && !out.empty() && IsAsciiAlnum(out.back()))) {
      c = '-';
    }
    AppendCodePoint(out, c);
    end = out.size();
  });
  out.resize(end);
  return out;
}

std::string NormalizeName(std::string_view text) {
  std::string out;
  char32_t space = 0;  // The first of the spaces that wait for a character behind them.
  ForEachCodePoint(text, [&](char32_t c) {
    if (IsSpace(c)) {
      if (space == 0) space = c == kIdeographicSpace ? kIdeographicSpace : U' ';
      return;
    }
    if (space != 0 && !out.empty()) AppendCodePoint(out, space);
    space = 0;
    AppendCodePoint(out, c);
  });
  return out;
}

std::string NormalizeKana(std::string_view text) {
  static const icu::Normalizer2& nfkc = Instance(icu::Normalizer2::getNFKCInstance);
  const std::string name = NormalizeName(text);
  std::string out;
  std::string kana;  // A run of kana; only those are normalised.
  ForEachCodePoint(name, [&](char32_t c) {
    if (IsComposingKana(c)) return AppendCodePoint(kana, c);
    out += Normalize(nfkc, kana);
    kana.clear();
    AppendCodePoint(out, c);
  });
  return out + Normalize(nfkc, kana);
}

std::string FoldForSearch(std::string_view text) {
  static const icu::Normalizer2& casefold = Instance(icu::Normalizer2::getNFKCCasefoldInstance);
  static const icu::Normalizer2& nfc = Instance(icu::Normalizer2::getNFCInstance);
  std::string bare;
  ForEachCodePoint(text, [&](char32_t c) {
    if (!IsVariationSelector(c)) AppendCodePoint(bare, c);
  });
  std::string key;
  ForEachCodePoint(Normalize(casefold, bare), [&](char32_t c) {
    if (IsSpace(c)) return;
    if (IsHiragana(c)) c += 0x60;
    const auto variant = VariantMap().find(c);
    AppendCodePoint(key, variant == VariantMap().end() ? c : variant->second);
  });
  // Dropping the space that NFKC puts before ゛ lets the mark compose.
  return Normalize(nfc, key);
}

bool IsSpace(char32_t code_point) {
  return u_isUWhiteSpace(static_cast<UChar32>(code_point)) || code_point == 0x200B ||
         code_point == 0xFEFF;
}

bool HasControlCharacter(std::string_view text, bool allow_lines) {
  for (size_t offset = 0; offset < text.size();) {
    const char32_t c = NextCodePoint(text, offset);
    const bool line = c == '\n' || c == '\t';
    if (c == 0x2028 || c == 0x2029) {
      if (!allow_lines) return true;
    } else if ((c < 0x20 || (c >= 0x7F && c < 0xA0)) && !(allow_lines && line)) {
      return true;
    }
  }
  return false;
}

bool IsPlainText(std::string_view text, bool allow_lines) {
  return IsValidUtf8(text) && !HasControlCharacter(text, allow_lines);
}

}  // namespace staraction
