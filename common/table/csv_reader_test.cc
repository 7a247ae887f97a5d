#include "common/table/csv_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/base/strings.h"
#include "common/testing/status_matchers.h"

namespace staraction {
namespace {

using test::StatusIs;
using testing::HasSubstr;

// Header and rows, cells joined by '|', line numbers in front.
std::string Describe(const Table& table) {
  std::string out = absl::StrJoin(table.header(), "|");
  for (size_t row = 0; row < table.row_count(); ++row) {
    absl::StrAppend(&out, " / ", table.line(row), ":");
    for (size_t column = 0; column < table.header().size(); ++column) {
      absl::StrAppend(&out, column == 0 ? "" : "|", ToAbsl(table.Cell(row, column)));
    }
  }
  return out;
}

TEST(CsvReaderTest, Reads) {
  const struct {
    const char* name;
    const char* bytes;
    const char* want;
  } cases[] = {
      {"LF", "a,b\n1,2\n3,4\n", "a|b / 2:1|2 / 3:3|4"},
      {"CRLF", "a,b\r\n1,2\r\n", "a|b / 2:1|2"},
      {"CR", "a,b\r1,2\r3,4", "a|b / 2:1|2 / 3:3|4"},
      {"no line end at the end", "a,b\n1,2", "a|b / 2:1|2"},
      {"empty cells", "a,b,c\n,,3\n1,,", "a|b|c / 2:||3 / 3:1||"},
      {"quotes", "a,b\n\"1,\"\"x\"\"\",\"\"\n", "a|b / 2:1,\"x\"|"},
      {"quote inside a bare cell", "a,b\n5\" disk,2\n", "a|b / 2:5\" disk|2"},
      {"line ends in cells", "a,b\r\n\"x\r\ny\rz\nw\",1\r\n2,3", "a|b / 2:x\ny\nz\nw|1 / 6:2|3"},
      {"blank lines", "\n,,\na,b\n\n,\n1,2\n\n", "a|b / 6:1|2"},
      {"empty columns at the end", "a,b,,\n1,2,,\n", "a|b / 2:1|2"},
      {"nameless column in the middle", "a,,c\n1,2,3\n", "a||c / 2:1|2|3"},
      {"only a header", "a,b", "a|b"},
      {"spaces stay in cells, not in names", " a ,b\n 1 ,　2\n", "a|b / 2: 1 |　2"},
      {"formula escapes", "a,b\n'=1+1,''-x\n", "a|b / 2:=1+1|'-x"},
      {"apostrophes that escape nothing", "a\n'tis\n", "a / 2:'tis"}};
  for (const auto& c : cases) {
    const auto table = ReadCsv(c.bytes);
    ASSERT_OK(table) << c.name;
    EXPECT_EQ(Describe(*table), c.want) << c.name;
    EXPECT_TRUE(table->report().empty()) << c.name;
  }
}

TEST(CsvReaderTest, RefusesWithTheLine) {
  TableOptions options;
  options.limits.bytes = 60;
  options.limits.rows = 2;
  options.limits.columns = 3;
  options.limits.cell_characters = 5;
  const struct {
    const char* name;
    std::string bytes;
    ErrorReason reason;
    const char* en;
  } cases[] = {
      {"quote never closed", "a,b\n1,\"2\n3,4\n", error::v1::ERROR_REASON_FILE_REJECTED,
       "line 2: a quote"},
      {"quote closed too early", "a,b\n1,\"x\ny\"z\n", error::v1::ERROR_REASON_FILE_REJECTED,
       "line 3: text follows"},
      {"no header", "\n,,\n", error::v1::ERROR_REASON_FILE_REJECTED, "no header"},
      {"header of spaces", " ,　\n1,2\n", error::v1::ERROR_REASON_FILE_REJECTED, "no header"},
      {"not text", std::string("a\0", 2), error::v1::ERROR_REASON_FILE_REJECTED, "UTF-16"},
      {"rows", "a\n1\n2\n3\n", error::v1::ERROR_REASON_TOO_LARGE, "line 4: more than 2 rows"},
      {"columns", "a\n1,2,3,4\n", error::v1::ERROR_REASON_TOO_LARGE, "line 2: more than 3 columns"},
      {"cell", "a\n123456\n", error::v1::ERROR_REASON_TOO_LARGE, "more than 5 characters"},
      {"bytes", std::string(61, 'a'), error::v1::ERROR_REASON_TOO_LARGE,
       "61 bytes, want at most 60"}};
  for (const auto& c : cases) {
    const auto table = ReadCsv(c.bytes, options);
    EXPECT_THAT(table, StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr(c.en))) << c.name;
    EXPECT_EQ(ReasonOf(table.status()), c.reason) << c.name;
    EXPECT_THAT(std::string(table.status().message()), HasSubstr("content")) << c.name;
  }
  EXPECT_OK(ReadCsv("a\n髙橋髙橋髙\n", options)) << "characters, not bytes";
}

TEST(CsvReaderTest, ReportsRaggedRowsAndKeepsReading) {
  ASSERT_OK_AND_ASSIGN(const Table table, ReadCsv("a,b\n1\n1,2,\n1,2,,x\n3,4\n"));
  EXPECT_EQ(Describe(table), "a|b / 2:1| / 3:1|2 / 4:1|2 / 5:3|4");
  const auto violations = table.report().ToViolations();
  ASSERT_EQ(violations.size(), 2u);
  EXPECT_THAT(violations[0].en, HasSubstr("line 2: the line has 1 cells, want 2"));
  EXPECT_THAT(violations[1].en, HasSubstr("line 4: got 'x': the line has 4 cells, want 2"));
}

TEST(CsvReaderTest, FindsColumnsByAnyName) {
  ASSERT_OK_AND_ASSIGN(Table table,
                       ReadCsv("ﾌﾘｶﾞﾅ,氏　名,Ｅ－Ｍａｉｌ,部署,部 署\nア,イ,ウ,エ,オ\n"));
  EXPECT_EQ(table.FindColumn({"フリガナ"}), 0u);
  EXPECT_EQ(table.FindColumn({"名前", "氏名"}), 1u);
  EXPECT_EQ(table.FindColumn({"メールアドレス", "e-mail"}), 2u);
  EXPECT_EQ(table.FindColumn({"入社日"}), std::nullopt);
  EXPECT_EQ(table.Cell(0, table.FindColumn({"氏名"})), "イ");
  EXPECT_EQ(table.Cell(0, table.FindColumn({"入社日"})), "");
  EXPECT_EQ(table.RequireColumn({"入社日", "入社年月日"}), std::nullopt);
  table.Reject(0, 1, {"イ", "want more", "もっと"});
  const auto violations = table.report().ToViolations();
  ASSERT_EQ(violations.size(), 3u);
  EXPECT_EQ(violations[0].en,
            "line 1, column '部 署': the header has this column twice; want it once");
  EXPECT_THAT(violations[1].ja, HasSubstr("1行目「入社日」：列がありません"));
  EXPECT_EQ(violations[2].field, "content[2].氏　名");
}

TEST(CsvReaderTest, AnyBytesGiveATableOrAnError) {
  std::mt19937 random(20260401);
  constexpr std::string_view kPieces[] = {",",        "\"", "\n",   "\r",   "a",  "髙",
                                          "\x8E\x81", "'=", "\xFF", "\"\"", "𠮷", "\xEF\xBB\xBF"};
  size_t tables = 0;
  for (int round = 0; round < 20'000; ++round) {
    std::string bytes;
    for (size_t i = random() % 30; i > 0; --i) bytes += kPieces[random() % std::size(kPieces)];
    const auto table = ReadCsv(bytes);
    if (!table.ok()) {
      ASSERT_EQ(table.status().code(), absl::StatusCode::kInvalidArgument) << bytes;
      continue;
    }
    ++tables;
    for (size_t row = 0; row < table->row_count(); ++row) {
      ASSERT_LE(1, table->line(row));
      for (size_t i = 0; i < table->header().size(); ++i) table->Cell(row, i);
    }
  }
  EXPECT_GT(tables, 2000u) << "most files are refused: the test no longer reaches the parser";
}

}  // namespace
}  // namespace staraction
