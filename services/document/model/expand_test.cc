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
  blocks { key_value { rows { repeat: "none" key { text: "x" } } } })";

TEST(Expand, RepeatsRowsAndPutsProseIn) {
  const auto expanded =
      Expand(Document(kTemplate),
             {.fields = {{"a", "b"}},
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
  EXPECT_THAT(expanded->fields, ElementsAre(Pair("a", "b"), Pair("rule[0].title", "一"),
                                            Pair("rule[1].title", "二")));
  EXPECT_OK(Resolve(document, expanded->fields));
}

TEST(Expand, TellsEveryNameThatIsNotThere) {
  const auto expanded =
      Expand(Document(kTemplate), {.fields = {}, .lists = {{"rule", {}}}, .prose = {}});
  ASSERT_THAT(expanded, test::StatusIs(absl::StatusCode::kInvalidArgument));
  const auto details = GetDetail<google::rpc::BadRequest>(expanded.status());
  ASSERT_TRUE(details.has_value());
  ASSERT_EQ(details->field_violations_size(), 2);
  EXPECT_EQ(details->field_violations(0).field(), "blocks[0].prose");
  EXPECT_EQ(details->field_violations(1).field(), "blocks[3].key_value.rows[0].repeat");
  EXPECT_THAT(Resolve(Document(kTemplate), {}), test::StatusIs(absl::StatusCode::kInvalidArgument));
}

}  // namespace
}  // namespace staraction::document
