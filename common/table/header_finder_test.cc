#include "common/table/header_finder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/table/csv_reader.h"
#include "common/table/test_book.h"
#include "common/testing/status_matchers.h"

namespace staraction {
namespace {

using testing::ElementsAre;

const std::vector<ColumnNames>& Columns() {
  static const auto* columns = new std::vector<ColumnNames>{
      {{"業務分類", "業務"}}, {{"名称", "資産名"}}, {{"機密性", "C"}}, {{"完全性"}}, {{"可用性"}}};
  return *columns;
}

TEST(HeaderFinderTest, Finds) {
  using Lines = std::vector<HeaderFinder::Cells>;
  const struct {
    const char* name;
    Lines lines;
    size_t first, rows;
    std::vector<std::string> want;
  } cases[] = {
      {"first line", {{"業務", "資産名"}, {"総務", "名簿"}}, 0, 1, {"業務", "資産名"}},
      {"below titles",
       {{"情報資産管理台帳"}, {"", "作成日", "2026/9/3"}, {"業　務", "資産名"}, {"総務", "名簿"}},
       2,
       1,
       {"業　務", "資産名"}},
      {"two rows",
       {{"台帳"},
        {"業務分類", "名称", "評価値", "", "", "備考"},
        {"", "", "機密性", "完全性", "可用性"},
        {"総務", "名簿", "3", "2", "1"}},
       1,
       2,
       {"業務分類", "名称", "機密性", "完全性", "可用性", "備考"}},
      {"names that only groups tell apart",
       {{"業務", "名称", "現状", "", "対策後", ""}, {"", "", "完全性", "値", "可用性", "値"}},
       0,
       2,
       {"業務", "名称", "完全性", "現状 値", "可用性", "対策後 値"}},
      {"data with a header's word",
       {{"業務", "名称"}, {"C", "可用性の手引き"}},
       0,
       1,
       {"業務", "名称"}}};
  const HeaderFinder finder(Columns());
  for (const auto& c : cases) {
    const auto header = finder.Find(c.lines);
    ASSERT_TRUE(header) << c.name;
    EXPECT_EQ(header->first, c.first) << c.name;
    EXPECT_EQ(header->rows, c.rows) << c.name;
    EXPECT_EQ(header->names, c.want) << c.name;
  }
  EXPECT_FALSE(finder.Find(Lines{{"使い方"}, {"業務", "ごとに書き出す"}}));
  EXPECT_FALSE(finder.Find(Lines{}));
}

TEST(HeaderFinderTest, CsvHasTitlesToo) {
  TableOptions options;
  options.columns = Columns();
  ASSERT_OK_AND_ASSIGN(
      const Table table,
      ReadCsv("情報資産管理台帳,,\n,作成日,2026/9/3\n業務,資産名,C\n総務,名簿,3\n", options));
  EXPECT_EQ(test::Describe(table), "業務|資産名|C / 4:総務|名簿|3");
  EXPECT_TRUE(table.report().empty());
}

}  // namespace
}  // namespace staraction
