#ifndef STARACTION_COMMON_TABLE_XLSX_WRITER_H_
#define STARACTION_COMMON_TABLE_XLSX_WRITER_H_

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"

namespace staraction {

// A formula in English notation ("MAX(J2:L2)") and the value that readers see who don't compute.
struct XlsxFormula {
  std::string text;
  double value = 0;
};

// Nothing, a text (never run as a formula, whatever it begins with), a number, a day, a formula.
using XlsxCell = std::variant<std::monostate, std::string, double, absl::CivilDay, XlsxFormula>;

struct XlsxColumn {
  std::string title;
  double width = 12;  // In characters of half width.
  bool wrap = false;  // Long texts go on in the next line of the cell.
  // What the cells' drop-down offers; other values are refused by the spreadsheet.
  std::vector<std::string> choices = {};
  // Colours (0xRRGGBB) of cells with this number.
  std::vector<std::pair<double, uint32_t>> colours = {};
  // Shaded, as nobody types there.
  bool computed = false;
  // Numbers are parts of 1, shown in per cent.
  bool percent = false;
};

struct XlsxSheetOptions {
  std::string title;                // At most 31 characters, none of []:*?/\ .
  std::vector<XlsxColumn> columns;  // At least one.
  int frozen_columns = 0;           // Stay in view beside the header, which always does.
  int spare_rows = 200;             // Below the last one, with drop-downs and colours, too.
  absl::Time created;               // The file says when it was made.
};

// Writes a workbook (.xlsx) with one sheet for people: header in line 1, frozen, filtered and
// repeated on every page, landscape on A4 and as wide as the page. Rows go to a temporary file as
// they come, so memory doesn't grow with them. Not thread-safe.
class XlsxWriter {
 public:
  explicit XlsxWriter(XlsxSheetOptions options);
  ~XlsxWriter();

  // Cells of one row by column; at most as many as columns.
  void AddRow(std::span<const XlsxCell> cells);

  // The file. INVALID_ARGUMENT if there was a text longer than a cell holds (32,767 characters) or
  // more rows than a sheet has; INTERNAL if the temporary file cannot be written.
  absl::StatusOr<std::string> Finish() &&;

  // Line (from 1, as formulas count) of the row that AddRow writes next.
  int next_line() const { return static_cast<int>(next_row_) + 1; }

 private:
  struct Book;

  void WriteHeader();
  void WriteCell(uint16_t column, const XlsxCell& cell);
  void AddRules();
  void AddChoices(uint16_t column, uint32_t last_row);

  const XlsxSheetOptions options_;
  std::unique_ptr<Book> book_;
  uint32_t next_row_ = 0;
  absl::Status status_;
};

// "A", …, "Z", "AA": the column's letters, for formulas.
std::string XlsxColumnName(size_t column);

}  // namespace staraction

#endif  // STARACTION_COMMON_TABLE_XLSX_WRITER_H_
