#ifndef STARACTION_COMMON_TABLE_XLSX_WORKBOOK_H_
#define STARACTION_COMMON_TABLE_XLSX_WORKBOOK_H_

#include <map>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/table/xlsx_package.h"
#include "common/table/xlsx_sheet.h"

namespace staraction {

struct XlsxWorkbook {
  struct Sheet {
    std::string title;
    std::string part;
  };
  std::vector<Sheet> sheets;  // Without charts, in the workbook's order.
  XlsxShared shared;
};

// Finds the sheets by the package's relations, and reads what their cells refer to.
absl::StatusOr<XlsxWorkbook> ReadWorkbook(XlsxPackage& package, const TableOptions& options);

}  // namespace staraction

#endif  // STARACTION_COMMON_TABLE_XLSX_WORKBOOK_H_
