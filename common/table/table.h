#ifndef STARACTION_COMMON_TABLE_TABLE_H_
#define STARACTION_COMMON_TABLE_TABLE_H_

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "common/base/parsed.h"
#include "common/table/row_report.h"

namespace staraction {

// A file as a header and rows of text, wherever it came from, together with the report of what is
// wrong in it. Text is UTF-8 as it came: normalising it is the importer's business, since it
// depends on the column. Compact: a cell costs its bytes and 8 more.
class Table {
 public:
  // `field` as in RowReport.
  explicit Table(std::string field) : report_(std::move(field)) {}

  const std::vector<std::string>& header() const { return header_; }
  size_t row_count() const { return lines_.size(); }

  // The line of the file (from 1) on which the row begins.
  int line(size_t row) const { return lines_[row]; }

  // The cell's text; empty for a column that the file does not have. Valid until AddRow.
  std::string_view Cell(size_t row, std::optional<size_t> column) const;

  // The column with one of these names, whatever their width, case and spaces; the first if there
  // are several.
  std::optional<size_t> FindColumn(std::initializer_list<std::string_view> names) const;

  std::optional<size_t> FindColumn(std::span<const std::string> names) const;

  // The first one again; a missing column is reported by the first of the names.
  std::optional<size_t> RequireColumn(std::initializer_list<std::string_view> names);

  // Reports a cell.
  void Reject(size_t row, size_t column, Problem problem);

  RowReport& report() { return report_; }
  const RowReport& report() const { return report_; }

  // For readers of files. The header comes first; names at its end that are empty are dropped, and
  // names that occur twice reported. Rows without any text are skipped. A row with too few cells
  // is reported and filled up; one with text behind the last column is reported and cut.
  void SetHeader(int line, std::span<const std::string> names);
  void AddRow(int line, std::span<const std::string> cells);

 private:
  std::vector<std::string> header_;
  std::vector<std::string> keys_;  // Of the header, folded for comparison.
  int header_line_ = 0;
  std::vector<int> lines_;
  std::string text_;               // Of all cells, one behind the other.
  std::vector<uint64_t> ends_{0};  // Where cell i ends and cell i + 1 begins, row by row.
  RowReport report_;
};

}  // namespace staraction

#endif  // STARACTION_COMMON_TABLE_TABLE_H_
