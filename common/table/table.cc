#include "common/table/table.h"

#include <algorithm>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/text.h"

namespace staraction {
namespace {

bool IsBlank(std::span<const std::string> cells) {
  return std::all_of(cells.begin(), cells.end(), [](const std::string& c) { return c.empty(); });
}

Problem TooFew(size_t got, size_t want) {
  return {"", absl::StrCat("the line has ", got, " cells, want ", want, " as in the header"),
          absl::StrCat("列が", got, "個しかありません。見出しと同じ", want, "個にしてください")};
}

Problem TooMany(const std::string& came, size_t got, size_t want) {
  return {came,
          absl::StrCat("the line has ", got, " cells, want ", want,
                       " as in the header (put texts with commas in quotes)"),
          absl::StrCat("列が", got, "個あります。見出しと同じ", want,
                       "個にしてください（カンマを含む文字は\"で囲みます）")};
}

}  // namespace

std::string_view Table::Cell(size_t row, std::optional<size_t> column) const {
  if (!column) return {};
  const size_t index = row * header_.size() + *column;
  return std::string_view(text_).substr(ends_[index], ends_[index + 1] - ends_[index]);
}

std::optional<size_t> Table::FindColumn(std::initializer_list<std::string_view> names) const {
  for (const std::string_view name : names) {
    const auto found = std::find(keys_.begin(), keys_.end(), FoldForSearch(name));
    if (found != keys_.end()) return static_cast<size_t>(found - keys_.begin());
  }
  return std::nullopt;
}

std::optional<size_t> Table::FindColumn(std::span<const std::string> names) const {
  for (const std::string& name : names) {
    if (const auto found = FindColumn({std::string_view(name)})) return found;
  }
  return std::nullopt;
}

std::optional<size_t> Table::RequireColumn(std::initializer_list<std::string_view> names) {
  const auto column = FindColumn(names);
  if (!column) {
    report_.Add(header_line_, std::string(*names.begin()),
                {"", "the column is missing; want it in the header line",
                 "列がありません。見出し行にこの列を入れてください"});
  }
  return column;
}

void Table::Reject(size_t row, size_t column, Problem problem) {
  report_.Add(line(row), header_[column], std::move(problem));
}

void Table::SetHeader(int line, std::span<const std::string> names) {
  while (!names.empty() && FoldForSearch(names.back()).empty()) {
    names = names.first(names.size() - 1);
  }
  header_line_ = line;
  std::set<std::string> seen;
  for (const std::string& name : names) {
    header_.push_back(NormalizeName(name));
    keys_.push_back(FoldForSearch(name));
    if (keys_.back().empty() || seen.insert(keys_.back()).second) continue;
    report_.Add(line, header_.back(),
                {"", "the header has this column twice; want it once",
                 "見出しに同じ列が2つあります。1つにしてください"});
  }
}

void Table::AddRow(int line, std::span<const std::string> cells) {
  if (IsBlank(cells)) return;
  const size_t columns = header_.size();
  if (cells.size() < columns) report_.Add(line, "", TooFew(cells.size(), columns));
  if (cells.size() > columns && !IsBlank(cells.subspan(columns))) {
    const auto extra = std::find_if(cells.begin() + static_cast<std::ptrdiff_t>(columns),
                                    cells.end(), [](const auto& c) { return !c.empty(); });
    report_.Add(line, "", TooMany(*extra, cells.size(), columns));
  }
  lines_.push_back(line);
  for (size_t i = 0; i < columns; ++i) {
    if (i < cells.size()) text_ += cells[i];
    ends_.push_back(text_.size());
  }
}

}  // namespace staraction
