#include "services/document/writers/html.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/document/model/resolve.h"
#include "services/document/testing.h"

namespace staraction::document {
namespace {

constexpr char kDocument[] = R"(
  title: "基本方針" author: "株式会社<甲>"
  blocks { paragraph { inlines { text: "一 & 二\n三" } } }
  blocks { heading { id: "aim" inlines { text: "目的" } } }
  blocks { article { id: "a" title { text: "範囲" } clauses { inlines { strong: "全員" } }
                     clauses { inlines { reference { id: "a" } } } } }
  blocks { list { items { inlines { text: "い" } lists { items { inlines { text: "は" } } } }
                  items { inlines { text: "ろ" } } } }
  blocks { list { marker: LIST_MARKER_NUMBER items { inlines { text: "に" } } } }
  blocks { table { id: "t" caption { text: "役割" } columns { header { text: "役" } } columns {}
                   rows { cells { column_span: 2 inlines { text: "長" } } } } }
  blocks { key_value { rows { key { text: "電話" } value { text: "06" } note { text: "平日" } } } }
  blocks { paragraph { inlines { link { url: "https://example.jp/?a=1&b=2" text: "頁" } } } }
  blocks { bar_chart { caption { text: "点" } series: "前" rows { label { text: "い" }
                       values { code: "x" } } } }
  blocks { qr_code { payload { text: "secret" } } }
  blocks { signature_box { lines { label: "氏名" inlines { text: "山" } } } }
)";

TEST(Html, IsCleanAndWhole) {
  const auto resolved = Resolve(ParseDocument(kDocument), {{"x", "3"}});
  ASSERT_TRUE(resolved.ok()) << resolved.status();
  EXPECT_EQ(HtmlPage(*resolved), R"(<!DOCTYPE html>
<html lang="ja">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>基本方針｜株式会社&lt;甲&gt;</title>
</head>
<body>
<main>
<h1>基本方針</h1>
<p>一 &amp; 二<br>
三</p>
<h2 id="aim">目的</h2>
<h3 id="a">第1条（範囲）</h3>
<p>１　<strong>全員</strong></p>
<p>２　<a href="#a">第1条</a></p>
<ul>
<li>い<ul>
<li>は</li>
</ul>
</li>
<li>ろ</li>
</ul>
<p>1. に</p>
<table id="t">
<caption>表1　役割</caption>
<tr><th>役</th><th></th></tr>
<tr><td colspan="2">長</td></tr>
</table>
<table>
<tr><th>電話</th><td>06<br>
平日</td></tr>
</table>
<p><a href="https://example.jp/?a=1&amp;b=2">頁</a></p>
<table>
<caption>点</caption>
<tr><th></th><th>前</th></tr>
<tr><th>い</th><td>3</td></tr>
</table>
<p>氏名　山</p>
</main>
</body>
</html>
)");
}

TEST(Html, WordsAreALineEach) {
  const auto resolved = Resolve(ParseDocument(kDocument), {{"x", "3"}});
  ASSERT_TRUE(resolved.ok()) << resolved.status();
  EXPECT_EQ(
      WordsOf(*resolved),
      "基本方針\n一 & 二\n三\n目的\n第1条（範囲）\n１　全員\n２　第1条\n・　い\n・　は\n・　ろ\n"
      "1.　に\n役割\n役\n長\n電話\t06\t平日\n頁\n点\n前\nい\t3\n氏名　山\n");
}

}  // namespace
}  // namespace staraction::document
