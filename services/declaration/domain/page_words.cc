#include "services/declaration/domain/page_words.h"

#include <unicode/normalizer2.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <map>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "common/base/strings.h"
#include "common/base/text.h"
#include "common/base/utf8.h"

namespace staraction::declaration::domain {
namespace {

constexpr size_t kMaxTold = 40;  // characters of what differs

bool IsInvisible(char32_t c) {
  return IsSpace(c) || c == 0xAD || (c >= 0x200B && c <= 0x200F) || c == 0x2060 || c == 0xFEFF ||
         (c >= 0xFE00 && c <= 0xFE0F);
}

char32_t OneKind(char32_t c) {
  if ((c >= 0x2010 && c <= 0x2015) || c == 0x2212) return '-';
  return c == 0x301C ? '~' : c;
}

std::u32string ToUtf32(std::string_view text) {
  std::u32string wide;
  for (size_t offset = 0; offset < text.size();) wide += NextCodePoint(text, offset);
  return wide;
}

bool IsDigit(char32_t c) {
  return (c >= '0' && c <= '9') ||
         std::u32string_view(U"一二三四五六七八九十百").find(c) != std::u32string_view::npos;
}

bool IsOneOf(char32_t c, std::u32string_view set) {
  return set.find(c) != std::u32string_view::npos;
}

using Pairs = std::map<std::pair<char32_t, char32_t>, int>;

Pairs PairsOf(const std::u32string& text) {
  Pairs pairs;
  for (size_t i = 0; i + 1 < text.size(); ++i) ++pairs[{text[i], text[i + 1]}];
  return pairs;
}

std::string Quote(std::u32string_view text) {
  return absl::StrCat("「", Shorten(ToUtf8(text), kMaxTold), "」");
}

}  // namespace

std::u32string WordsOf(std::string_view line) {
  UErrorCode code = U_ZERO_ERROR;
  const icu::Normalizer2* nfkc = icu::Normalizer2::getNFKCInstance(code);
  std::string normal;
  if (U_SUCCESS(code)) {
    const icu::StringPiece piece(line.data(), static_cast<int32_t>(line.size()));
    nfkc->normalize(icu::UnicodeString::fromUTF8(piece), code).toUTF8String(normal);
  }
  if (U_FAILURE(code)) normal = line;
  std::u32string words;
  for (const char32_t c : ToUtf32(normal)) {
    if (!IsInvisible(c)) words += OneKind(c);
  }
  return words;
}

std::u32string WithoutNumber(const std::u32string& words) {
  size_t at = 0;
  if (!words.empty() && IsOneOf(words[0], U"・•●○■□◆◇▪*-")) return words.substr(1);
  const bool article = !words.empty() && words[0] == U'第';
  const bool bracket = !words.empty() && words[0] == U'(';
  if (article || bracket) ++at;
  const size_t digits = at;
  while (at < words.size() && IsDigit(words[at])) ++at;
  if (at == digits || at == words.size()) return words;
  const std::u32string_view ends = article ? U"条項章節" : bracket ? U")" : U".):、";
  return IsOneOf(words[at], ends) ? words.substr(at + 1) : words;
}

double Likeness(const std::u32string& one, const std::u32string& other) {
  if (one.size() < 2 || other.size() < 2) return one == other && !one.empty() ? 1 : 0;
  const Pairs mine = PairsOf(one);
  const Pairs theirs = PairsOf(other);
  int common = 0;
  for (const auto& [pair, count] : mine) {
    const auto found = theirs.find(pair);
    if (found != theirs.end()) common += std::min(count, found->second);
  }
  return 2.0 * common / static_cast<double>(one.size() + other.size() - 2);
}

std::vector<Line> LinesOf(std::string_view text, size_t max) {
  std::vector<Line> lines;
  for (const absl::string_view line : absl::StrSplit(ToAbsl(text), '\n')) {
    if (lines.size() == max) break;
    std::u32string words = WordsOf(ToStd(line));
    if (words.empty()) continue;
    lines.push_back({NormalizeName(ToStd(line)), std::move(words)});
  }
  return lines;
}

std::string Tell(const std::u32string& approved, const std::u32string& found) {
  const std::u32string_view mine = approved;
  const std::u32string_view theirs = found;
  const size_t least = std::min(mine.size(), theirs.size());
  size_t begin = 0;
  while (begin < least && mine[begin] == theirs[begin]) ++begin;
  size_t end = 0;
  while (end < least - begin && mine[mine.size() - 1 - end] == theirs[theirs.size() - 1 - end])
    ++end;
  const auto was = mine.substr(begin, mine.size() - begin - end);
  const auto is = theirs.substr(begin, theirs.size() - begin - end);
  if (was.empty()) return absl::StrCat("ページでは", Quote(is), "が加わっています");
  if (is.empty()) return absl::StrCat("ページでは", Quote(was), "が抜けています");
  return absl::StrCat(Quote(was), "が、ページでは", Quote(is), "になっています");
}

std::string ToUtf8(std::u32string_view text) {
  std::string utf8;
  for (const char32_t c : text) AppendCodePoint(utf8, c == kInvalidCodePoint ? 0xFFFD : c);
  return utf8;
}

std::string Shorten(std::string_view text, size_t max) {
  size_t offset = 0;
  for (size_t i = 0; i < max && offset < text.size(); ++i) NextCodePoint(text, offset);
  if (offset == text.size()) return std::string(text);
  return absl::StrCat(ToAbsl(text.substr(0, offset)), "…");
}

}  // namespace staraction::declaration::domain
