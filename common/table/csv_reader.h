#ifndef STARACTION_COMMON_TABLE_CSV_READER_H_
#define STARACTION_COMMON_TABLE_CSV_READER_H_

#include <cstddef>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "common/table/table.h"

namespace staraction {

struct CsvLimits {
  size_t bytes = size_t{16} << 20;
  size_t rows = 200'000;  // Without the header.
  size_t columns = 200;
  size_t cell_characters = 32'768;  // What a spreadsheet's cell holds.
};

struct CsvOptions {
  CsvLimits limits;
  // The request's field that carries the file, for error texts.
  std::string field = "content";
  // Takes back the apostrophes that CsvWriter puts before formulas.
  bool unescape_formulas = true;
};

// Reads a CSV file: UTF-8 or CP932, lines ended by CRLF, LF or CR, cells in quotes with commas,
// line ends (which become LF) and doubled quotes. The first line with text is the header. Rows that
// do not fit the header are in the table's report. INVALID_ARGUMENT if the file cannot be read at
// all (FILE_REJECTED: other encoding, quotes that do not match; TOO_LARGE), with the line.
absl::StatusOr<Table> ReadCsv(std::string_view bytes, const CsvOptions& options = {});

}  // namespace staraction

#endif  // STARACTION_COMMON_TABLE_CSV_READER_H_
