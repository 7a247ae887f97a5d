#include "common/table/xlsx_reader.h"

#include <algorithm>
#include <limits>
#include <map>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/macros.h"
#include "common/base/text.h"
#include "common/table/header_finder.h"
#include "common/table/xlsx_package.h"
#include "common/table/xlsx_workbook.h"

namespace staraction {
namespace {

using Header = HeaderFinder::Header;

constexpr size_t kAllRows = std::numeric_limits<size_t>::max();

absl::StatusOr<XlsxSheet> ReadSheet(XlsxPackage& package, const XlsxWorkbook& workbook,
                                    size_t index, const TableOptions& options, size_t max_rows) {
  XlsxSheetReader reader(workbook.shared, options, max_rows);
  SA_RETURN_IF_ERROR(package.Parse(workbook.sheets[index].part, reader));
  return std::move(reader.sheet());
}

// The row's cells at their places.
HeaderFinder::Cells CellsOf(const XlsxSheet& sheet, size_t row) {
  HeaderFinder::Cells cells;
  for (size_t i = sheet.FirstCell(row); i < sheet.rows[row].end; ++i) {
    cells.resize(sheet.cells[i].column + size_t{1});
    cells.back() = sheet.Text(i);
  }
  return cells;
}

std::optional<Header> FindHeader(const XlsxSheet& sheet, const TableOptions& options) {
  std::vector<HeaderFinder::Cells> lines;
  for (size_t i = 0; i < std::min(sheet.rows.size(), HeaderFinder::kLines); ++i) {
    lines.push_back(CellsOf(sheet, i));
  }
  if (!options.columns.empty()) return HeaderFinder(options.columns).Find(lines);
  if (lines.empty()) return std::nullopt;
  return Header{.first = 0, .rows = 1, .names = lines[0], .score = lines[0].size()};
}

struct Choice {
  size_t sheet = 0;
  std::optional<Header> header;
};

absl::StatusOr<Choice> ChooseSheet(XlsxPackage& package, const XlsxWorkbook& workbook,
                                   const TableOptions& options) {
  Choice best;
  bool found = false;
  for (size_t i = 0; i < workbook.sheets.size(); ++i) {
    const bool wanted = options.sheet.empty() ||
                        FoldForSearch(workbook.sheets[i].title) == FoldForSearch(options.sheet);
    if (!wanted) continue;
    found = true;
    SA_ASSIGN_OR_RETURN(const XlsxSheet head,
                        ReadSheet(package, workbook, i, options, HeaderFinder::kLines));
    auto header = FindHeader(head, options);
    if (!header) continue;
    const bool better = !best.header || header->score > best.header->score;
    // Without columns to look for, the first sheet with text is it.
    if (better && (!best.header || !options.columns.empty())) best = {i, std::move(header)};
  }
  if (best.header) return best;
  if (!found && !options.sheet.empty()) {
    return RejectFile(options, absl::StrCat("the workbook has no sheet '", options.sheet, "'"),
                      absl::StrCat("「", options.sheet, "」というシートがありません"));
  }
  constexpr size_t kShown = 6;
  std::string wanted;
  for (size_t i = 0; i < std::min(options.columns.size(), kShown); ++i) {
    absl::StrAppend(&wanted, wanted.empty() ? "" : "、", options.columns[i].names.front());
  }
  return RejectFile(options,
                    absl::StrCat("no sheet has a header line with columns such as ", wanted),
                    absl::StrCat("見出し行（", wanted, " など）のあるシートが見つかりません"));
}

// Texts of cells that are merged downwards, for the rows below the first. Rows are asked for from
// top to bottom.
class Merged {
 public:
  explicit Merged(XlsxSheet& sheet) : sheet_(sheet) {
    auto& merges = sheet.merges;
    std::erase_if(merges, [](const XlsxMerge& m) { return m.first_row == m.last_row; });
    std::sort(merges.begin(), merges.end(),
              [](const auto& a, const auto& b) { return a.first_row < b.first_row; });
  }

  // Remembers what begins in this row, and fills what goes on in it.
  void Apply(uint32_t row, HeaderFinder::Cells& cells) {
    while (next_ < sheet_.merges.size() && sheet_.merges[next_].first_row <= row) {
      const XlsxMerge& merge = sheet_.merges[next_++];
      const size_t column = merge.first_column;
      const bool starts = merge.first_row == row && column < cells.size();
      if (starts && !cells[column].empty()) open_[column] = {merge.last_row, cells[column]};
    }
    for (auto& [column, text] : open_) {
      if (text.first >= row && column < cells.size() && cells[column].empty()) {
        cells[column] = text.second;
      }
    }
  }

