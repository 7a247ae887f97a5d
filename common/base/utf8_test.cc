#include "common/base/utf8.h"

#include <gtest/gtest.h>

namespace staraction {
namespace {

TEST(Utf8Test, CountsCodePointsAndKnowsInvalidBytes) {
  const struct {
    const char* name;
    std::string text;
    size_t count;
    bool valid;
  } cases[] = {{"empty", "", 0, true},
               {"ASCII", "abc", 3, true},
               {"outside the basic plane", "𠮷野家", 3, true},
               {"variation selector", "辻\U000E0100", 2, true},
               {"NUL is a code point", std::string("a\0b", 3), 3, true},
               {"lone continuation", "a\x80", 2, false},
               {"cut short", "\xE5\x8C", 1, false},
               {"overlong", "\xC0\xAF", 2, false},
               {"surrogate", "\xED\xA0\x80", 3, false},
               {"above U+10FFFF", "\xF4\x90\x80\x80", 4, false}};
  for (const auto& c : cases) {
    EXPECT_EQ(Utf8Length(c.text), c.count) << c.name;
    EXPECT_EQ(IsValidUtf8(c.text), c.valid) << c.name;
  }
}

TEST(Utf8Test, AppendIsTheInverseOfNext) {
  for (char32_t want : {U'\0', U'a', U'é', U'髙', U'𠮷', char32_t{0x10FFFF}}) {
    std::string text = "x";
    AppendCodePoint(text, want);
    size_t offset = 1;
    EXPECT_EQ(NextCodePoint(text, offset), want);
    EXPECT_EQ(offset, text.size());
  }
}

}  // namespace
}  // namespace staraction
