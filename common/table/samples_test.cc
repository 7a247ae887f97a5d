// Staff lists as companies hand them over: read whole, with the readers of common/base.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

#include "common/base/date.h"
#include "common/base/text.h"
#include "common/table/csv_reader.h"
#include "common/testing/status_matchers.h"

namespace staraction {
namespace {

std::string ReadFile(const std::string& name) {
  std::ifstream in("common/table/testdata/" + name, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::string NameOf(const Table& table, size_t row) {
  return std::string(table.Cell(row, table.FindColumn({"氏名"})));
}

TEST(SamplesTest, Utf8KeepsEveryKanji) {
  ASSERT_OK_AND_ASSIGN(const Table table, ReadCsv(ReadFile("roster_utf8.csv")));
  EXPECT_TRUE(table.report().empty());
  ASSERT_EQ(table.row_count(), 28u);
  EXPECT_EQ(NameOf(table, 3), "𠮷田 浩二");
  EXPECT_EQ(NameOf(table, 21), "辻\U000E0100 隆");
  EXPECT_EQ(table.line(21), 23);
  EXPECT_EQ(FoldForSearch(NameOf(table, 21)), "辻隆");
}

TEST(SamplesTest, Cp932IsTheSameListButForWhatItLacks) {
  ASSERT_OK_AND_ASSIGN(const Table utf8, ReadCsv(ReadFile("roster_utf8.csv")));
  ASSERT_OK_AND_ASSIGN(const Table cp932, ReadCsv(ReadFile("roster_cp932.csv")));
  EXPECT_TRUE(cp932.report().empty());
  ASSERT_EQ(cp932.header(), utf8.header());
  ASSERT_EQ(cp932.row_count(), utf8.row_count());
  EXPECT_EQ(NameOf(cp932, 2), "山﨑 健一");
  EXPECT_EQ(NameOf(cp932, 4), "髙橋 直美");
  for (size_t row = 0; row < utf8.row_count(); ++row) {
    EXPECT_EQ(FoldForSearch(NameOf(cp932, row)), FoldForSearch(NameOf(utf8, row)));
  }
}

TEST(SamplesTest, ColumnsMayMoveAndDatesMayVary) {
  ASSERT_OK_AND_ASSIGN(Table table, ReadCsv(ReadFile("roster_columns_moved.csv")));
  EXPECT_TRUE(table.report().empty());
  ASSERT_EQ(table.row_count(), 3u);
  EXPECT_EQ(NameOf(table, 2), "西 彩");
  EXPECT_EQ(table.Cell(2, table.FindColumn({"社員番号"})), "3");
  const auto column = table.RequireColumn({"入社日"});
  const char* want[] = {"2021-04-01", "2021-04-01", "2026-05-11"};
  for (size_t row = 0; row < 3; ++row) {
    const auto day = ParseDate(table.Cell(row, column));
    ASSERT_TRUE(day.ok()) << day.problem().en;
    EXPECT_EQ(FormatIsoDate(*day), want[row]);
  }
}

}  // namespace
}  // namespace staraction
