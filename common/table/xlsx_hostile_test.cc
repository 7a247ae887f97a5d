// Files that want to harm, and files that are broken: each gives an error that says why.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "common/table/test_book.h"
#include "common/table/xlsx_reader.h"
#include "common/testing/status_matchers.h"

namespace staraction {
namespace {

using test::Book;
using test::BookParts;
using test::Parts;
using test::StatusIs;
using test::T;
using test::Zip;
using testing::HasSubstr;

Parts Good() {
  return BookParts({{"台帳", "<sheetData><row>" + T("A1", "a") + "</row></sheetData>"}});
}

std::string With(const std::string& part, const std::string& text) {
  Parts parts = Good();
  parts[part] = text;
  return Zip(parts);
}

std::string Without(const std::string& part) {
  Parts parts = Good();
  parts.erase(part);
  return Zip(parts);
}

std::string Repeat(const std::string& text, size_t times) {
  std::string out;
  out.reserve(text.size() * times);
  for (size_t i = 0; i < times; ++i) out += text;
  return out;
}

std::string Sheet(const std::string& rows) {
  return Book("<sheetData>" + rows + "</sheetData>");
}

constexpr char kLaughs[] =
    "<!DOCTYPE sst [<!ENTITY a 'lol'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'>]>"
    "<sst><si><t>&b;</t></si></sst>";
constexpr char kOutside[] =
    "<!DOCTYPE sst [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><sst><si><t>&a;</t></si></sst>";

TableOptions SmallLimits() {
  TableOptions options;
  options.limits.bytes = 1 << 20;
  options.limits.rows = 3;
  options.limits.columns = 4;
  options.limits.cell_characters = 5;
  options.limits.cells = 10;
  options.limits.text_bytes = 40;
  options.limits.sheets = 2;
  options.limits.unpacked_bytes = 8 << 20;
  return options;
}

TEST(XlsxHostileTest, TooMuch) {
  const std::string many_cells = Repeat("<row>" + T("", "x") + T("", "y") + "</row>", 7);
  const struct {
    const char* name;
    std::string bytes;
    const char* en;
  } cases[] = {
      {"file", std::string("PK\x03\x04") + std::string(1 << 20, ' '), "want at most 1048576"},
      {"bomb in a sheet", Book(std::string(9 << 20, ' ')), "unpacks to more than 8388608 bytes"},
      {"bomb in texts", With("xl/sharedStrings.xml", "<sst>" + std::string(9 << 20, ' ')),
       "unpacks to more than 8388608 bytes"},
      {"rows", Sheet(Repeat("<row>" + T("", "x") + "</row>", 5)), "more than 3 rows"},
      {"columns", Sheet("<row>" + T("E1", "x") + "</row>"), "line 1: more than 4 columns"},
      {"cell", Sheet("<row>" + T("A1", "123456") + "</row>"), "more than 5 characters"},
      {"cell without end", Sheet("<row>" + T("A1", std::string(1 << 20, 'x')) + "</row>"),
       "more than 5 characters"},
      {"shared text", With("xl/sharedStrings.xml", "<sst><si><t>123456</t></si></sst>"),
       "more than 5 characters"},
      {"cells", Sheet(many_cells), "more than 10 cells"},
      {"shared texts",
       With("xl/sharedStrings.xml", "<sst>" + Repeat("<si><t>12345</t></si>", 9) + "</sst>"),
       "more than 10 texts or 40 bytes"},
      {"sheets", Zip(BookParts({{"a", ""}, {"b", ""}, {"c", ""}})), "more than 2 sheets"}};
  for (const auto& c : cases) {
    const auto read = ReadXlsx(c.bytes, SmallLimits());
    EXPECT_THAT(read, StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr(c.en))) << c.name;
    EXPECT_EQ(ReasonOf(read.status()), error::v1::ERROR_REASON_TOO_LARGE) << c.name;
  }
}

TEST(XlsxHostileTest, OneTextManyTimes) {
  TableOptions options = SmallLimits();
  options.limits.cells = 1000;
  options.limits.rows = 1000;
  Parts parts = Good();
  parts["xl/sharedStrings.xml"] = "<sst><si><t>12345</t></si></sst>";
  parts["xl/worksheets/sheet1.xml"] = "<worksheet><sheetData>" +
                                      Repeat("<row><c t='s'><v>0</v></c></row>", 50) +
                                      "</sheetData></worksheet>";
  EXPECT_THAT(ReadXlsx(Zip(parts), options),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("40 bytes of text")));
}

TEST(XlsxHostileTest, TheRatioCountsBeyondWhatIsHarmless) {
  const std::string bytes = Book(std::string(40 << 20, ' '));
  ASSERT_LT(bytes.size(), 100'000u);
  EXPECT_THAT(ReadXlsx(bytes),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("unpacks to more than")));
}

