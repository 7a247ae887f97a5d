#include "common/table/xlsx_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/table/table_file.h"
#include "common/table/test_book.h"
#include "common/testing/status_matchers.h"

namespace staraction {
namespace {

using test::Book;
using test::BookParts;
using test::Describe;
using test::StatusIs;
using test::T;
using test::Zip;
using testing::ElementsAre;
using testing::HasSubstr;

std::string Read(const std::string& bytes, const TableOptions& options = {}) {
  const auto read = ReadXlsx(bytes, options);
  return read.ok() ? Describe(read->table) : read.status().ToString();
}

TEST(XlsxReaderTest, ReadsEveryKindOfCell) {
  auto parts = BookParts(
      {{"台帳",
        "<sheetData><row r='1'>" + T("A1", "a") + T("B1", "b") + T("C1", "c") + T("D1", "d") +
            "</row><row r='3'>"
            "<c r='A3' t='s'><v>0</v></c><c r='C3' t='s'><v>1</v></c><c r='D3'><v>3</v></c></row>"
            "<row><c t='b'><v>1</v></c><c t='b'><v>0</v></c><c s='1'><v>46268</v></c>"
            "<c s='2'><v>46268</v></c></row>"
            "<row r='9'><c r='B9'><f>MAX(D3,1)</f><v>3</v></c><c r='C9' t='str'><f>A3&amp;1</f>"
            "<v>x1</v></c><c r='D9' s='1'/></row>"
            "<row r='10'><c r='A10' t='str'><f>IF(1,\"\",1)</f><v></v></c>"
            "<c r='B10' t='d'><v>2026-09-03</v></c></row>"
            "<row r='11'><c r='D11' s='1'/></row></sheetData>"}});
  parts["xl/sharedStrings.xml"] =
      "<sst><si><t>東京</t><rPh sb='0' eb='2'><t>トウキョウ</t></rPh><phoneticPr fontId='1'/></si>"
      "<si><r><t xml:space='preserve'>太 </t></r><r><rPr><b/></rPr><t>字_x000D_\n𠮷</t></r></si>"
      "</sst>";
  parts["xl/styles.xml"] =
      "<styleSheet><numFmts><numFmt numFmtId='176' formatCode='[$-411]ggge\"年\"m\"月\"d\"日\"'/>"
      "</numFmts><cellStyleXfs><xf numFmtId='14'/></cellStyleXfs>"
      "<cellXfs><xf numFmtId='0'/><xf numFmtId='14'/><xf numFmtId='176'/></cellXfs></styleSheet>";
  EXPECT_EQ(Read(Zip(parts)),
            "a|b|c|d / 3:東京||太 字\n𠮷|3 / 4:TRUE|FALSE|2026-09-03|2026-09-03 / 9:|3|x1| / "
            "10:|2026-09-03||");
}

TEST(XlsxReaderTest, KnowsTheCountFrom1904AndPrefixes) {
  auto parts = BookParts({{"x", ""}}, "<workbookPr date1904='1'/>");
  parts["xl/styles.xml"] = "<styleSheet><cellXfs><xf numFmtId='14'/></cellXfs></styleSheet>";
  parts["xl/worksheets/sheet1.xml"] =
      "<x:worksheet xmlns:x='y'><x:sheetData><x:row><x:c t='inlineStr'><x:is><x:t>日</x:t></x:is>"
      "</x:c></x:row><x:row><x:c s='0'><x:v>44806</x:v></x:c></x:row></x:sheetData></x:worksheet>";
  EXPECT_EQ(Read(Zip(parts)), "日 / 2:2026-09-03");
}

TEST(XlsxReaderTest, FillsMergedCellsDownwards) {
  EXPECT_EQ(
      Read(Book("<sheetData><row r='1'>" + T("A1", "業務") + T("B1", "名称") + "</row><row r='2'>" +
                T("A2", "総務") + T("B2", "名簿") + "</row><row r='3'>" + T("B3", "給与") +
                "</row><row r='4'>" + T("B4", "契約") +
                "</row></sheetData><mergeCells><mergeCell ref='A2:A3'/>"
                "<mergeCell ref='A4:B4'/></mergeCells>")),
      "業務|名称 / 2:総務|名簿 / 3:総務|給与 / 4:|契約");
}

TEST(XlsxReaderTest, ChoosesTheSheetByItsHeader) {
  TableOptions options;
  options.columns = {{{"業務"}}, {{"名称"}}, {{"重要度"}, true}};
  const std::string how = "<sheetData><row>" + T("A1", "使い方") + "</row></sheetData>";
  const std::string list =
      "<sheetData><row>" + T("A1", "業務") + T("B1", "説明") + "</row></sheetData>";
  const std::string ledger = "<sheetData><row r='2'>" + T("A2", "業務") + T("B2", "名称") +
                             T("C2", "重要度") + "</row><row r='3'>" + T("A3", "総務") +
                             T("B3", "名簿") + "<c r='C3'><f>1</f><v></v></c></row><row r='4'>" +
                             "<c r='C4'><f>1</f><v>0</v></c></row></sheetData>";
  const std::string bytes = Zip(BookParts({{"1使い方", how}, {"2一覧", list}, {"3台帳", ledger}}));
  ASSERT_OK_AND_ASSIGN(const XlsxTable read, ReadXlsx(bytes, options));
  EXPECT_EQ(Describe(read.table), "業務|名称|重要度 / 3:総務|名簿|");
  EXPECT_TRUE(read.table.report().empty()) << "computed columns need no stored value";
  EXPECT_EQ(read.sheet, "3台帳");
  EXPECT_THAT(read.other_sheets, ElementsAre("1使い方", "2一覧"));

  options.sheet = "３台帳";
  EXPECT_EQ(Read(bytes, options), "業務|名称|重要度 / 3:総務|名簿|");
  options.sheet = "2一覧";
  EXPECT_THAT(ReadXlsx(bytes, options),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("no sheet has a header")));
  options.sheet = "台帳";
  EXPECT_THAT(ReadXlsx(bytes, options),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("no sheet '台帳'")));
}

