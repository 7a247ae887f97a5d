#include "common/content/wording.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace staraction::content {
namespace {

v1::WordingCheck Check() {
  v1::WordingCheck check;
  for (const char* word : {"星", "SECURITY ACTION"}) check.add_near(word);
  for (const char* word : {"認定", "取得"}) check.add_forbidden(word);
  for (const char* phrase : {"個人情報の取得", "認定ではありません"}) check.add_allowed(phrase);
  return check;
}

TEST(WordingTest, LooksOnlyAtSentencesThatSpeakOfTheStar) {
  struct Case {
    const char* name;
    const char* text;
    std::vector<int> lines;
  };
  const std::vector<Case> cases = {
      {"nothing", "一つ星を宣言しました。", {}},
      {"found", "一つ星を取得しました。", {1}},
      {"any case of letters", "Security Action の認定", {1}},
      {"both words", "星の認定を取得", {1, 1}},
      {"about something else", "個人情報を取得するときは目的を伝えます。", {}},
      {"other sentence", "一つ星を宣言しました。ログを取得します。", {}},
      {"other paragraph", "一つ星\n\nログの取得", {}},
      {"other list item", "- 一つ星\n- ログの取得", {}},
      {"allowed phrase in the same sentence", "一つ星を宣言し、個人情報の取得を見直します。", {}},
      {"allowed phrase and a forbidden word", "一つ星を取得し、個人情報の取得を見直します。", {1}},
      {"denied", "一つ星は第三者の認定ではありません。", {}},
      {"wrapped line", "前の文。\n一つ星を\n取得した。", {2}},
  };
  for (const Case& c : cases) {
    std::vector<int> lines;
    for (const auto& finding : FindForbiddenWording(c.text, Check())) lines.push_back(finding.line);
    EXPECT_EQ(lines, c.lines) << c.name;
  }
}

TEST(WordingTest, WithoutNearEverySentenceIsLookedAt) {
  v1::WordingCheck check = Check();
  check.clear_near();
  const auto findings = FindForbiddenWording("挨拶。\nログを取得します。", check);
  ASSERT_EQ(findings.size(), 1u);
  EXPECT_EQ(findings[0].line, 2);
  EXPECT_EQ(findings[0].sentence, "ログを取得します");
  EXPECT_EQ(findings[0].word, "取得");
}

}  // namespace
}  // namespace staraction::content
