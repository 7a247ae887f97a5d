#ifndef STARACTION_COMMON_TABLE_HEADER_FINDER_H_
#define STARACTION_COMMON_TABLE_HEADER_FINDER_H_

#include <cstddef>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "common/table/table_options.h"

namespace staraction {

// Finds the header where people put it: below a title, a date, a remark, and in one row or in two,
// of which the upper one names groups of columns (評価値 over 機密性, 完全性, 可用性).
class HeaderFinder {
 public:
  // A header stands in the first lines with text or nowhere.
  static constexpr size_t kLines = 40;

  using Cells = std::vector<std::string>;

  struct Header {
    size_t first = 0;  // Index of its upper row.
    size_t rows = 1;
    // The lower row's name, or the upper's where the lower has none; if that is there twice, both
    // with a space between.
    Cells names;
    size_t score = 0;  // How many columns it names.
  };

  // `columns` must outlive the finder.
  explicit HeaderFinder(const std::vector<ColumnNames>& columns);

  // The header among the first lines of a table: where most columns are named; of equals one row
  // before two, and the upper one. Nothing if no line names two of them (or one, if there is but
  // one).
  std::optional<Header> Find(std::span<const Cells> lines) const;

  // The column that the name means.
  const ColumnNames* ColumnOf(std::string_view name) const;

 private:
  size_t Score(const Cells& names) const;

  const std::vector<ColumnNames>& columns_;
  std::map<std::string, size_t> by_key_;  // folded name → index of the column
};

}  // namespace staraction

#endif  // STARACTION_COMMON_TABLE_HEADER_FINDER_H_
