#include "services/document/model/edit.h"

#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

namespace staraction::document {
namespace {

using ::testing::ElementsAre;
using v1::PartEdit;

template <typename Message>
Message Parse(const std::string& text) {
  Message message;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &message)) << text;
  return message;
}

constexpr char kDocument[] = R"(
  blocks { heading { id: "h" inlines { text: "総則" } } }
  blocks { article { id: "a" title { text: "目的" } clauses { inlines { text: "もと" } } } }
  blocks { paragraph { id: "p" inlines { text: "段落" } } }
)";

// Each block by its id, and of articles the first words.
std::vector<std::string> Parts(const v1::BlockDocument& document) {
  std::vector<std::string> parts;
  for (const auto& block : document.blocks()) {
    if (block.has_article()) {
      parts.push_back(block.article().id() + ":" + block.article().clauses(0).inlines(0).text());
    } else {
      parts.push_back(block.has_heading() ? block.heading().id() : block.paragraph().id());
    }
  }
  return parts;
}

std::vector<PartEdit::Fit> Fits(const v1::Edits& edits) {
  std::vector<PartEdit::Fit> fits;
  for (const auto& part : edits.parts()) fits.push_back(part.fit());
  return fits;
}

TEST(Edit, ChangesAddsAndLeavesOut) {
  auto document = Parse<v1::BlockDocument>(kDocument);
  auto edits = Parse<v1::Edits>(R"(
    parts { id: "a" block { article { clauses { inlines { text: "新" } } } } }
    parts { id: "own" after: "a" block { article { clauses { inlines { text: "追加" } } } } }
    parts { id: "own-2" after: "own" block { paragraph {} } }
    parts { id: "p" removed: true }
    parts { id: "gone" removed: true }
  )");
  ApplyEdits(document, edits);
  EXPECT_THAT(Parts(document), ElementsAre("h", "a:新", "own:追加", "own-2"));
  EXPECT_THAT(Fits(edits), ElementsAre(PartEdit::FIT_SAME, PartEdit::FIT_SAME, PartEdit::FIT_SAME,
                                       PartEdit::FIT_SAME, PartEdit::FIT_PART_MISSING));
  EXPECT_NE(edits.parts(0).template_digest(), "");
  EXPECT_EQ(edits.parts(1).template_digest(), "");
}

TEST(Edit, TellsWhenTheTemplateHasChangedSince) {
  auto edits = Parse<v1::Edits>(
      R"(parts { id: "a" block { article { clauses { inlines { text: "新" } } } } })");
  auto document = Parse<v1::BlockDocument>(kDocument);
  ApplyEdits(document, edits);
  auto next = Parse<v1::BlockDocument>(kDocument);
  next.mutable_blocks(1)->mutable_article()->mutable_clauses(0)->mutable_inlines(0)->set_text("改");
  ApplyEdits(next, edits);
  EXPECT_EQ(edits.parts(0).fit(), PartEdit::FIT_TEMPLATE_CHANGED);
  EXPECT_EQ(Parts(next)[1], "a:新") << "what people wrote stays";
  // Whoever edits the part again has seen the new template.
  edits = MergeEdits(
      edits, Parse<v1::Edits>(
                 R"(parts { id: "a" block { article { clauses { inlines { text: "再" } } } } })"));
  next = Parse<v1::BlockDocument>(kDocument);
  ApplyEdits(next, edits);
  EXPECT_EQ(edits.parts(0).fit(), PartEdit::FIT_SAME);
}

TEST(Edit, LaterEditsReplaceAndEndEarlierOnes) {
  const auto before = Parse<v1::Edits>(R"(
    variables { key: "x" value: "1" } variables { key: "y" value: "2" }
    parts { id: "a" removed: true } parts { id: "p" removed: true }
  )");
  const auto after = MergeEdits(before, Parse<v1::Edits>(R"(
    variables { key: "x" value: "" } variables { key: "z" value: "3" } parts { id: "a" }
  )"));
  EXPECT_EQ(after.variables_size(), 2);
  EXPECT_EQ(after.variables().at("z"), "3");
  ASSERT_EQ(after.parts_size(), 1);
  EXPECT_EQ(after.parts(0).id(), "p");
}

TEST(Edit, RefusesWhatIsNoPart) {
  const auto edits = Parse<v1::Edits>(R"(
    parts { id: "A b" removed: true }
    parts { id: "a" block { qr_code {} } }
    parts { id: "a" block { article { clauses { when: "x" } } } }
  )");
  std::vector<Violation> violations;
  CheckParts(edits, violations);
  std::vector<std::string> fields;
  for (const auto& each : violations) fields.push_back(each.field);
  EXPECT_THAT(fields, ElementsAre("edits.parts[0].id", "edits.parts[1].block", "edits.parts[2].id",
                                  "edits.parts[2].block"));
}

TEST(Edit, RefusesUnknownPlacesAndFields) {
  auto document = Parse<v1::BlockDocument>(kDocument);
  const auto further = Parse<v1::Edits>(R"(
    parts { id: "gone" removed: true }
    parts { id: "p" block { paragraph { inlines { field { code: "no.such" } } } } }
    parts { id: "h" block { heading { inlines { field { code: "client.name" } } } } }
  )");
  auto edits = further;
  ApplyEdits(document, edits);
  std::vector<Violation> violations;
  CheckEffect(further, edits, {{"client.name", "甲"}}, violations);
  ASSERT_EQ(violations.size(), 2U);
  EXPECT_EQ(violations[0].field, "edits.parts[0]");
  EXPECT_EQ(violations[1].field, "edits.parts[1].block");
}

}  // namespace
}  // namespace staraction::document
