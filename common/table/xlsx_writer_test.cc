#include "common/table/xlsx_writer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <ctime>
#include <random>

#include "common/base/utf8.h"
#include "common/table/test_book.h"
#include "common/table/xlsx_package.h"
#include "common/table/xlsx_reader.h"
#include "common/testing/status_matchers.h"

namespace staraction {
namespace {

using test::Describe;
using test::StatusIs;
using testing::AllOf;
using testing::HasSubstr;

XlsxSheetOptions TwoColumns() {
  XlsxSheetOptions options;
  options.title = "台帳";
  options.columns = {{.title = "名称"}, {.title = "値"}};
  options.created = absl::FromUnixSeconds(1'790'000'000);
  return options;
}

// The elements of a part, as "name attribute=value …", one a line.
std::string Elements(const std::string& bytes, const std::string& part) {
  class Lister : public XmlHandler {
   public:
    void OnStart(std::string_view name, const XmlAttributes& attributes) override {
      absl::StrAppend(&text, "\n", ToAbsl(name));
      for (const char* key :
           {"ref", "sqref", "type", "state", "ySplit", "xSplit", "name", "formatCode"}) {
        const std::string_view value = attributes.Get(key);
        if (!value.empty()) absl::StrAppend(&text, " ", key, "=", ToAbsl(value));
      }
    }
    void OnEnd(std::string_view /*name*/) override {}
    void OnText(std::string_view more) override { absl::StrAppend(&text, " ", ToAbsl(more)); }
    std::string text;
  } lister;
  const TableOptions options;
  auto package = XlsxPackage::Open(bytes, options);
  EXPECT_OK(package);
  EXPECT_OK(package->Parse(part, lister));
  return lister.text;
}

TEST(XlsxWriterTest, WritesWhatPeopleNeed) {
  XlsxSheetOptions options = TwoColumns();
  options.frozen_columns = 1;
  options.spare_rows = 10;
  options.columns[1].choices = {"3", "2", "1"};
  options.columns.push_back({.title = "重要度", .colours = {{3, 0xFFC7CE}}, .computed = true});
  options.columns.push_back({.title = "登録日"});
  XlsxWriter writer(options);
  EXPECT_EQ(writer.next_line(), 2);
  writer.AddRow(
      std::vector<XlsxCell>{"=1+1", 3.0, XlsxFormula{"MAX(B2:B2)", 3}, absl::CivilDay(2026, 9, 3)});
  ASSERT_OK_AND_ASSIGN(const std::string bytes, std::move(writer).Finish());
  ASSERT_OK_AND_ASSIGN(const XlsxTable read, ReadXlsx(bytes));
  EXPECT_EQ(Describe(read.table), "名称|値|重要度|登録日 / 2:=1+1|3|3|2026-09-03");
  EXPECT_EQ(read.sheet, "台帳");
  EXPECT_THAT(
      Elements(bytes, "xl/worksheets/sheet1.xml"),
      AllOf(HasSubstr("pane state=frozen ySplit=1 xSplit=1"), HasSubstr("autoFilter ref=A1:D2"),
            HasSubstr("dataValidation sqref=B2:B12 type=list\nformula1 \"3,2,1\""),
            HasSubstr("conditionalFormatting sqref=C2:C12"), HasSubstr("f MAX(B2:B2)")));
  EXPECT_THAT(Elements(bytes, "xl/workbook.xml"),
              HasSubstr("definedName name=_xlnm.Print_Titles '台帳'!$1:$1"));
}

TEST(XlsxWriterTest, SharesAreNumbersShownInPerCent) {
  XlsxSheetOptions options = TwoColumns();
  options.columns[1].percent = true;
  XlsxWriter writer(options);
  writer.AddRow(std::vector<XlsxCell>{"研修完了率", 0.2212});
  ASSERT_OK_AND_ASSIGN(const std::string bytes, std::move(writer).Finish());
  EXPECT_THAT(Elements(bytes, "xl/styles.xml"), HasSubstr("numFmt formatCode=0.0%"));
  ASSERT_OK_AND_ASSIGN(const XlsxTable read, ReadXlsx(bytes));
  EXPECT_EQ(Describe(read.table), "名称|値 / 2:研修完了率|0.2212");
}

TEST(XlsxWriterTest, LongListsStandOnASheetOfTheirOwn) {
  XlsxSheetOptions options = TwoColumns();
  for (int i = 0; i < 60; ++i) options.columns[0].choices.push_back(absl::StrCat("選択肢", i));
  options.columns[1].choices = {"a,b", "c"};
  XlsxWriter writer(options);
  writer.AddRow(std::vector<XlsxCell>{"選択肢1", "a,b"});
  ASSERT_OK_AND_ASSIGN(const std::string bytes, std::move(writer).Finish());
  EXPECT_THAT(
      Elements(bytes, "xl/worksheets/sheet1.xml"),
      AllOf(HasSubstr("formula1 '選択肢'!$A$1:$BH$1"), HasSubstr("formula1 '選択肢'!$A$2:$B$2")));
  EXPECT_THAT(Elements(bytes, "xl/worksheets/sheet2.xml"), HasSubstr("選択肢59"));
}

TEST(XlsxWriterTest, RefusesTooLongTexts) {
  XlsxWriter writer(TwoColumns());
  writer.AddRow(std::vector<XlsxCell>{std::string(32'768, 'x')});
  EXPECT_THAT(std::move(writer).Finish(),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("rows[2].名称")));
}

TEST(XlsxWriterTest, NamesColumns) {
  EXPECT_EQ(XlsxColumnName(0), "A");
  EXPECT_EQ(XlsxColumnName(25), "Z");
  EXPECT_EQ(XlsxColumnName(26), "AA");
  EXPECT_EQ(XlsxColumnName(16'383), "XFD");
}

std::string RandomText(std::mt19937& random) {
  constexpr std::string_view kPieces[] = {
      "a", "髙", "𠮷", "辻\U000E0100", "ﾊﾟ", "\n",      "\"",  ",",         "=",
      "+", "-",  "@",  "＝",           "_x", "_x0041_", "'",   "<&>",       "]]>",
      " ", "　", "0",  "1e5",          "%",  "\\",      "_x1", "_x005F_xz", "\t"};
  std::string text;
  for (size_t i = random() % 8; i > 0; --i) text += kPieces[random() % std::size(kPieces)];
  return text;
}

TEST(XlsxWriterTest, RandomTablesComeBack) {
  std::mt19937 random(20260401);
  for (int round = 0; round < 60; ++round) {
    XlsxSheetOptions options = TwoColumns();
    options.columns.push_back({.title = "三"});
    XlsxWriter writer(options);
    std::vector<std::vector<std::string>> want;
    for (size_t i = random() % 40; i > 0; --i) {
      std::vector<std::string> row{"行" + RandomText(random), RandomText(random),
                                   RandomText(random)};
      writer.AddRow(std::vector<XlsxCell>(row.begin(), row.end()));
      want.push_back(std::move(row));
    }
    ASSERT_OK_AND_ASSIGN(const std::string bytes, std::move(writer).Finish());
    ASSERT_OK_AND_ASSIGN(const XlsxTable read, ReadXlsx(bytes));
    ASSERT_EQ(read.table.row_count(), want.size());
    for (size_t row = 0; row < want.size(); ++row) {
      EXPECT_EQ(read.table.line(row), static_cast<int>(row) + 2);
      for (size_t i = 0; i < 3; ++i) EXPECT_EQ(read.table.Cell(row, i), want[row][i]);
    }
  }
}

// Processor time, so that a busy machine doesn't matter: the limits are far above what it takes.
TEST(XlsxWriterTest, AHundredThousandRowsAreAMatterOfSeconds) {
  XlsxSheetOptions options = TwoColumns();
  options.columns.resize(10, {.title = "列"});
  for (size_t i = 2; i < 10; ++i) options.columns[i].title = absl::StrCat("列", i);
  const auto seconds = [] { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; };
  const double start = seconds();
  XlsxWriter writer(options);
  for (int row = 0; row < 100'000; ++row) {
    std::vector<XlsxCell> cells;
    cells.reserve(10);
    for (int i = 0; i < 7; ++i) cells.emplace_back(absl::StrCat("情報資産", row % 977, "-", i));
    cells.emplace_back(static_cast<double>(row % 3 + 1));
    cells.emplace_back(XlsxFormula{"MAX(H2:H2)", 3});
    cells.emplace_back(absl::CivilDay(2026, 9, 3));
    writer.AddRow(cells);
  }
  ASSERT_OK_AND_ASSIGN(const std::string bytes, std::move(writer).Finish());
  const double written = seconds();
  ASSERT_OK_AND_ASSIGN(const XlsxTable read, ReadXlsx(bytes));
  const double done = seconds();
  EXPECT_EQ(read.table.row_count(), 100'000u);
  EXPECT_EQ(read.table.Cell(99'999, 9), "2026-09-03");
  EXPECT_LT(written - start, 12);
  EXPECT_LT(done - written, 6);
  RecordProperty("write_ms", static_cast<int>((written - start) * 1000));
  RecordProperty("read_ms", static_cast<int>((done - written) * 1000));
  std::printf("100,000 x 10: out %.2f s, in %.2f s, %zu bytes\n", written - start, done - written,
              bytes.size());
}

}  // namespace
}  // namespace staraction
