#ifndef STARACTION_COMMON_BASE_UTF8_H_
#define STARACTION_COMMON_BASE_UTF8_H_

#include <cstddef>
#include <string>
#include <string_view>

// Bytes and code points. Invalid bytes are told, never guessed at.
namespace staraction {

// What NextCodePoint answers for bytes that are not UTF-8.
inline constexpr char32_t kInvalidCodePoint = 0xFFFFFFFF;

// Reads the code point at `offset` (less than the size) and moves `offset` behind it; behind the
// longest part that could have begun a code point if the bytes are invalid.
char32_t NextCodePoint(std::string_view text, size_t& offset);

// Appends the code point, which must be a Unicode scalar value.
void AppendCodePoint(std::string& text, char32_t code_point);

bool IsValidUtf8(std::string_view text);

// Number of code points; each invalid sequence counts as one.
size_t Utf8Length(std::string_view text);

}  // namespace staraction

#endif  // STARACTION_COMMON_BASE_UTF8_H_
