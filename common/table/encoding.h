#ifndef STARACTION_COMMON_TABLE_ENCODING_H_
#define STARACTION_COMMON_TABLE_ENCODING_H_

#include <string>
#include <string_view>
#include <vector>

#include "common/base/parsed.h"

// The two encodings of Japanese text files: UTF-8, and CP932 (Microsoft's Shift_JIS, which Excel
// writes; plain SHIFT_JIS lacks ①, 髙 and 﨑).
namespace staraction {

enum class TextEncoding { kUtf8, kCp932 };

struct DecodedText {
  std::string text;  // UTF-8 without byte order mark.
  TextEncoding encoding = TextEncoding::kUtf8;
};

// UTF-8 if the bytes are that, with or without byte order mark, else CP932. Refused, with what it
// seems to be: UTF-16, workbooks, other binary files, UTF-8 with a few broken bytes.
Parsed<DecodedText> DecodeText(std::string_view bytes);

// Appends the text in CP932. Characters that it lacks (𠮷, variation selectors, emoji) are
// returned, each once a place, and nothing is appended for them. Characters with a twin there
// become it: 〜 to ～, − to －, ¥ to ￥, ‾ to ￣, and the like.
std::vector<char32_t> AppendCp932(std::string_view text, std::string& out);

}  // namespace staraction

#endif  // STARACTION_COMMON_TABLE_ENCODING_H_
