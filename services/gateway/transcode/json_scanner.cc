#include "services/gateway/transcode/json_scanner.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "common/base/utf8.h"

namespace staraction::gateway {
namespace {

bool IsDigit(char c) {
  return c >= '0' && c <= '9';
}

// Within a string.
bool IsPlain(char c) {
  return c != '"' && c != '\\' && static_cast<unsigned char>(c) >= 0x20;
}

}  // namespace

bool JsonScanner::Fail(const std::string& what) {
  if (fault_.empty()) fault_ = what;
  return false;
}

char JsonScanner::Peek() {
  while (at_ < text_.size() &&
         (text_[at_] == ' ' || text_[at_] == '\t' || text_[at_] == '\n' || text_[at_] == '\r')) {
    ++at_;
  }
  return at_ < text_.size() ? text_[at_] : '\0';
}

bool JsonScanner::Take(char c) {
  if (Peek() != c) return Fail(absl::StrCat("'", std::string(1, c), "' expected"));
  ++at_;
  return true;
}

bool JsonScanner::TakeWord(std::string_view word) {
  Peek();
  if (text_.substr(at_, word.size()) != word) return Fail("a value expected");
  at_ += word.size();
  return true;
}

bool JsonScanner::TakeDigits() {
  const size_t begin = at_;
  while (at_ < text_.size() && IsDigit(text_[at_])) ++at_;
  return at_ > begin || Fail("a digit expected");
}

bool JsonScanner::TakeNumber() {
  Peek();
  const auto next_is = [&](char c) { return at_ < text_.size() && text_[at_] == c; };
  if (next_is('-')) ++at_;
  const bool zero = next_is('0');
  const size_t begin = at_;
  if (!TakeDigits()) return false;
  if (zero && at_ > begin + 1) return Fail("a number without leading zero expected");
  if (next_is('.')) {
    ++at_;
    if (!TakeDigits()) return false;
  }
  if (next_is('e') || next_is('E')) {
    ++at_;
    if (next_is('+') || next_is('-')) ++at_;
    if (!TakeDigits()) return false;
  }
  return true;
}

bool JsonScanner::TakeString(std::string* out) {
  if (!Take('"')) return false;
  out->clear();
  while (true) {
    const size_t begin = at_;
    while (at_ < text_.size() && IsPlain(text_[at_])) ++at_;
    out->append(text_, begin, at_ - begin);
    if (at_ == text_.size()) return Fail("the string does not end");
    const char c = text_[at_];
    if (c != '"' && c != '\\') return Fail("control characters must be escaped");
    ++at_;
    if (c == '"') return true;
    if (!TakeEscape(out)) return false;
  }
}

bool JsonScanner::TakeEscape(std::string* out) {
  if (at_ >= text_.size()) return Fail("the string does not end");
  static constexpr std::string_view kNames = "\"\\/bfnrt";
  static constexpr std::string_view kMeanings = "\"\\/\b\f\n\r\t";
  const char c = text_[at_];
  if (c == 'u') return TakeUnicodeEscape(out);
  const size_t index = kNames.find(c);
  if (index == std::string_view::npos) return Fail("unknown escape");
  ++at_;
  *out += kMeanings[index];
  return true;
}

bool JsonScanner::TakeHex(unsigned* unit) {
  if (text_.substr(at_, 1) != "u" || at_ + 5 > text_.size()) return Fail("\\uXXXX expected");
  *unit = 0;
  for (size_t i = at_ + 1; i < at_ + 5; ++i) {
    const auto c = static_cast<unsigned char>(text_[i]);
    if (!absl::ascii_isxdigit(c)) return Fail("\\uXXXX expected");
    *unit = *unit * 16 + (absl::ascii_isdigit(c) ? c - '0' : (c | 0x20u) - 'a' + 10u);
  }
  at_ += 5;
  return true;
}

bool JsonScanner::TakeUnicodeEscape(std::string* out) {
  unsigned code = 0;
  if (!TakeHex(&code)) return false;
  if (code == 0) return Fail("NUL is not allowed");
  if (code >= 0xD800 && code < 0xE000) {
    unsigned low = 0;
    if (code >= 0xDC00 || text_.substr(at_, 1) != "\\") return Fail("half a surrogate pair");
    ++at_;
    if (!TakeHex(&low)) return false;
    if (low < 0xDC00 || low >= 0xE000) return Fail("half a surrogate pair");
    code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
  }
  AppendCodePoint(*out, code);
  return true;
}

JsonScanner::Place JsonScanner::place() const {
  const std::string_view before = text_.substr(0, at_);
  const size_t newline = before.rfind('\n');
  return {1 + static_cast<size_t>(std::count(before.begin(), before.end(), '\n')),
          newline == std::string_view::npos ? at_ + 1 : at_ - newline};
}

}  // namespace staraction::gateway
