#include "services/document/model/expand.h"

#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include "common/status/errors.h"
#include "common/testing/status_matchers.h"
#include "google/rpc/error_details.pb.h"
#include "services/document/model/prose.h"

namespace staraction::document {
namespace {

using ::testing::ElementsAre;
using ::testing::Pair;

v1::BlockDocument Document(const std::string& text) {
  v1::BlockDocument document;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &document)) << text;
  return document;
}

// "P text", "H2 text", "・ item", "1 item" of each block, strong text in [].
std::vector<std::string> Lines(const std::vector<v1::Block>& blocks) {
  const auto text = [](const auto& inlines) {
    std::string line;
    for (const auto& piece : inlines) {
      line += piece.has_strong() ? "[" + piece.strong() + "]" : piece.text();
    }
    return line;
  };
  std::vector<std::string> lines;
  for (const v1::Block& block : blocks) {
    if (block.has_paragraph()) lines.push_back("P " + text(block.paragraph().inlines()));
    if (block.has_heading()) {
      lines.push_back("H" + std::to_string(block.heading().level()) + " " +
                      text(block.heading().inlines()));
    }
    const bool numbered = block.list().marker() == v1::LIST_MARKER_NUMBER;
    for (const auto& item : block.list().items()) {
      lines.push_back((numbered ? "1 " : "・ ") + text(item.inlines()));
    }
  }
  return lines;
}

TEST(Prose, BecomesBlocks) {
  EXPECT_THAT(
      Lines(ProseBlocks("# 見出し\n一行目\n続き\n\n1. い\n\n2. ろ\n   は\n\n- に\n- ほ\n\nend "
                        "of\nthe **last** 段落\n")),
      ElementsAre("H1 見出し", "P 一行目続き", "1 い", "1 ろは", "・ に", "・ ほ",
                  "P end of the [last] 段落"));
}

TEST(Prose, ABackslashBreaksTheLine) {
  EXPECT_THAT(Lines(ProseBlocks("# 題\\\n甲\\\n乙\\\n- 丙\\\n\n丁\\")),
              ElementsAre("H1 題", "P 甲\n乙", "・ 丙", "P 丁"));
}

TEST(Prose, ListsOfTwoKindsStayApart) {
  const auto blocks = ProseBlocks("前書き\n1. い\n- ろ\n2026年の**片方だけ");
  ASSERT_EQ(blocks.size(), 3);
  EXPECT_THAT(Lines(blocks), ElementsAre("P 前書き", "1 い", "・ ろ2026年の**片方だけ"));
  EXPECT_TRUE(ProseBlocks(" \n\n").empty());
}

constexpr char kTemplate[] = R"(
  title: "題"
  blocks { prose { code: "body" } }
  blocks { list { items { repeat: "rule" inlines { field { code: "rule.title" } }
                          inlines { field { code: "rules.other" } } }
                  items { inlines { text: "終" } } } }
  blocks { table { columns {} rows { cells { inlines { text: "頭" } } }
                   rows { repeat: "rule" cells { inlines { field { code: "rule.title" } } } } } }
  blocks { key_value { rows { repeat: "none" key { text: "x" } } } }
  blocks { group { when: "nothing" } })";

TEST(Expand, RepeatsRowsAndPutsProseIn) {
  const auto expanded =
      Expand(Document(kTemplate),
             {.fields = {{"a", "b"}, {"nothing", ""}},
              .lists = {{"rule", {{{"title", "一"}}, {{"title", "二"}}}}, {"none", {}}},
              .prose = {{"body", "甲\n\n乙"}}});
  ASSERT_OK(expanded);
  const v1::BlockDocument& document = expanded->document;
  ASSERT_EQ(document.blocks_size(), 5) << document.DebugString();
  EXPECT_EQ(document.blocks(1).paragraph().inlines(0).text(), "乙");
  const auto& items = document.blocks(2).list().items();
  ASSERT_EQ(items.size(), 3);
  EXPECT_EQ(items[1].inlines(0).field().code(), "rule[1].title");
  EXPECT_EQ(items[1].inlines(1).field().code(), "rules.other");
  EXPECT_EQ(items[1].repeat(), "");
  EXPECT_EQ(items[2].inlines(0).text(), "終");
  ASSERT_EQ(document.blocks(3).table().rows_size(), 3);
  EXPECT_EQ(document.blocks(3).table().rows(1).cells(0).inlines(0).field().code(), "rule[0].title");
  EXPECT_EQ(document.blocks(4).key_value().rows_size(), 0);
  EXPECT_THAT(expanded->fields,
              ElementsAre(Pair("a", "b"), Pair("nothing", ""), Pair("rule[0].title", "一"),
                          Pair("rule[1].title", "二")));
  EXPECT_OK(Resolve(document, expanded->fields));
}