TEST(XlsxReaderTest, ReportsErrorsOfFormulas) {
  ASSERT_OK_AND_ASSIGN(
      const XlsxTable read,
      ReadXlsx(Book("<sheetData><row>" + T("A1", "a") + T("B1", "b") +
                    "</row><row><c t='e'><f>1/0</f><v>#DIV/0!</v></c><c><f>NOW()</f></c></row>"
                    "</sheetData>")));
  const auto violations = read.table.report().ToViolations();
  ASSERT_EQ(violations.size(), 2u);
  EXPECT_EQ(violations[0].en,
            "line 2, column 'a': got '#DIV/0!': want a value, not a formula's error");
  EXPECT_THAT(violations[1].ja, HasSubstr("2行目「b」：数式の計算結果が保存されていません"));
}

TEST(XlsxReaderTest, FilesAreKnownByTheirContent) {
  const std::string book = Book("<sheetData><row>" + T("A1", "a") + "</row></sheetData>");
  const struct {
    std::string bytes;
    const char* want;
  } cases[] = {{book, "XLSX"}, {"a,b\n", "UTF-8"}, {"\x8E\x81,b\n", "CP932"}};
  for (const auto& c : cases) {
    const auto file = ReadTableFile(c.bytes);
    ASSERT_OK(file);
    EXPECT_EQ(file->format, c.want);
  }
  EXPECT_THAT(ReadTableFile("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("old or protected workbook")));
}

TEST(XlsxReaderTest, UndoesEscapes) {
  const struct {
    const char* raw;
    const char* want;
  } cases[] = {{"a_x000D_\nb", "a\nb"},
               {"_x005F_x0041_", "_x0041_"},
               {"_x0041_", "A"},
               {"_x00", "_x00"},
               {"_x0000_", "_x0000_"},
               {"_xD842_", "_xD842_"},
               {"_", "_"},
               {"_xZZZZ_", "_xZZZZ_"},
               {"\r\r\n", "\n\n"}};
  for (const auto& c : cases) {
    EXPECT_EQ(Read(Book("<sheetData><row>" + T("A1", "h") + "</row><row><c t='inlineStr'><is><t>" +
                        std::string(c.raw) + "</t></is></c></row></sheetData>")),
              absl::StrCat("h / 2:", std::string(c.raw) == "\r\r\n" ? "\n\n" : c.want))
        << c.raw;
  }
}

}  // namespace
}  // namespace staraction
