#include "common/base/corporate_number.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace staraction {
namespace {

TEST(CorporateNumberTest, ReadsWhatPeopleWrite) {
  for (const char* text : {"7123456789012", "７１２３４５６７８９０１２", "7-1234-5678-9012",
                           " 7 1234 5678 9012　", "７－１２３４－５６７８－９０１２"}) {
    const auto number = ParseCorporateNumber(text);
    ASSERT_TRUE(number.ok()) << text << ": " << number.problem().en;
    EXPECT_EQ(*number, "7123456789012") << text;
  }
  EXPECT_TRUE(IsCorporateNumber("4011001098993"));
  EXPECT_TRUE(IsCorporateNumber("7000012050002"));
}

TEST(CorporateNumberTest, RefusesAndSaysWhy) {
  const struct {
    const char* name;
    const char* text;
    const char* en;
  } cases[] = {{"empty", "", "13 digits"},
               {"too short", "712345678901", "13 digits"},
               {"too long", "71234567890123", "13 digits"},
               {"letters", "712345678901X", "13 digits"},
               {"kanji digits", "七123456789012", "13 digits"},
               {"wrong check digit", "8123456789012", "check digit"},
               {"check digit 0", "0123456789012", "check digit"},
               {"one digit changed", "7123456789013", "check digit"}};
  for (const auto& c : cases) {
    const auto number = ParseCorporateNumber(c.text);
    ASSERT_FALSE(number.ok()) << c.name;
    EXPECT_EQ(number.problem().came, c.text) << c.name;
    EXPECT_THAT(number.problem().en, testing::HasSubstr(c.en)) << c.name;
    EXPECT_THAT(number.problem().ja, testing::HasSubstr("法人番号")) << c.name;
    EXPECT_FALSE(IsCorporateNumber(c.text)) << c.name;
  }
  EXPECT_FALSE(IsCorporateNumber("7-123456789012"));
}

TEST(CorporateNumberTest, CheckDigit) {
  EXPECT_EQ(CorporateCheckDigit("123456789012"), '7');
  EXPECT_EQ(CorporateCheckDigit("000000000000"), '9');
}

}  // namespace
}  // namespace staraction
