#include "common/page/page_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unicode/ucnv.h>
#include <unicode/unistr.h>

#include <vector>

#include "common/page/charset.h"

namespace staraction::page {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::string In(const char* charset, const std::string& text) {
  UErrorCode code = U_ZERO_ERROR;
  UConverter* converter = ucnv_open(charset, &code);
  const icu::UnicodeString wide = icu::UnicodeString::fromUTF8(text);
  std::vector<char> bytes(text.size() * 4);
  const int32_t size = ucnv_fromUChars(converter, bytes.data(), static_cast<int32_t>(bytes.size()),
                                       wide.getBuffer(), wide.length(), &code);
  ucnv_close(converter);
  EXPECT_TRUE(U_SUCCESS(code));
  return {bytes.data(), static_cast<size_t>(size)};
}

TEST(Charset, TheFirstInWhichEverythingMakesSenseCounts) {
  const std::string text = "株式会社髙木の①番目の方針";
  const struct {
    const char* name;
    std::string bytes;
    const char* content_type;
    const char* want;
  } cases[] = {
      {"as said", In("UTF-8", text), "text/html; charset=utf-8", "utf-8"},
      {"said by the page", "<meta charset=\"Shift_JIS\">" + In("windows-31j", text), "text/html",
       "Shift_JIS"},
      {"said wrongly by the header", In("windows-31j", text), "text/html; charset=UTF-8",
       "Shift_JIS"},
      {"said wrongly by the page", "<meta charset=utf-8>" + In("windows-31j", text), "text/html",
       "Shift_JIS"},
      {"said as Shift_JIS and UTF-8", In("UTF-8", text + "。"), "text/html; charset=x-nonsense",
       "UTF-8"},
      {"by its mark", "\xEF\xBB\xBF" + text, "text/html; charset=shift_jis", "UTF-8"},
      {"mail's encoding", In("ISO-2022-JP", "方針です"), "text/html", "ISO-2022-JP"},
  };
  for (const auto& c : cases) {
    const DecodedPage page = DecodePage(c.bytes, c.content_type);
    EXPECT_EQ(page.charset, c.want) << c.name;
    EXPECT_THAT(page.text, HasSubstr("方針")) << c.name;
  }
  const DecodedPage broken = DecodePage("\xE6\x96 \xFF\xFF\x80", "");
  EXPECT_EQ(broken.charset, "UTF-8");
  EXPECT_THAT(broken.text, HasSubstr("\xEF\xBF\xBD"));
}

TEST(PageText, SaysWhatPeopleSee) {
  const PageText page = TextOf(R"(<!DOCTYPE html><html><head><title>題</title>
    <style>p { color: red }</style></head><body><nav><a href="/">ホーム</a></nav>
    <h1>基本<b>方針</b></h1><p>当社は、
    情報を<br>守ります。<p hidden>かくれた文<p><ruby>漢字<rp>(</rp><rt>かんじ</rt></ruby>
    &amp;記号<ul><li>一つ目<li>二つ目</ul><!-- 注 --><noscript>なし</noscript></body></html>)",
                               "text/html");
  EXPECT_TRUE(page.readable);
  EXPECT_FALSE(page.pictures);
  EXPECT_FALSE(page.scripts);
  for (const char* seen :
       {"ホーム\n", "\n基本方針\n", "守ります。", "漢字", "&記号", "\n一つ目\n二つ目\n"}) {
    EXPECT_THAT(page.text, HasSubstr(seen)) << seen;
  }
  for (const char* unseen : {"題", "color", "かくれた", "かんじ", "注", "なし", "<"}) {
    EXPECT_THAT(page.text, Not(HasSubstr(unseen))) << unseen;
  }
}

TEST(PageText, TellsWhereWordsMayHide) {
  const struct {
    const char* name;
    const char* html;
    bool pictures;
    bool scripts;
  } cases[] = {{"picture", "<img src=policy.png>", true, false},
               {"drawing", "<svg><text>方針</text></svg>", true, false},
               {"script", "<div id=app></div><script src=app.js></script>", false, true},
               {"frame", "<iframe src=policy.html></iframe>", false, true},
               {"old frames", "<frameset><frame src=a.html></frameset>", false, true},
               {"nothing", "<p>方針</p>", false, false}};
  for (const auto& c : cases) {
    const PageText page = TextOf(c.html, "text/html; charset=utf-8");
    EXPECT_EQ(page.pictures, c.pictures) << c.name;
    EXPECT_EQ(page.scripts, c.scripts) << c.name;
  }
}

TEST(PageText, KnowsWhatItCannotRead) {
  EXPECT_TRUE(TextOf("方針", "text/plain").readable);
  EXPECT_FALSE(TextOf("\x89PNG", "image/png").readable);
  EXPECT_FALSE(TextOf("{}", "application/json").readable);
  const PageText damaged = TextOf("%PDF-1.7 and nothing else", "application/pdf");
  EXPECT_TRUE(damaged.pdf);
  EXPECT_FALSE(damaged.readable);
}

TEST(PageText, DeepPagesAreReadAsFarAsTheyAreSane) {
  std::string deep = "<p>上の文</p>";
  for (int i = 0; i < 5000; ++i) deep += "<div>";
  const PageText page = TextOf(deep + "底の文", "text/html");
  EXPECT_THAT(page.text, HasSubstr("上の文"));
  EXPECT_THAT(page.text, Not(HasSubstr("底の文")));
}

}  // namespace
}  // namespace staraction::page
