#ifndef STARACTION_COMMON_TABLE_TABLE_FILE_H_
#define STARACTION_COMMON_TABLE_TABLE_FILE_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "common/table/table.h"
#include "common/table/table_options.h"

namespace staraction {

struct TableFile {
  Table table;
  std::string format;  // "UTF-8", "CP932" or "XLSX".
  std::string sheet;   // Of a workbook: which one was read, and which were not.
  std::vector<std::string> other_sheets;
};

// Reads a table from a file of any kind that companies have, recognised by its content: CSV
// (csv_reader.h) or a workbook (xlsx_reader.h). Errors as these.
absl::StatusOr<TableFile> ReadTableFile(std::string_view bytes, const TableOptions& options = {});

}  // namespace staraction

#endif  // STARACTION_COMMON_TABLE_TABLE_FILE_H_
