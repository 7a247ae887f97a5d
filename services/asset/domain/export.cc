#include "services/asset/domain/export.h"

#include <algorithm>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/base/date.h"
#include "common/table/csv_writer.h"
#include "common/table/xlsx_writer.h"

namespace staraction::asset::domain {
namespace {

using content::v1::AssetScheme;
using content::v1::ValueScale;

// Colours of the levels of importance, highest first.
constexpr uint32_t kColours[] = {0xFFC7CE, 0xFFEB9C};

// The letters of the columns that decide the importance.
struct ImportanceCells {
  std::vector<std::string> raising, values;
};

ImportanceCells FindImportanceCells(const std::vector<Column>& columns, const AssetScheme& scheme) {
  ImportanceCells cells;
  for (size_t i = 0; i < columns.size(); ++i) {
    const std::string& code = columns[i].code;
    const bool raises =
        std::any_of(scheme.flags().begin(), scheme.flags().end(),
                    [&code](const auto& flag) { return flag.code() == code && flag.raises(); });
    if (raises || code == "LIABILITY") cells.raising.push_back(XlsxColumnName(i));
    if (code == "CONFIDENTIALITY" || code == "INTEGRITY" || code == "AVAILABILITY") {
      cells.values.push_back(XlsxColumnName(i));
    }
  }
  return cells;
}

std::string ImportanceFormula(const ImportanceCells& cells, const ValueScale& scale, int line) {
  const auto at = [line](std::string* out, const std::string& column) {
    absl::StrAppend(out, column, line);
  };
  const std::string highest = absl::StrCat("MAX(", absl::StrJoin(cells.values, ",", at), ")");
  if (cells.raising.empty()) return highest;
  const std::string raised =
      absl::StrJoin(cells.raising, ",", [line](std::string* out, const std::string& column) {
        absl::StrAppend(out, column, line, "<>\"\"");
      });
  return absl::StrCat("IF(OR(", raised, "),", scale.levels(0).value(), ",", highest, ")");
}

XlsxCell CellOf(const Column& column, const std::string& text) {
  double number = 0;
  if (column.type == Column::Type::kNumber && absl::SimpleAtod(text, &number)) return number;
  if (column.type == Column::Type::kDate) {
    const auto day = ParseDate(text);
    // Spreadsheets know no day before 1900-03-01 that others agree on.
    if (day.ok() && *day >= absl::CivilDay(1900, 3, 1)) return *day;
  }
  return text;
}

XlsxSheetOptions SheetOptions(const std::vector<Column>& columns, const ValueScale& scale) {
  XlsxSheetOptions options;
  for (const Column& column : columns) {
    XlsxColumn& out = options.columns.emplace_back();
    out.title = column.title;
    out.width = column.width;
    out.wrap = column.wrap;
    out.choices = column.choices;
    out.computed = column.computed || column.code == kIdColumn;
    if (!column.computed) continue;
    for (size_t i = 0; i < std::size(kColours); ++i) {
      out.colours.emplace_back(scale.levels(static_cast<int>(i)).value(), kColours[i]);
    }
  }
  return options;
}

// The columns up to the name stay in view.
int FrozenColumns(const std::vector<Column>& columns) {
  const auto name = std::find_if(columns.begin(), columns.end(),
                                 [](const Column& column) { return column.code == "NAME"; });
  return name == columns.end() ? 0 : static_cast<int>(name - columns.begin()) + 1;
}

}  // namespace

absl::StatusOr<std::string> ExportCsv(const std::vector<Column>& columns, const Entries& entries) {
  CsvWriter writer(TextEncoding::kUtf8);
  std::vector<std::string> cells;
  for (const Column& column : columns) cells.push_back(column.title);
  writer.AddRow(cells);
  for (const auto* entry : entries) {
    for (size_t i = 0; i < columns.size(); ++i) cells[i] = columns[i].write(*entry);
    writer.AddRow(cells);
  }
  return std::move(writer).Finish();
}

absl::StatusOr<std::string> ExportXlsx(const std::vector<Column>& columns, const Entries& entries,
                                       const AssetScheme& scheme, const ValueScale& scale,
                                       const std::string& title, absl::Time now) {
  XlsxSheetOptions options = SheetOptions(columns, scale);
  options.title = title;
  options.created = now;
  options.frozen_columns = FrozenColumns(columns);
  XlsxWriter writer(std::move(options));
  const ImportanceCells importance = FindImportanceCells(columns, scheme);
  std::vector<XlsxCell> cells(columns.size());
  for (const auto* entry : entries) {
    for (size_t i = 0; i < columns.size(); ++i) {
      const std::string text = columns[i].write(*entry);
      cells[i] = CellOf(columns[i], text);
      if (!columns[i].computed) continue;
      double value = 0;
      if (!absl::SimpleAtod(text, &value)) value = 0;
      cells[i] = XlsxFormula{ImportanceFormula(importance, scale, writer.next_line()), value};
    }
    writer.AddRow(cells);
  }
  return std::move(writer).Finish();
}

}  // namespace staraction::asset::domain
