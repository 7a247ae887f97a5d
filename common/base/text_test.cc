#include "common/base/text.h"

#include <gtest/gtest.h>

namespace staraction {
namespace {

struct Case {
  const char* name;
  std::string came;
  std::string want;
};

TEST(TextTest, NormalizeCode) {
  const Case cases[] = {{"full-width digits and letters", "ＡＢｃ０１２", "ABc012"},
                        {"hyphens", "０３－１２３４‐５６７８−9—0―1", "03-1234-5678-9-0-1"},
                        {"long vowel mark typed for a hyphen", "03ー1234ー5678", "03-1234-5678"},
                        {"long vowel mark of a word", "サーバー1号", "サーバー1号"},
                        {"spaces", "　 A　1 \t", "A 1"},
                        {"mail address", "Ｔａｒｏ＠ｅｘａｍｐｌｅ．ｊｐ", "Taro@example.jp"},
                        {"kanji and compatibility ideographs stay", "髙﨑濵𠮷辻\U000E0100\uFA19㈱",
                         "髙﨑濵𠮷辻\U000E0100\uFA19㈱"},
                        {"only spaces", "　　", ""},
                        {"invalid bytes", "A\xFF", "A\uFFFD"}};
  for (const auto& c : cases) EXPECT_EQ(NormalizeCode(c.came), c.want) << c.name;
}

TEST(TextTest, NormalizeName) {
  const Case cases[] = {
      {"outer spaces", " 　北浜 隆　", "北浜 隆"},
      {"a full-width space stays", "後藤　彩", "後藤　彩"},
      {"the first of several", "後藤　 　彩", "後藤　彩"},
      {"the first of several, ASCII", "後藤 　彩", "後藤 彩"},
      {"tab and line end", "後藤\t\r\n彩", "後藤 彩"},
      {"kanji stay", "髙﨑濵𠮷辻\U000E0100\uFA19㈱Ａ", "髙﨑濵𠮷辻\U000E0100\uFA19㈱Ａ"},
      {"half-width kana stay", "ｶﾞ", "ｶﾞ"}};
  for (const auto& c : cases) EXPECT_EQ(NormalizeName(c.came), c.want) << c.name;
}

TEST(TextTest, NormalizeKana) {
  const Case cases[] = {{"half-width", "ﾔﾏｻﾞｷ ｹﾝｲﾁ", "ヤマザキ ケンイチ"},
                        {"semi-voiced and long", "ﾊﾟｰﾄ｡", "パート。"},
                        {"decomposed (file from a Mac)", "カ\u3099", "ガ"},
                        {"half-width mark behind full-width kana", "カﾞ", "ガ"},
                        {"full-width stays", "ヴァン゛ヿ", "ヴァン゛ヿ"},
                        {"hiragana stay", "やまざき", "やまざき"},
                        {"kanji stay", "髙\uFA19ｶﾞ", "髙\uFA19ガ"}};
  for (const auto& c : cases) EXPECT_EQ(NormalizeKana(c.came), c.want) << c.name;
}

TEST(TextTest, FoldForSearch) {
  const Case same[] = {{"ladder taka", "髙橋", "高橋"},
                       {"standing saki", "山﨑", "山崎"},
                       {"hama", "濵田・濱田", "浜田・浜田"},
                       {"nabe", "渡邉渡邊", "渡辺渡辺"},
                       {"sai", "齋藤齊藤斎藤", "斉藤斉藤斉藤"},
                       {"outside the basic plane", "𠮷田", "吉田"},
                       {"variation selector", "辻\U000E0100 隆", "辻隆"},
                       {"compatibility ideograph", "\uFA19谷", "神谷"},
                       {"hiragana", "やまざきゞ", "ヤマザキヾ"},
                       {"half-width kana", "ﾔﾏｻﾞｷ", "ヤマザキ"},
                       {"free-standing voicing mark", "カ゛", "ガ"},
                       {"case and width", "ＡbC", "aBc"},
                       {"spaces", "北浜　 隆", "北浜隆"},
                       {"one character for a word", "㈱北浜", "(株)北浜"}};
  for (const auto& c : same) EXPECT_EQ(FoldForSearch(c.came), FoldForSearch(c.want)) << c.name;
  EXPECT_EQ(FoldForSearch("髙橋　ナオミ"), "高橋ナオミ");
  EXPECT_NE(FoldForSearch("高橋"), FoldForSearch("高木"));
  EXPECT_NE(FoldForSearch("ハ"), FoldForSearch("バ"));
}

TEST(TextTest, FoldingIsStable) {
  for (const char* text : {"髙﨑濵𠮷齋邉 Ａ", "カ゛", "㍿ﾊﾟｰﾄ", "Straße İ", ""}) {
    EXPECT_EQ(FoldForSearch(FoldForSearch(text)), FoldForSearch(text)) << text;
  }
}

TEST(TextTest, PlainText) {
  const struct {
    const char* name;
    std::string text;
    bool line;
    bool lines;
  } cases[] = {{"plain", "髙橋 A", true, true},
               {"NUL", std::string("a\0b", 3), false, false},
               {"line feed and tab", "a\n\tb", false, true},
               {"carriage return", "a\r\n", false, false},
               {"C1 control", "a\u0085", false, false},
               {"DEL", "a\x7F", false, false},
               {"line separator", "a\u2028", false, true},
               {"not UTF-8", "a\xFF", false, false}};
  for (const auto& c : cases) {
    EXPECT_EQ(IsPlainText(c.text, false), c.line) << c.name;
    EXPECT_EQ(IsPlainText(c.text, true), c.lines) << c.name;
  }
}

}  // namespace
}  // namespace staraction