TEST(Expand, GroupsRepeatNestAndMayBeLeftOut) {
  const auto expanded = Expand(Document(R"(
    blocks { group { repeat: "department" page_break_between: true
      blocks { heading { inlines { field { code: "department.name" } } } }
      blocks { list { items { repeat: "department.member"
                              inlines { field { code: "department.member.name" } } } } } } }
    blocks { group { when: "note" blocks { paragraph { inlines { text: "注" } } } } }
    blocks { group { unless: "note" blocks { paragraph { inlines { text: "なし" } } } } }
    blocks { group { when: "department" blocks { columns { columns {
      blocks { table { columns {} rows { repeat: "department"
        cells { inlines { field { code: "department.name" } } } } } } } } } } }
    blocks { slips { slips { repeat: "department"
      blocks { list { items { repeat: "department.member"
        inlines { field { code: "department.member.name" } } } } }
      code { payload { field { code: "department.name" } } } } } }
  )"),
                               {.fields = {{"note", ""}},
                                .lists = {{"department", {{{"name", "甲"}}, {{"name", "乙"}}}},
                                          {"department[0].member", {{{"name", "一"}}}},
                                          {"department[1].member", {}}},
                                .prose = {}});
  ASSERT_OK(expanded);
  const auto resolved = Resolve(expanded->document, expanded->fields);
  ASSERT_OK(resolved);
  EXPECT_TRUE(resolved->unresolved.empty());
  // Heading, item, page break, heading, 「なし」, columns, slips.
  ASSERT_EQ(resolved->parts.size(), 7U);
  EXPECT_EQ(std::get<TextPart>(resolved->parts[1]).text[0].text, "一");
  EXPECT_TRUE(std::holds_alternative<PageBreakPart>(resolved->parts[2]));
  EXPECT_EQ(std::get<TextPart>(resolved->parts[4]).text[0].text, "なし");
  const auto& columns = std::get<ColumnsPart>(resolved->parts[5]);
  EXPECT_EQ(std::get<TablePart>(columns.columns[0].parts[0]).rows[1][0].text[0].text, "乙");
  const auto& slips = std::get<SlipsPart>(resolved->parts[6]);
  ASSERT_EQ(slips.slips.size(), 2U);
  EXPECT_EQ(slips.slips[1].code.payload, "乙");
  EXPECT_EQ(std::get<TextPart>(slips.slips[0].parts[0]).text[0].text, "一");
}

TEST(Expand, TellsEveryNameThatIsNotThere) {
  const auto expanded =
      Expand(Document(kTemplate), {.fields = {}, .lists = {{"rule", {}}}, .prose = {}});
  ASSERT_THAT(expanded, test::StatusIs(absl::StatusCode::kInvalidArgument));
  const auto details = GetDetail<google::rpc::BadRequest>(expanded.status());
  ASSERT_TRUE(details.has_value());
  ASSERT_EQ(details->field_violations_size(), 3);
  EXPECT_EQ(details->field_violations(0).field(), "blocks[0].prose");
  EXPECT_EQ(details->field_violations(1).field(), "blocks[3].key_value.rows[0].repeat");
  EXPECT_EQ(details->field_violations(2).field(), "blocks[4].group.when");
  EXPECT_THAT(Resolve(Document(kTemplate), {}), test::StatusIs(absl::StatusCode::kInvalidArgument));
}

}  // namespace
}  // namespace staraction::document
