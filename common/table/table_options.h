#ifndef STARACTION_COMMON_TABLE_TABLE_OPTIONS_H_
#define STARACTION_COMMON_TABLE_TABLE_OPTIONS_H_

#include <cstddef>
#include <string>
#include <vector>

namespace staraction {

// What is refused with TOO_LARGE. Files come from outside, so each limit holds before the memory
// behind it is taken.
struct TableLimits {
  size_t bytes = size_t{16} << 20;
  size_t rows = 200'000;  // Without the header.
  size_t columns = 200;
  size_t cell_characters = 32'768;  // What a spreadsheet's cell holds.

  // Of workbooks, which are packed: all that is unpacked, and how many times larger than the file
  // that may be (a packed file that unpacks to 16 MiB is harmless whatever its ratio).
  size_t unpacked_bytes = size_t{256} << 20;
  size_t unpacked_ratio = 200;
  size_t sheets = 100;
  size_t cells = 4'000'000;              // With text, of one sheet.
  size_t text_bytes = size_t{64} << 20;  // Of one sheet; shared texts count where they are used.
};

// A column that the reader's caller knows.
struct ColumnNames {
  std::vector<std::string> names;  // The first is the one that error texts use.
  // Made by a formula and never read: errors in it, or formulas without a stored value, don't
  // matter.
  bool computed = false;
};

struct TableOptions {
  TableLimits limits;
  // The request's field that carries the file, for error texts.
  std::string field = "content";
  // Of CSV: takes back the apostrophes that CsvWriter puts before formulas.
  bool unescape_formulas = true;
  // By these the header is found (header_finder.h). Without them it is the first line with text.
  std::vector<ColumnNames> columns;
  // Of workbooks: the sheet to read. Empty: the one whose header has most of the columns.
  std::string sheet;
};

}  // namespace staraction

#endif  // STARACTION_COMMON_TABLE_TABLE_OPTIONS_H_
