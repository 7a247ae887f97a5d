// A table as companies keep it: CSV or a workbook.

#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "common/table/table_file.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  staraction::TableOptions options;
  options.limits.rows = 1000;
  options.columns = {{{"氏名", "名前"}}, {{"媒体・保存先"}}};
  const auto file = staraction::ReadTableFile({reinterpret_cast<const char*>(data), size}, options);
  if (!file.ok()) return 0;
  const auto& table = file->table;
  size_t bytes = 0;
  for (size_t row = 0; row < table.row_count(); ++row) {
    for (size_t column = 0; column < table.header().size(); ++column) {
      bytes += table.Cell(row, column).size();
    }
    if (table.line(row) < 1) std::abort();
  }
  // Cells are never more than came, but for what a workbook's own compression saves.
  if (file->format != "XLSX" && bytes > 4 * size) std::abort();
  return 0;
}
