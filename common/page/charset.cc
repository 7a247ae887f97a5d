#include "common/page/charset.h"

#include <unicode/ucnv.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "common/base/strings.h"

namespace staraction::page {
namespace {

constexpr size_t kHead = 2048;  // where a page says its encoding

using Converter = std::unique_ptr<UConverter, decltype(&ucnv_close)>;

Converter Open(const std::string& charset, bool strict) {
  UErrorCode code = U_ZERO_ERROR;
  Converter converter(ucnv_open(charset.c_str(), &code), ucnv_close);
  if (U_SUCCESS(code) && strict) {
    ucnv_setToUCallBack(converter.get(), UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &code);
  }
  if (U_FAILURE(code)) converter.reset();
  return converter;
}

std::optional<std::string> Decode(std::string_view bytes, const std::string& charset, bool strict) {
  const Converter converter = Open(charset, strict);
  if (!converter) return std::nullopt;
  UErrorCode code = U_ZERO_ERROR;
  const icu::UnicodeString text(bytes.data(), static_cast<int32_t>(bytes.size()), converter.get(),
                                code);
  if (U_FAILURE(code)) return std::nullopt;
  std::string utf8;
  text.toUTF8String(utf8);
  return utf8;
}

// What stands behind "charset=", without quotes; "" if nothing does.
std::string CharsetIn(std::string_view text) {
  const std::string lower = absl::AsciiStrToLower(ToAbsl(text));
  size_t at = lower.find("charset");
  if (at == std::string::npos) return "";
  at += 7;
  while (at < lower.size() &&
         (lower[at] == ' ' || lower[at] == '=' || lower[at] == '"' || lower[at] == '\'')) {
    ++at;
  }
  size_t end = at;
  while (end < lower.size() && (absl::ascii_isalnum(static_cast<unsigned char>(lower[end])) ||
                                lower[end] == '-' || lower[end] == '_')) {
    ++end;
  }
  return lower.substr(at, end - at);
}

// Browsers read Shift_JIS as Windows does, with ① and 髙.
std::string Known(const std::string& charset) {
  const bool shift_jis = charset == "shift_jis" || charset == "shift-jis" || charset == "sjis" ||
                         charset == "x-sjis" || charset == "windows-31j" || charset == "cp932";
  if (shift_jis) return "windows-31j";
  return charset == "euc-jp" || charset == "x-euc-jp" ? "EUC-JP" : charset;
}

std::string Shown(const std::string& charset) {
  return charset == "windows-31j" ? "Shift_JIS" : charset;
}

std::string Mark(std::string_view bytes) {
  if (bytes.starts_with("\xEF\xBB\xBF")) return "UTF-8";
  if (bytes.starts_with("\xFF\xFE")) return "UTF-16LE";
  return bytes.starts_with("\xFE\xFF") ? "UTF-16BE" : "";
}

}  // namespace

DecodedPage DecodePage(std::string_view bytes, std::string_view content_type) {
  std::vector<std::string> charsets = {Mark(bytes), Known(CharsetIn(content_type)),
                                       Known(CharsetIn(bytes.substr(0, kHead)))};
  // Its bytes make sense in UTF-8 too, as nonsense.
  if (absl::StrContains(ToAbsl(bytes), "\x1B$")) charsets.push_back("ISO-2022-JP");
  for (const char* usual : {"UTF-8", "windows-31j", "EUC-JP"}) charsets.push_back(usual);
  for (const std::string& charset : charsets) {
    if (charset.empty()) continue;
    auto text = Decode(bytes, charset, true);
    if (text) return {*std::move(text), Shown(charset)};
  }
  return {Decode(bytes, "UTF-8", false).value_or(""), "UTF-8"};
}

}  // namespace staraction::page
