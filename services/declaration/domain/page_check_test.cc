#include "services/declaration/domain/page_check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_replace.h"
#include "services/declaration/domain/page_words.h"

namespace staraction::declaration::domain {
namespace {

using Check = v1::PageCheck;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr char kPolicy[] = R"(情報セキュリティ基本方針
当社は、金属加工の仕事でお預かりする図面とお客様の情報を、事故や犯罪から守ります。
1. 経営者は、情報セキュリティを経営の責任として、体制と資源を整えます。
2. 社内に担当者を置き、正式なルールを定めて守ります。
3. 働く人全員に必要な知識を学ぶ機会を設けます。
制定日 2026年9月1日
)";

// The page around the policy, as web sites have it.
std::string Around(const std::string& policy) {
  return "ホーム\n会社案内\n" + policy + "お問い合わせ\n© 2026\n";
}

page::PageReading Page(const std::string& text, bool pictures = false, bool scripts = false) {
  page::PageReading reading;
  reading.outcome = page::Outcome::kPage;
  reading.http_status = 200;
  reading.text = text;
  reading.pictures = pictures;
  reading.scripts = scripts;
  return reading;
}

Check Compare(const page::PageReading& reading) {
  document::v1::Approved approved;
  approved.set_revision("clients/c/documents/d/revisions/r");
  approved.set_text(kPolicy);
  return ComparePage(reading, approved);
}

TEST(PageCheck, ThePolicyIsTheSameHoweverItIsSet) {
  const struct {
    const char* name;
    std::string text;
  } cases[] = {
      {"as it is", Around(kPolicy)},
      {"wide figures and spaces",
       Around(
           absl::StrReplaceAll(kPolicy, {{"2026", "２０２６"}, {"、", "、\n"}, {"日 ", "日　"}}))},
      {"numbers that the list makes",
       Around(absl::StrReplaceAll(kPolicy, {{"1. ", ""}, {"2. ", ""}, {"3. ", ""}}))},
      {"in one line", absl::StrReplaceAll(kPolicy, {{"\n", " "}})},
  };
  for (const auto& c : cases) {
    const Check check = Compare(Page(c.text, true, true));
    EXPECT_EQ(check.status(), Check::STATUS_SAME) << c.name << check.DebugString();
    EXPECT_EQ(check.similarity(), 1) << c.name;
  }
}

TEST(PageCheck, SaysWhatDiffers) {
  const Check changed = Compare(
      Page(Around(absl::StrReplaceAll(kPolicy, {{"経営の責任", "総務の責任"}})), true, true));
  EXPECT_EQ(changed.status(), Check::STATUS_DIFFERENT);
  ASSERT_EQ(changed.differences_size(), 1);
  EXPECT_EQ(changed.differences(0).kind(), v1::PageDifference::KIND_CHANGED);
  EXPECT_EQ(changed.differences(0).text(), "「経営」が、ページでは「総務」になっています");
  EXPECT_GT(changed.similarity(), 0.9);
  EXPECT_LT(changed.similarity(), 1);

  const Check missing =
      Compare(Page(Around(absl::StrReplaceAll(
                       kPolicy, {{"2. 社内に担当者を置き、正式なルールを定めて守ります。\n", ""}})),
                   true, true));
  EXPECT_EQ(missing.status(), Check::STATUS_DIFFERENT);
  ASSERT_EQ(missing.differences_size(), 1) << missing.DebugString();
  EXPECT_EQ(missing.differences(0).kind(), v1::PageDifference::KIND_MISSING);
  EXPECT_THAT(missing.differences(0).approved(), HasSubstr("正式なルール"));
  EXPECT_THAT(missing.summary(), HasSubstr("1か所"));

  const Check other = Compare(Page("本日は休業です。\n"));
  EXPECT_EQ(other.status(), Check::STATUS_DIFFERENT) << "no place to hide: other words";
  EXPECT_EQ(other.differences_size(), 6);
}

TEST(PageCheck, AHeadingMayBeAPicture) {
  const std::string without = absl::StrReplaceAll(kPolicy, {{"情報セキュリティ基本方針\n", ""}});
  EXPECT_EQ(Compare(Page(Around(without), true)).status(), Check::STATUS_SAME);
  EXPECT_EQ(Compare(Page(Around(without))).status(), Check::STATUS_DIFFERENT);
}

TEST(PageCheck, NeverWrongWhereWordsMayHide) {
  page::PageReading pdf = Page("");
  pdf.pdf = true;
  page::PageReading error = Page("");
  error.http_status = 503;
  page::PageReading refused, slow, huge, unreadable, silent;
  refused.outcome = page::Outcome::kRefused;
  slow.outcome = page::Outcome::kTooSlow;
  huge.outcome = page::Outcome::kTooLarge;
  unreadable.outcome = page::Outcome::kUnreadable;
  const struct {
    const char* name;
    page::PageReading reading;
    Check::Cause want;
  } cases[] = {
      {"picture only", Page(Around(""), true), Check::CAUSE_PICTURES},
      {"script only", Page("読み込み中\n", false, true), Check::CAUSE_SCRIPTS},
      {"script and logo", Page("読み込み中\n", true, true), Check::CAUSE_SCRIPTS},
      {"scanned pdf", pdf, Check::CAUSE_PDF_WITHOUT_TEXT},
      {"error", error, Check::CAUSE_NO_ANSWER},
      {"silent", silent, Check::CAUSE_NO_ANSWER},
      {"refused", refused, Check::CAUSE_ADDRESS_REFUSED},
      {"slow", slow, Check::CAUSE_TOO_SLOW},
      {"huge", huge, Check::CAUSE_TOO_LARGE},
      {"unreadable", unreadable, Check::CAUSE_UNREADABLE},
  };
  for (const auto& c : cases) {
    const Check check = Compare(c.reading);
    EXPECT_EQ(check.status(), Check::STATUS_CANNOT_TELL) << c.name;
    EXPECT_EQ(check.cause(), c.want) << c.name << check.DebugString();
    EXPECT_THAT(check.differences(), IsEmpty()) << c.name;
    EXPECT_THAT(check.summary(), HasSubstr("確かめてください")) << c.name;
  }
  EXPECT_EQ(ComparePage(Page(kPolicy), std::nullopt).cause(), Check::CAUSE_NO_APPROVED_TEXT);
}

TEST(PageCheck, AMissingPageIsGone) {
  for (const int status : {404, 410}) {
    page::PageReading reading = Page("見つかりません", true, true);
    reading.http_status = status;
    EXPECT_EQ(Compare(reading).status(), Check::STATUS_GONE) << status;
  }
}

TEST(PageWords, NumbersInFrontAreNoWords) {
  const struct {
    const char* line;
    const char* want;
  } cases[] = {{"第3条 守ります", "守ります"},
               {"第十条守ります", "守ります"},
               {"１．守ります", "守ります"},
               {"(12) 守ります", "守ります"},
               {"・守ります", "守ります"},
               {"2026年に守ります", "2026年に守ります"},
               {"第三者に守る", "第三者に守る"},
               {"12", "12"},
               {"", ""}};
  for (const auto& c : cases) {
    EXPECT_EQ(ToUtf8(WithoutNumber(WordsOf(c.line))), c.want) << c.line;
  }
}

TEST(PageWords, TellsTheDifferenceInWords) {
  EXPECT_EQ(Tell(U"毎年見直す", U"毎月見直す"), "「年」が、ページでは「月」になっています");
  EXPECT_EQ(Tell(U"毎年見直す", U"毎年見直すこと"), "ページでは「こと」が加わっています");
  EXPECT_EQ(Tell(U"毎年必ず見直す", U"毎年見直す"), "ページでは「必ず」が抜けています");
  EXPECT_EQ(Tell(U"ああ", U"あああ"), "ページでは「あ」が加わっています");
}

}  // namespace
}  // namespace staraction::declaration::domain
