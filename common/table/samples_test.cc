// Staff lists and ledgers as companies hand them over: read whole, with the readers of common/base.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

#include "absl/strings/str_cat.h"
#include "common/base/date.h"
#include "common/base/text.h"
#include "common/table/csv_reader.h"
#include "common/table/table_file.h"
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

// A workbook with a title, a header of two rows, formulas and other sheets says what the CSV file
// says that somebody made of it.
TEST(SamplesTest, LedgersSayTheSameAsWorkbookAndAsCsv) {
  TableOptions options;
  for (const char* name :
       {"業務分類", "情報資産名称", "備考", "利用者範囲", "管理部署", "媒体・保存先", "個人情報",
        "要配慮個人情報", "特定個人情報", "機密性", "完全性", "可用性", "保存期限", "登録日"}) {
    options.columns.push_back({{name}});
  }
  const std::pair<const char*, size_t> companies[] = {
      {"kitahama", 46}, {"tanimachi", 24}, {"yamabuki", 5}};
  for (const auto& [company, rows] : companies) {
    const std::string path = absl::StrCat("../../../tests/data/", company, "/ledger");
    ASSERT_OK_AND_ASSIGN(const TableFile csv, ReadTableFile(ReadFile(path + ".csv"), options));
    ASSERT_OK_AND_ASSIGN(const TableFile book, ReadTableFile(ReadFile(path + ".xlsx"), options));
    EXPECT_EQ(book.sheet, "情報資産管理台帳");
    EXPECT_EQ(book.other_sheets.size(), 2u);
    EXPECT_TRUE(book.table.report().empty());
    ASSERT_EQ(csv.table.row_count(), rows);
    ASSERT_EQ(book.table.row_count(), rows);
    for (const ColumnNames& column : options.columns) {
      const std::string_view name = column.names.front();
      for (size_t row = 0; row < rows; ++row) {
        std::string want(csv.table.Cell(row, csv.table.FindColumn({name})));
        const auto day = ParseDate(want);
        if (name == "登録日" && day.ok()) want = FormatIsoDate(*day);
        EXPECT_EQ(book.table.Cell(row, book.table.FindColumn({name})), want) << name << " " << row;
      }
    }
  }
}

}  // namespace
}  // namespace staraction
