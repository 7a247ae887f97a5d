#include "common/resource/text.h"

#include <algorithm>

#include "absl/strings/match.h"
#include "common/base/corporate_number.h"
#include "common/base/id.h"
#include "common/base/text.h"
#include "common/base/utf8.h"
#include "common/resource/name.h"

namespace staraction {
namespace {

using common::v1::TextFormat;

constexpr size_t kShownCodePoints = 40;
constexpr size_t kMailLength = 254;
constexpr char32_t kReplacement = 0xFFFD;

bool HasSpaceOrControl(const std::string& text) {
  if (HasControlCharacter(text, /*allow_lines=*/false)) return true;
  for (size_t i = 0; i < text.size();) {
    if (IsSpace(NextCodePoint(text, i))) return true;
  }
  return false;
}

bool IsMailAddress(const std::string& text) {
  const size_t at = text.find('@');
  return text.size() <= kMailLength && at != std::string::npos && at > 0 && at + 1 < text.size() &&
         text.find('@', at + 1) == std::string::npos && !HasSpaceOrControl(text);
}

bool IsWebAddress(const std::string& text) {
  for (const char* scheme : {"http://", "https://"}) {
    if (!absl::StartsWithIgnoreCase(text, scheme)) continue;
    const size_t host = std::char_traits<char>::length(scheme);
    const size_t end = std::min(text.find_first_of("/?#", host), text.size());
    return end > host && text[host] != ':' && text.find_first_of("\"<>\\^`{|}") == text.npos &&
           !HasSpaceOrControl(text);
  }
  return false;
}

std::optional<Phrase> Unless(bool right, const char* en, const char* ja) {
  if (right) return std::nullopt;
  return Phrase{en, ja};
}

}  // namespace

std::string Shorten(const std::string& text) {
  std::string shown;
  size_t cut = 0;  // where the text ends if an ellipsis must follow
  size_t count = 0;
  for (size_t i = 0; i < text.size(); ++count) {
    if (count == kShownCodePoints) return shown.substr(0, cut) + "…";
    cut = shown.size();
    const size_t start = i;
    const char32_t c = NextCodePoint(text, i);
    const bool hidden = c == kInvalidCodePoint ||
                        HasControlCharacter(text.substr(start, i - start), /*allow_lines=*/false);
    AppendCodePoint(shown, hidden ? kReplacement : c);
  }
  return shown;
}

std::optional<Phrase> FormatProblem(TextFormat format, const std::string& text) {
  if (text.empty()) return std::nullopt;
  switch (format) {
    case common::v1::TEXT_FORMAT_MULTILINE:
      return Unless(!HasControlCharacter(text, /*allow_lines=*/true),
                    "text without control characters but line feed and tab",
                    "改行（LF）とタブ以外の制御文字を含まない文字列");
    case common::v1::TEXT_FORMAT_UUID:
      return Unless(IsUuid(text), "a UUID in lower case with hyphens",
                    "小文字でハイフン区切りのUUID");
    case common::v1::TEXT_FORMAT_CORPORATE_NUMBER:
      return Unless(ParseCorporateNumber(text).ok(),
                    "a corporate number: 13 digits with a right check digit",
                    "検査用数字の正しい13桁の法人番号");
    case common::v1::TEXT_FORMAT_EMAIL:
      return Unless(IsMailAddress(text), "a mail address: one @, no spaces, at most 254 characters",
                    "メールアドレス（@が1つ、空白なし、254文字以内）");
    case common::v1::TEXT_FORMAT_URL:
      return Unless(IsWebAddress(text), "an absolute http or https URL",
                    "http または https の絶対URL");
    case common::v1::TEXT_FORMAT_RESOURCE_NAME:
      return Unless(IsResourceName(text),
                    "a resource name: segments of A-Z a-z 0-9 . _ ~ - joined by slashes",
                    "リソース名（英数字と . _ ~ - の区切りを / でつないだもの）");
    default:
      return Unless(!HasControlCharacter(text, /*allow_lines=*/false),
                    "one line without control characters", "制御文字を含まない1行の文字列");
  }
}

bool MayShow(TextFormat format) {
  return format == common::v1::TEXT_FORMAT_UUID ||
         format == common::v1::TEXT_FORMAT_CORPORATE_NUMBER ||
         format == common::v1::TEXT_FORMAT_RESOURCE_NAME;
}

}  // namespace staraction
