#include "services/document/model/compare.h"

#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include "services/document/model/resolve.h"

namespace staraction::document {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

Resolved Of(const std::string& text) {
  v1::BlockDocument document;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &document)) << text;
  auto resolved = Resolve(document, {});
  EXPECT_TRUE(resolved.ok()) << resolved.status();
  return *resolved;
}

std::string Article(const std::string& id, const std::string& title,
                    const std::vector<std::string>& clauses) {
  std::string text = "blocks { article { id: '" + id + "' title { text: '" + title + "' }";
  for (const auto& clause : clauses) text += " clauses { inlines { text: '" + clause + "' } }";
  return text + " } }";
}

constexpr char kChapter[] =
    "blocks { heading { numbering: HEADING_NUMBERING_CHAPTER inlines { text: '総則' } } }";

std::vector<std::string> Lines(const std::vector<Difference>& differences) {
  std::vector<std::string> lines;
  for (const auto& each : differences) {
    lines.push_back(each.place + ": " + each.before + " -> " + each.after);
  }
  return lines;
}

TEST(Compare, NothingChangesByNumbersAlone) {
  const std::string last = Article("b", "適用", {"全員"});
  EXPECT_THAT(Compare(Of(kChapter + last), Of(kChapter + last)), IsEmpty());
  EXPECT_THAT(
      Lines(Compare(Of(kChapter + last), Of(kChapter + Article("a", "目的", {"い"}) + last))),
      ElementsAre("第1章 総則 第1条（目的）:  -> 目的", "第1章 総則 第1条（目的）:  -> い"));
}

TEST(Compare, PairsWhatChangedInAnArticle) {
  const auto before = Of(kChapter + Article("a", "目的", {"い", "ろ", "は"}));
  const auto after = Of(kChapter + Article("a", "目的", {"い", "ろの改", "は", "に"}));
  EXPECT_THAT(Lines(Compare(before, after)), ElementsAre("第1章 総則 第1条（目的）: ろ -> ろの改",
                                                         "第1章 総則 第1条（目的）:  -> に"));
}

TEST(Compare, TellsWhatWentAwayWhereItWas) {
  const auto before =
      Of(Article("a", "甲", {"い"}) + Article("b", "乙", {"ろ"}) + Article("c", "丙", {"は"}));
  const auto after = Of(Article("a", "甲", {"い"}) + Article("c", "丙", {"はの改"}));
  EXPECT_THAT(
      Lines(Compare(before, after)),
      ElementsAre("第2条（乙）: 乙 -> ", "第2条（乙）: ろ -> ", "第2条（丙）: は -> はの改"));
}

TEST(Compare, LooksIntoTablesAndFields) {
  const std::string head =
      "blocks { table { columns {} columns {} rows { cells { inlines { text: '";
  const auto table = [&](const std::string& cell) {
    return Of(head + cell + "' } } cells { inlines { text: '10' } } } } }");
  };
  EXPECT_THAT(Lines(Compare(table("長さ"), table("文字数"))),
              ElementsAre(": 長さ | 10 -> 文字数 | 10"));
}

}  // namespace
}  // namespace staraction::document
