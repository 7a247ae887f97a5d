#include "common/resource/text.h"

#include <gtest/gtest.h>

namespace staraction {
namespace {

TEST(TextTest, CodePoints) {
  const struct {
    std::string text;
    std::optional<size_t> want;
  } cases[] = {
      {"", 0u},      {"abc", 3u},      {"𠮷野家", 3u},       {"か\u3099", 2u},         {"\xFF", {}},
      {"a\xC3", {}}, {"\xC0\x80", {}}, {"\xED\xA0\x80", {}}, {"\xF4\x90\x80\x80", {}},
  };
  for (const auto& c : cases) EXPECT_EQ(CountCodePoints(c.text), c.want) << c.text;
}

TEST(TextTest, ShortenKeepsFortyCodePoints) {
  std::string forty;
  for (int i = 0; i < 40; ++i) forty += "𠮷";
  EXPECT_EQ(Shorten(forty), forty);
  EXPECT_EQ(Shorten(forty + "x"), forty.substr(0, 39 * 4) + "…");
  EXPECT_EQ(Shorten(""), "");
}

TEST(TextTest, ShortenShowsNoControlsAndNoBrokenBytes) {
  EXPECT_EQ(Shorten("a\nb\x7F\u2028"), "a\uFFFDb\uFFFD\uFFFD");
  EXPECT_EQ(Shorten(std::string("a\0b", 3)), "a\uFFFDb");
  EXPECT_EQ(*CountCodePoints(Shorten("a\xFF\xC3z")), 4u);
}

}  // namespace
}  // namespace staraction
