#ifndef STARACTION_COMMON_TABLE_CSV_READER_H_
#define STARACTION_COMMON_TABLE_CSV_READER_H_

#include <string_view>

#include "absl/status/statusor.h"
#include "common/table/encoding.h"
#include "common/table/table.h"
#include "common/table/table_options.h"

namespace staraction {

// Reads a CSV file: UTF-8 or CP932, lines ended by CRLF, LF or CR, cells in quotes with commas,
// line ends (which become LF) and doubled quotes. The header is found by options.columns, without
// them it is the first line with text. Rows that do not fit the header are in the table's report.
// INVALID_ARGUMENT if the file cannot be read at all (FILE_REJECTED: other encoding, quotes that do
// not match, no header; TOO_LARGE), with the line. `encoding`, unless null, tells what it was in.
absl::StatusOr<Table> ReadCsv(std::string_view bytes, const TableOptions& options = {},
                              TextEncoding* encoding = nullptr);

}  // namespace staraction

#endif  // STARACTION_COMMON_TABLE_CSV_READER_H_
