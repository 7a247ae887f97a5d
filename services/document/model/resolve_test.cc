#include "services/document/model/resolve.h"

#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "common/status/errors.h"
#include "services/document/model/numbers.h"

namespace staraction::document {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

v1::BlockDocument Document(const std::string& text) {
  v1::BlockDocument document;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &document)) << text;
  return document;
}

// "label|text" of each text part.
std::vector<std::string> Lines(const Resolved& resolved) {
  std::vector<std::string> lines;
  for (const Part& part : resolved.parts) {
    const auto* text = std::get_if<TextPart>(&part);
    if (text == nullptr) continue;
    std::string line = text->label + "|";
    for (const Run& run : text->text) line += run.text;
    lines.push_back(line);
  }
  return lines;
}

TEST(Numbers, AreWrittenAsInRules) {
  EXPECT_EQ(KanjiNumber(1), "一");
  EXPECT_EQ(KanjiNumber(10), "十");
  EXPECT_EQ(KanjiNumber(21), "二十一");
  EXPECT_EQ(KanjiNumber(110), "百十");
  EXPECT_EQ(KanjiNumber(2003), "二千三");
  EXPECT_EQ(WideNumber(12), "１２");
  EXPECT_EQ(CircledNumber(20), "⑳");
  EXPECT_EQ(CircledNumber(21), "㉑");
  EXPECT_EQ(CircledNumber(36), "㊱");
  EXPECT_EQ(CircledNumber(51), "51");
  EXPECT_EQ(KanaNumber(46), "ン");
  EXPECT_EQ(KanaNumber(47), "47");
}

TEST(Resolve, CountsArticlesClausesAndItems) {
  const auto resolved = Resolve(Document(R"(
    blocks { heading { numbering: HEADING_NUMBERING_CHAPTER inlines { text: "総則" } } }
    blocks { article { title { text: "目的" } clauses { inlines { text: "本文" } } } }
    blocks { heading { numbering: HEADING_NUMBERING_CHAPTER inlines { text: "運用" } } }
    blocks { heading { level: 2 numbering: HEADING_NUMBERING_CHAPTER inlines { text: "日常" } } }
    blocks { article { no: 5 clauses { inlines { text: "い" } }
      clauses { inlines { text: "ろ" } items { inlines { text: "は" }
        items { inlines { text: "に" } items { inlines { text: "ほ" } } } } } } }
    blocks { article { title { text: "最後" } } }
  )"),
                                {});
  ASSERT_TRUE(resolved.ok()) << resolved.status();
  EXPECT_THAT(Lines(*resolved),
              ElementsAre("第1章|総則", "第1条|目的", "|本文", "第2章|運用", "第1節|日常", "第5条|",
                          "１|い", "２|ろ", "（一）|は", "ア|に", "（ア）|ほ", "第6条|最後"));
}

TEST(Resolve, SpellsOutReferencesForwardAndBack) {
  const auto resolved = Resolve(Document(R"(
    blocks { paragraph {
      inlines { reference { id: "a" } } inlines { text: "/" } inlines { reference { id: "c" } }
      inlines { text: "/" } inlines { reference { id: "i" } }
      inlines { text: "/" } inlines { reference { id: "j" } }
      inlines { text: "/" } inlines { reference { id: "h" } }
      inlines { text: "/" } inlines { reference { id: "t" } }
      inlines { text: "/" } inlines { reference { id: "single" } } } }
    blocks { heading { id: "h" inlines { text: "目的" } } }
    blocks { article { id: "a" clauses { id: "single" } } }
    blocks { article { clauses {} clauses { id: "c" items {}
      items { id: "i" items { id: "j" } } } } }
    blocks { table { id: "t" caption { text: "一覧" } columns {} } }
  )"),
                                {});
  ASSERT_TRUE(resolved.ok()) << resolved.status();
  EXPECT_EQ(Lines(*resolved)[0],
            "|第1条/第2条第2項/第2条第2項第二号/第2条第2項第二号ア/「目的」/表1/第1条");
}

TEST(Resolve, FillsFieldsAndListsWhatIsMissing) {
  const auto resolved = Resolve(Document(R"(
    blocks { paragraph {
      inlines { field { code: "a" label: "名" } } inlines { field { code: "b" label: "所属" } }
      inlines { field { code: "b" label: "所属" } } inlines { field { code: "c" optional: true } }
      inlines { field { code: "d" } } } }
  )"),
                                {{"a", "株式会社Ａ\r\n\x01{b}"}, {"b", ""}});
  ASSERT_TRUE(resolved.ok()) << resolved.status();
  EXPECT_EQ(Lines(*resolved)[0], "|株式会社Ａ\n{b}【未入力：所属】【未入力：所属】【未入力：d】");
  ASSERT_EQ(resolved->unresolved.size(), 2U);
  EXPECT_EQ(resolved->unresolved[0].code(), "b");
  EXPECT_EQ(resolved->unresolved[1].code(), "d");
}

