#include "common/table/cells.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/table/words.h"

namespace staraction {
namespace {

TEST(CellsTest, Marks) {
  for (const char* set :
       {"○", "〇", "◯", "●", "✓", "レ", "有", "あり", "はい", "YES", "ＴＲＵＥ", "1", " ○ "}) {
    const auto mark = ParseMark(set);
    ASSERT_TRUE(mark.ok()) << set;
    EXPECT_TRUE(*mark) << set;
  }
  for (const char* unset :
       {"", "　", "×", "x", "-", "－", "ー", "無", "なし", "ナシ", "いいえ", "No", "FALSE", "０"}) {
    const auto mark = ParseMark(unset);
    ASSERT_TRUE(mark.ok()) << unset;
    EXPECT_FALSE(*mark) << unset;
  }
  EXPECT_EQ(ParseMark("たぶん").problem().came, "たぶん");
}

TEST(CellsTest, Counts) {
  const std::pair<const char*, int64_t> good[] = {
      {"28", 28}, {"１，０００", 1000}, {"約300件", 300}, {"12人", 12}, {"0", 0}, {"28人分", 28}};
  for (const auto& [cell, want] : good) {
    const auto count = ParseCount(cell, 1'000'000);
    ASSERT_TRUE(count.ok()) << cell;
    EXPECT_EQ(*count, want) << cell;
  }
  EXPECT_EQ(*ParseCount(" ", 10), std::nullopt);
  for (const char* bad : {"11", "-1", "1.5", "多数", "人", "99999999999999999999"}) {
    EXPECT_FALSE(ParseCount(bad, 10).ok()) << bad;
  }
}

TEST(CellsTest, Texts) {
  EXPECT_EQ(*ParseText(" 髙橋　 花\n", 10, false), "髙橋　花");
  EXPECT_EQ(*ParseText("a\n b", 10, true), "a\n b");
  EXPECT_FALSE(ParseText("12345678901", 10, false).ok());
  EXPECT_FALSE(ParseText(std::string_view("a\0b", 3), 10, true).ok());
}

TEST(CellsTest, WordsFold) {
  Words words;
  words.Add("PAPER", "書類", {"紙", "紙媒体"});
  words.Add("SERVER", "サーバー", {"NAS", "紙"});
  EXPECT_EQ(words.CodeOf("紙", false), "PAPER") << "the first keeps the word";
  EXPECT_EQ(words.CodeOf("ｎａｓ", false), "SERVER");
  EXPECT_EQ(words.CodeOf("サーバー（2階）", false), "");
  EXPECT_EQ(words.CodeOf("サーバー（2階）", true), "SERVER");
  EXPECT_EQ(words.CodeOf("paper", false), "PAPER");
  EXPECT_EQ(words.LabelOf("PAPER"), "書類");
  EXPECT_EQ(words.LabelOf("?"), "");
  EXPECT_EQ(words.JoinedLabels(), "書類、サーバー");
}

}  // namespace
}  // namespace staraction
