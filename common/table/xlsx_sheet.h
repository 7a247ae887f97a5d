#ifndef STARACTION_COMMON_TABLE_XLSX_SHEET_H_
#define STARACTION_COMMON_TABLE_XLSX_SHEET_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "common/table/table_options.h"
#include "common/table/xlsx_format.h"
#include "common/table/xml_handler.h"

namespace staraction {

// What the cells of all sheets of a workbook refer to.
struct XlsxShared {
  std::vector<std::string> strings;
  std::vector<NumberFormat> formats;  // By the cell's style.
  bool since_1904 = false;
};

// A range of cells that shows as one, in rows and columns from 0. The text is that of its first.
struct XlsxMerge {
  uint32_t first_row = 0, last_row = 0;
  uint32_t first_column = 0, last_column = 0;
};

// The text of a sheet, packed: a cell costs its bytes and 12 more.
struct XlsxSheet {
  enum class Oddity : uint8_t { kNone, kError, kNoStoredValue };
  struct Cell {
    uint32_t end = 0;  // In `text`; it begins where the cell before ends.
    uint16_t column = 0;
    Oddity oddity = Oddity::kNone;
  };
  struct Row {
    uint32_t number = 0;  // From 0.
    uint32_t end = 0;     // In `cells`.
  };

  std::string text;
  std::vector<Cell> cells;  // Of every row by column.
  std::vector<Row> rows;    // With text, from top to bottom.
  std::vector<XlsxMerge> merges;

  size_t FirstCell(size_t row) const { return row == 0 ? 0 : rows[row - 1].end; }
  std::string_view Text(size_t cell) const {
    const size_t begin = cell == 0 ? 0 : cells[cell - 1].end;
    return std::string_view(text).substr(begin, cells[cell].end - begin);
  }
};

// Appends the text with line ends as LF and the escapes _x000D_ of spreadsheets undone.
void AppendXlsxText(std::string_view raw, std::string& out);

// Reads xl/worksheets/sheetN.xml. Cells are placed by their reference; without text they are none.
class XlsxSheetReader : public XmlHandler {
 public:
  // Stops, without an error, after `max_rows` rows with text.
  XlsxSheetReader(const XlsxShared& shared, const TableOptions& options, size_t max_rows);

  void OnStart(std::string_view name, const XmlAttributes& attributes) override;
  void OnEnd(std::string_view name) override;
  void OnText(std::string_view text) override;

  XlsxSheet& sheet() { return sheet_; }

 private:
  enum class Type : uint8_t { kNumber, kShared, kInline, kFormulaText, kBoolean, kError, kDay };

  void StartRow(const XmlAttributes& attributes);
  void StartCell(const XmlAttributes& attributes);
  void EndCell();
  void EndRow();
  void AddMerge(std::string_view reference);
  // The value as text; stops if it refers to nothing.
  std::string Value();

  const XlsxShared& shared_;
  const TableOptions& options_;
  const size_t max_rows_;
  XlsxSheet sheet_;

  int64_t row_ = -1;
  int64_t column_ = -1;
  Type type_ = Type::kNumber;
  size_t style_ = 0;
  bool formula_ = false;
  bool in_value_ = false;
  int phonetic_ = 0;  // Depth of readings, which are left out.
  std::string raw_;
};

// Reads xl/sharedStrings.xml.
class XlsxStringsReader : public XmlHandler {
 public:
  XlsxStringsReader(std::vector<std::string>& strings, const TableOptions& options)
      : strings_(strings), options_(options) {}

  void OnStart(std::string_view name, const XmlAttributes& attributes) override;
  void OnEnd(std::string_view name) override;
  void OnText(std::string_view text) override;

 private:
  std::vector<std::string>& strings_;
  const TableOptions& options_;
  size_t bytes_ = 0;
  bool in_text_ = false;
  int phonetic_ = 0;
  std::string raw_;
};

}  // namespace staraction

#endif  // STARACTION_COMMON_TABLE_XLSX_SHEET_H_
