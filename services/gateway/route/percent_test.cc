#include "services/gateway/route/percent.h"

#include <gtest/gtest.h>

namespace staraction::gateway {
namespace {

TEST(PercentTest, Decodes) {
  const struct {
    const char* text;
    bool plus;
    const char* want;  // null: refused
  } cases[] = {
      {"", false, ""},
      {"abc-_.~", false, "abc-_.~"},
      {"%41%62", false, "Ab"},
      {"%e5%b1%B1", false, "山"},
      {"山", false, "山"},
      {"a+b", false, "a+b"},
      {"a+b%2B", true, "a b+"},
      {"%", false, nullptr},
      {"%4", false, nullptr},
      {"%4g", false, nullptr},
      {"%g4", false, nullptr},
      {"%00", false, nullptr},
      {"%ff", false, nullptr},
      {"%c0%80", false, nullptr},
      {"%e5%b1", false, nullptr},
      {"%ed%a0%80", false, nullptr},
  };
  for (const auto& c : cases) {
    const auto got = PercentDecode(c.text, c.plus);
    EXPECT_EQ(got.value_or("refused"), c.want == nullptr ? "refused" : c.want) << c.text;
  }
}

TEST(PercentTest, CleanUtf8) {
  for (const char* text : {"", "a", "\x7f", "é", "山", "𠮷", "\xf4\x8f\xbf\xbf", "\xee\x80\x80"}) {
    EXPECT_TRUE(IsCleanUtf8(text)) << text;
  }
  for (const std::string text :
       {"\x80", "\xc1\xbf", "\xe0\x9f\xbf", "\xed\xbf\xbf", "\xf0\x8f\xbf\xbf", "\xf4\x90\x80\x80",
        "\xf5\x80\x80\x80", "\xe5\xb1", "\xe5", "a\xff"}) {
    EXPECT_FALSE(IsCleanUtf8(text)) << text;
  }
  EXPECT_FALSE(IsCleanUtf8(std::string_view("a\0b", 3)));
}

}  // namespace
}  // namespace staraction::gateway