 private:
  XlsxSheet& sheet_;
  size_t next_ = 0;
  std::map<size_t, std::pair<uint32_t, std::string>> open_;  // column → last row, text
};

void ReportOddities(const XlsxSheet& sheet, size_t row, const TableOptions& options,
                    const std::vector<bool>& computed, Table& table) {
  for (size_t i = sheet.FirstCell(row); i < sheet.rows[row].end; ++i) {
    const XlsxSheet::Cell& cell = sheet.cells[i];
    if (cell.oddity == XlsxSheet::Oddity::kNone || cell.column >= table.header().size()) continue;
    const bool unknown = !options.columns.empty() && table.header()[cell.column].empty();
    if (computed[cell.column] || unknown) continue;
    const int line = static_cast<int>(sheet.rows[row].number + 1);
    if (cell.oddity == XlsxSheet::Oddity::kError) {
      table.report().Add(line, table.header()[cell.column],
                         {std::string(sheet.Text(i)), "want a value, not a formula's error",
                          "数式のエラーです。値を入力してください"});
    } else {
      table.report().Add(line, table.header()[cell.column],
                         {"", "the formula has no stored value; open the file and save it again",
                          "数式の計算結果が保存されていません。表計算ソフトで開いて保存し直して"
                          "ください"});
    }
  }
}

// Columns whose formulas don't matter: the computed ones, and those that the caller doesn't know.
std::vector<bool> ComputedColumns(const Table& table, const TableOptions& options) {
  const HeaderFinder finder(options.columns);
  std::vector<bool> computed;
  for (const std::string& name : table.header()) {
    const ColumnNames* column = finder.ColumnOf(name);
    computed.push_back(!options.columns.empty() && (column == nullptr || column->computed));
  }
  return computed;
}

absl::Status Fill(XlsxSheet& sheet, const Header& header, const TableOptions& options,
                  Table& table) {
  size_t row = header.first;
  table.SetHeader(static_cast<int>(sheet.rows[row].number + 1), header.names);
  const std::vector<bool> computed = ComputedColumns(table, options);
  Merged merged(sheet);
  HeaderFinder::Cells cells;
  for (row += header.rows; row < sheet.rows.size(); ++row) {
    cells.assign(table.header().size(), "");
    bool has_text = false;
    for (size_t i = sheet.FirstCell(row); i < sheet.rows[row].end; ++i) {
      const size_t column = sheet.cells[i].column;
      if (column >= cells.size()) continue;
      cells[column] = sheet.Text(i);
      // Formulas are often filled down far below the last entry.
      has_text = has_text || (!cells[column].empty() && !computed[column]);
    }
    if (!has_text) continue;
    if (table.row_count() == options.limits.rows) {
      return FileTooLarge(options, absl::StrCat("more than ", options.limits.rows, " rows"),
                          absl::StrCat("行数が", options.limits.rows, "を超えています"));
    }
    merged.Apply(sheet.rows[row].number, cells);
    table.AddRow(static_cast<int>(sheet.rows[row].number + 1), cells);
    ReportOddities(sheet, row, options, computed, table);
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<XlsxTable> ReadXlsx(std::string_view bytes, const TableOptions& options) {
  SA_ASSIGN_OR_RETURN(XlsxPackage package, XlsxPackage::Open(bytes, options));
  SA_ASSIGN_OR_RETURN(const XlsxWorkbook workbook, ReadWorkbook(package, options));
  SA_ASSIGN_OR_RETURN(const Choice choice, ChooseSheet(package, workbook, options));
  SA_ASSIGN_OR_RETURN(XlsxSheet sheet,
                      ReadSheet(package, workbook, choice.sheet, options, kAllRows));
  XlsxTable out{Table(options.field), workbook.sheets[choice.sheet].title, {}};
  for (size_t i = 0; i < workbook.sheets.size(); ++i) {
    if (i != choice.sheet) out.other_sheets.push_back(workbook.sheets[i].title);
  }
  SA_RETURN_IF_ERROR(Fill(sheet, *choice.header, options, out.table));
  return out;
}

}  // namespace staraction
