#ifndef STARACTION_COMMON_TABLE_CSV_WRITER_H_
#define STARACTION_COMMON_TABLE_CSV_WRITER_H_

#include <span>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/table/encoding.h"
#include "common/table/row_report.h"

namespace staraction {

// Writes a CSV file as Excel opens it by double click: UTF-8 with byte order mark or CP932, CRLF,
// quotes where needed, formulas made harmless (formula.h). Not thread-safe.
class CsvWriter {
 public:
  explicit CsvWriter(TextEncoding encoding);

  // The first row is the header.
  void AddRow(std::span<const std::string> cells);

  // The file. INVALID_ARGUMENT if there were characters that the encoding lacks, with row (the
  // header is 1), column and character of each: they are never replaced in silence.
  absl::StatusOr<std::string> Finish() &&;

 private:
  void AddCell(const std::string& cell, size_t column);

  const TextEncoding encoding_;
  std::vector<std::string> header_;
  int rows_ = 0;
  std::string bytes_;
  RowReport report_;
};

}  // namespace staraction

#endif  // STARACTION_COMMON_TABLE_CSV_WRITER_H_