TEST(Resolve, PadsRowsToTheTable) {
  const auto resolved =
      Resolve(Document("blocks { table { columns {} columns {} columns {} rows { cells {"
                       " column_span: 2 } } rows {} } }"),
              {});
  ASSERT_TRUE(resolved.ok()) << resolved.status();
  const auto& table = std::get<TablePart>(resolved->parts[0]);
  EXPECT_EQ(table.rows[0].size(), 2U);
  EXPECT_EQ(table.rows[1].size(), 3U);
}

TEST(Resolve, ReadsNumbersOfCharts) {
  const auto resolved = Resolve(Document(R"(
    blocks { bar_chart { unit: "点" rows { values { code: "a" } values { code: "b" } } } }
  )"),
                                {{"a", "52.4"}, {"b", ""}});
  ASSERT_TRUE(resolved.ok()) << resolved.status();
  const auto& chart = std::get<ChartPart>(resolved->parts[0]);
  EXPECT_DOUBLE_EQ(chart.maximum, 52.4);
  EXPECT_EQ(chart.rows[0].bars[0].text, "52.4点");
  EXPECT_EQ(chart.rows[0].bars[1].text, "－");
  EXPECT_FALSE(chart.rows[0].bars[1].value.has_value());
  EXPECT_TRUE(resolved->unresolved.empty());
}

TEST(Resolve, LeavesOutOptionalPairsWithoutValue) {
  const auto resolved = Resolve(Document(R"(
    blocks { key_value { rows { optional: true key { text: "い" }
                                value { field { code: "a" optional: true } } }
                         rows { key { text: "ろ" } value { field { code: "a" optional: true } } }
                         columns: 2 } }
  )"),
                                {});
  ASSERT_TRUE(resolved.ok()) << resolved.status();
  const auto& form = std::get<FormPart>(resolved->parts[0]);
  ASSERT_EQ(form.rows.size(), 1U);
  EXPECT_EQ(form.rows[0].key[0].text, "ろ");
  EXPECT_EQ(form.columns, 2);
}

struct Fault {
  const char* name;
  std::string document;
  const char* want;
};

class ResolveFault : public ::testing::TestWithParam<Fault> {};

TEST_P(ResolveFault, IsRefused) {
  FieldValues values;
  if (std::string(GetParam().name) == "not_utf8") values["bad"] = "\xe3\x81";
  const auto resolved = Resolve(Document(GetParam().document), values);
  ASSERT_FALSE(resolved.ok());
  EXPECT_EQ(resolved.status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(std::string(resolved.status().message()), HasSubstr(GetParam().want));
}

INSTANTIATE_TEST_SUITE_P(
    Faults, ResolveFault,
    ::testing::Values(
        Fault{"reference", "blocks { paragraph { inlines { reference { id: 'x' } } } }",
              "blocks[0].paragraph.inlines[0]: refers to 'x'"},
        Fault{"same_id", "blocks { heading { id: 'a' } } blocks { article { id: 'a' } }",
              "blocks[1].article.id: 'a' is used twice"},
        Fault{"nested_break", "blocks { columns { columns { blocks { page_break {} } } } }",
              "blocks[0].columns.columns[0].blocks[0]: cannot stand inside"},
        Fault{
            "long_payload",
            absl::StrCat("blocks { qr_code { payload { text: '", std::string(401, 'x'), "' } } }"),
            "has 401 bytes"},
        Fault{"group", "blocks { group {} }", "belongs into a template"},
        Fault{"bad_id", "blocks { heading { id: 'A b' } }", "not of a-z"},
        Fault{"article_back", "blocks { article { no: 3 } } blocks { article { no: 3 } }",
              "blocks[1].article.no: goes back"},
        Fault{"wide_row", "blocks { table { columns {} rows { cells {} cells {} } } }",
              "covers 2 columns of 1"},
        Fault{"huge_span", "blocks { table { columns {} rows { cells { column_span: 9 } } } }",
              "covers 9 columns of 1"},
        Fault{"no_column", "blocks { table {} }", "columns: is empty"},
        Fault{"no_block", "blocks {}", "blocks[0]: has no kind"},
        Fault{"no_inline", "blocks { paragraph { inlines {} } }", "inlines[0]: has no kind"},
        Fault{"script", "blocks { paragraph { inlines { link { url: 'javascript:x' } } } }",
              "url must begin"},
        Fault{"margins", "page { margins { top_mm: 4 right_mm: 9 bottom_mm: 9 left_mm: 9 } }",
              "4 mm is not between"},
        Fault{"not_utf8", "blocks { paragraph { inlines { field { code: 'bad' } } } }",
              "fields[bad]: is not UTF-8"},
        Fault{"deep_list",
              "blocks { list { items { lists { items { lists { items { lists { items {"
              "lists { items { lists { items {} } } } } } } } } } } } }",
              "deeper than 5"}),
    [](const auto& test) { return test.param.name; });

}  // namespace
}  // namespace staraction::document
