#include "common/table/table_file.h"

#include <utility>

#include "common/base/macros.h"
#include "common/table/csv_reader.h"
#include "common/table/encoding.h"
#include "common/table/xlsx_reader.h"

namespace staraction {
namespace {

constexpr std::string_view kZip = "PK\x03\x04";

}  // namespace

absl::StatusOr<TableFile> ReadTableFile(std::string_view bytes, const TableOptions& options) {
  if (bytes.starts_with(kZip)) {
    SA_ASSIGN_OR_RETURN(XlsxTable read, ReadXlsx(bytes, options));
    return TableFile{std::move(read.table), "XLSX", std::move(read.sheet),
                     std::move(read.other_sheets)};
  }
  TextEncoding encoding = TextEncoding::kUtf8;
  SA_ASSIGN_OR_RETURN(Table table, ReadCsv(bytes, options, &encoding));
  return TableFile{std::move(table), encoding == TextEncoding::kUtf8 ? "UTF-8" : "CP932", "", {}};
}

}  // namespace staraction
