#ifndef STARACTION_COMMON_TABLE_XLSX_READER_H_
#define STARACTION_COMMON_TABLE_XLSX_READER_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "common/table/table.h"
#include "common/table/table_options.h"

namespace staraction {

struct XlsxTable {
  Table table;
  std::string sheet;
  std::vector<std::string> other_sheets;  // In the workbook's order.
};

// Reads a sheet of a workbook (.xlsx, .xlsm) as companies keep it: titles above the header, a
// header of one row or two, other sheets beside it (the sheet is options.sheet, or the one whose
// header names most of options.columns). Text is as CSV has it: numbers and dates as FormatSerial
// writes them (era dates are dates), TRUE and FALSE, line ends as LF, no readings; of formulas the
// stored values. Cells that are merged downwards have their text in each of their rows; lines are
// the sheet's rows. Cells to the right of the header are no part of the table.
//
// In the table's report: errors such as #REF! and formulas without a stored value, in any column
// that isn't said to be computed. INVALID_ARGUMENT if the file cannot be read at all
// (FILE_REJECTED: damaged, protected, no such sheet, no header; TOO_LARGE).
absl::StatusOr<XlsxTable> ReadXlsx(std::string_view bytes, const TableOptions& options = {});

}  // namespace staraction

#endif  // STARACTION_COMMON_TABLE_XLSX_READER_H_
