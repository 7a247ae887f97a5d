#include "common/table/csv_writer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "common/table/csv_reader.h"
#include "common/table/formula.h"
#include "common/testing/status_matchers.h"

namespace staraction {
namespace {

using Rows = std::vector<std::vector<std::string>>;

absl::StatusOr<std::string> Write(const Rows& rows, TextEncoding encoding) {
  CsvWriter writer(encoding);
  for (const auto& row : rows) writer.AddRow(row);
  return std::move(writer).Finish();
}

TEST(CsvWriterTest, WritesUtf8WithMark) {
  ASSERT_OK_AND_ASSIGN(const std::string bytes,
                       Write({{"氏名", "備考"}, {"𠮷田", "a,b"}, {"\"x\"", "1\n2"}, {" a", ""}},
                             TextEncoding::kUtf8));
  EXPECT_EQ(bytes,
            "\xEF\xBB\xBF氏名,備考\r\n𠮷田,\"a,b\"\r\n\"\"\"x\"\"\",\"1\n2\"\r\n\" a\",\r\n");
}

TEST(CsvWriterTest, WritesCp932) {
  ASSERT_OK_AND_ASSIGN(const std::string bytes, Write({{"氏名"}, {"髙"}}, TextEncoding::kCp932));
  EXPECT_EQ(bytes, "\x8E\x81\x96\xBC\r\n\xFB\xFC\r\n");
}

TEST(CsvWriterTest, ReportsWhatCp932Lacks) {
  const auto bytes =
      Write({{"番号", "氏名"}, {"1", "𠮷田"}, {"2", "辻\U000E0100"}}, TextEncoding::kCp932);
  EXPECT_THAT(bytes, test::StatusIs(absl::StatusCode::kInvalidArgument));
  const auto bad = GetDetail<google::rpc::BadRequest>(bytes.status());
  ASSERT_TRUE(bad);
  ASSERT_EQ(bad->field_violations_size(), 2);
  EXPECT_EQ(bad->field_violations(0).field(), "encoding[2].氏名");
  EXPECT_THAT(bad->field_violations(0).description(), testing::HasSubstr("𠮷"));
  EXPECT_THAT(bad->field_violations(0).description(), testing::HasSubstr("U+20BB7"));
  EXPECT_EQ(bad->field_violations(1).field(), "encoding[3].氏名");
}

TEST(FormulaTest, EscapesFormulasAndNothingElse) {
  const struct {
    std::string cell;
    std::string want;
  } cases[] = {{"=1+1", "'=1+1"}, {"+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"},
               {"-2+3", "'-2+3"}, {"@SUM(A1)", "'@SUM(A1)"},
               {"\tx", "'\tx"},   {"\rx", "'\rx"},
               {"＝1", "'＝1"},   {"-", "'-"},
               {"-5.", "'-5."},   {"+81-3-1234", "'+81-3-1234"},
               {"'=1", "''=1"},   {"-5", "-5"},
               {"+1.5", "+1.5"},  {"1-2", "1-2"},
               {"a=b", "a=b"},    {"'tis", "'tis"},
               {"", ""}};
  for (const auto& c : cases) {
    EXPECT_EQ(EscapeFormula(c.cell), c.want) << c.cell;
    EXPECT_EQ(UnescapeFormula(c.want), c.cell) << c.cell;
  }
}

// Cells from the characters that matter, in any order. A row begins with an ordinary cell, since
// rows without text are skipped.
Rows RandomRows(std::mt19937& random, bool cp932) {
  static constexpr std::string_view kPieces[] = {",",  "\"", "\n", "\r", "'",  "=",
                                                 "-",  "5",  ".",  "@",  "\t", " ",
                                                 "　", "髙", "能", "ｱ",  "－", "𠮷"};
  const size_t columns = 1 + random() % 4;
  Rows rows(1 + random() % 5);
  for (size_t row = 0; row < rows.size(); ++row) {
    for (size_t column = 0; column < columns; ++column) {
      std::string cell = row == 0 ? "h" + std::to_string(column) : column == 0 ? "x" : "";
      if (row > 0) {
        for (size_t i = random() % 8; i > 0; --i) {
          cell += kPieces[random() % (std::size(kPieces) - (cp932 ? 1 : 0))];
        }
      }
      rows[row].push_back(cell);
    }
  }
  return rows;
}

TEST(CsvWriterTest, WhatIsWrittenIsReadBack) {
  std::mt19937 random(20260401);
  for (int round = 0; round < 5000; ++round) {
    const bool cp932 = round % 2 == 0;
    const Rows rows = RandomRows(random, cp932);
    ASSERT_OK_AND_ASSIGN(const std::string bytes,
                         Write(rows, cp932 ? TextEncoding::kCp932 : TextEncoding::kUtf8));
    ASSERT_OK_AND_ASSIGN(const Table table, ReadCsv(bytes));
    ASSERT_EQ(table.header(), rows[0]);
    ASSERT_EQ(table.row_count(), rows.size() - 1) << bytes;
    ASSERT_TRUE(table.report().empty()) << bytes;
    for (size_t row = 0; row < table.row_count(); ++row) {
      for (size_t column = 0; column < rows[0].size(); ++column) {
        const std::string want =
            absl::StrReplaceAll(rows[row + 1][column], {{"\r\n", "\n"}, {"\r", "\n"}});
        ASSERT_EQ(table.Cell(row, column), want) << bytes;
      }
    }
  }
}

}  // namespace
}  // namespace staraction
