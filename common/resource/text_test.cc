#include "common/resource/text.h"

#include <gtest/gtest.h>

namespace staraction {
namespace {

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
  EXPECT_EQ(Shorten("a\xFF\xC3z"), "a\uFFFD\uFFFDz");
}

}  // namespace
}  // namespace staraction
