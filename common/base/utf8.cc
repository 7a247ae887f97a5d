#include "common/base/utf8.h"

#include <unicode/utf8.h>

#include <cstdint>

namespace staraction {

char32_t NextCodePoint(std::string_view text, size_t& offset) {
  const char* bytes = text.data();
  const auto length = static_cast<int64_t>(text.size());
  auto i = static_cast<int64_t>(offset);
  UChar32 c;
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"  // ICU's macro narrows on purpose.
  U8_NEXT(bytes, i, length, c);
#pragma GCC diagnostic pop
  offset = static_cast<size_t>(i);
  return c < 0 ? kInvalidCodePoint : static_cast<char32_t>(c);
}

void AppendCodePoint(std::string& text, char32_t code_point) {
  char bytes[U8_MAX_LENGTH];
  size_t size = 0;
  U8_APPEND_UNSAFE(bytes, size, code_point);
  text.append(bytes, size);
}

bool IsValidUtf8(std::string_view text) {
  for (size_t offset = 0; offset < text.size();) {
    if (NextCodePoint(text, offset) == kInvalidCodePoint) return false;
  }
  return true;
}

size_t Utf8Length(std::string_view text) {
  size_t count = 0;
  for (size_t offset = 0; offset < text.size(); ++count) NextCodePoint(text, offset);
  return count;
}

}  // namespace staraction