TEST(XlsxHostileTest, Broken) {
  const std::string good = Zip(Good());
  const struct {
    const char* name;
    std::string bytes;
    const char* en;
  } cases[] = {
      {"empty", "", "no Excel workbook"},
      {"a beginning", "PK\x03\x04", "no workbook that can be opened"},
      {"cut off", good.substr(0, good.size() / 2), "no workbook that can be opened"},
      {"no archive", "hello", "no workbook that can be opened"},
      {"another archive", Zip({{"readme.txt", "hello"}}), "no Excel workbook"},
      {"a document",
       With("_rels/.rels",
            "<Relationships><Relationship Id='w' Type='x/officeDocument' "
            "Target='word/document.xml'/></Relationships>"),
       "no Excel workbook"},
      {"binary workbook",
       With("_rels/.rels",
            "<Relationships><Relationship Id='w' Type='x/officeDocument' "
            "Target='xl/workbook.bin'/></Relationships>"),
       "no Excel workbook"},
      {"no sheet's part", Without("xl/worksheets/sheet1.xml"), "no part xl/worksheets/sheet1.xml"},
      {"no relations", Without("xl/_rels/workbook.xml.rels"), "no part xl/_rels"},
      {"no texts", Without("xl/sharedStrings.xml"), "no part xl/sharedStrings.xml"},
      {"broken XML", With("xl/workbook.xml", "<workbook><sheets></workbook>"), "mismatched tag"},
      {"not UTF-8", Sheet("<row>" + T("A1", "\xFF") + "</row>"), "not well-formed"},
      {"entities", With("xl/sharedStrings.xml", kLaughs), "has a document type"},
      {"entities from outside", With("xl/sharedStrings.xml", kOutside), "has a document type"},
      {"no such text", Sheet("<row><c t='s'><v>9</v></c></row>"), "line 1 refers to no text"},
      {"negative text", Sheet("<row><c t='s'><v>-1</v></c></row>"), "line 1 refers to no text"},
      {"no number", Sheet("<row><c><v>3x</v></c></row>"), "line 1 has a number that is none"},
      {"rows backwards", Sheet("<row r='2'/><row r='1'/>"), "row 1 is out of order"},
      {"row zero", Sheet("<row r='0'/>"), "row 0 is out of order"},
      {"row beyond", Sheet("<row r='99999999999'/>"), "is out of order"},
      {"cells backwards", Sheet("<row>" + T("B1", "x") + T("A1", "y") + "</row>"),
       "cell A1 is out of order"},
      {"cell beyond", Sheet("<row>" + T("XFE1", "x") + "</row>"), "cell XFE1 is out of order"},
      {"cell without a row", Sheet(T("A1", "x")), "cell A1 is out of order"},
      {"merge backwards",
       Book("<sheetData><row>" + T("A1", "x") +
            "</row></sheetData><mergeCells><mergeCell ref='B2:A1'/></mergeCells>"),
       "merged cells B2:A1"},
      {"nothing in it", Sheet(""), "no sheet has a header line"},
      {"no sheets", Zip(BookParts({})), "no sheet has a header line"}};
  for (const auto& c : cases) {
    const auto read = ReadXlsx(c.bytes);
    EXPECT_THAT(read, StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr(c.en))) << c.name;
    EXPECT_EQ(ReasonOf(read.status()), error::v1::ERROR_REASON_FILE_REJECTED) << c.name;
  }
}

TEST(XlsxHostileTest, FormattedEmptyCellsCostNothing) {
  const std::string styled = Repeat("<row>" + Repeat("<c s='1'/>", 1000) + "</row>", 100);
  const auto read = ReadXlsx(Sheet("<row>" + T("A1", "a") + "</row>" + styled), SmallLimits());
  ASSERT_OK(read);
  EXPECT_EQ(read->table.row_count(), 0u);
}

TEST(XlsxHostileTest, HugeMergesCostNothing) {
  const auto read =
      ReadXlsx(Book("<sheetData><row>" + T("A1", "a") + "</row><row>" + T("A2", "x") +
                    "</row><row r='9'>" + T("A9", "y") + "</row></sheetData><mergeCells>" +
                    Repeat("<mergeCell ref='A2:XFD1048576'/>", 10'000) + "</mergeCells>"));
  ASSERT_OK(read);
  EXPECT_EQ(test::Describe(read->table), "a / 2:x / 9:y");
}

TEST(XlsxHostileTest, AnyDamageGivesATableOrAnError) {
  std::mt19937 random(20260401);
  Parts parts = BookParts({{"台帳", "<sheetData><row r='1'>" + T("A1", "a") + T("B1", "b") +
                                        "</row><row r='2'><c r='A2' t='s'><v>0</v></c>"
                                        "<c r='B2' s='1'><v>46268</v></c></row></sheetData>"
                                        "<mergeCells><mergeCell ref='A1:A2'/></mergeCells>"}});
  parts["xl/sharedStrings.xml"] = "<sst><si><t>x</t></si></sst>";
  const std::string good = Zip(parts);
  size_t tables = 0, errors = 0;
  for (int round = 0; round < 3000; ++round) {
    Parts damaged = parts;
    // Damage inside a part, and in the archive around it.
    auto part = damaged.begin();
    std::advance(part, static_cast<long>(random() % damaged.size()));
    for (size_t i = random() % 3; i > 0; --i) {
      part->second[random() % part->second.size()] = static_cast<char>(random() % 128);
    }
    std::string bytes = round % 2 == 0 ? Zip(damaged) : good;
    if (round % 2 == 1) bytes[random() % bytes.size()] = static_cast<char>(random() % 256);
    const auto read = ReadXlsx(bytes);
    read.ok() ? ++tables : ++errors;
    if (!read.ok()) {
      ASSERT_EQ(read.status().code(), absl::StatusCode::kInvalidArgument);
    }
  }
  EXPECT_GT(tables, 300u);
  EXPECT_GT(errors, 300u);
}

}  // namespace
}  // namespace staraction
