#include "common/table/header_finder.h"

#include <algorithm>
#include <set>

#include "common/base/text.h"

namespace staraction {
namespace {

// Group names stand in the first of the cells that they span.
std::string GroupAbove(const HeaderFinder::Cells& upper, size_t column) {
  for (size_t i = std::min(column + 1, upper.size()); i > 0; --i) {
    if (!FoldForSearch(upper[i - 1]).empty()) return upper[i - 1];
  }
  return "";
}

HeaderFinder::Cells Join(const HeaderFinder::Cells& upper, const HeaderFinder::Cells& lower) {
  HeaderFinder::Cells names(std::max(upper.size(), lower.size()));
  std::map<std::string, int> uses;
  for (size_t i = 0; i < names.size(); ++i) {
    const bool has_lower = i < lower.size() && !FoldForSearch(lower[i]).empty();
    if (has_lower) {
      names[i] = lower[i];
    } else if (i < upper.size()) {
      names[i] = upper[i];
    }
    ++uses[FoldForSearch(names[i])];
  }
  for (size_t i = 0; i < names.size(); ++i) {
    const bool has_lower = i < lower.size() && !FoldForSearch(lower[i]).empty();
    if (!has_lower || uses[FoldForSearch(names[i])] < 2) continue;
    const std::string group = GroupAbove(upper, i);
    if (!group.empty()) names[i] = group + " " + names[i];
  }
  return names;
}

}  // namespace

HeaderFinder::HeaderFinder(const std::vector<ColumnNames>& columns) : columns_(columns) {
  for (size_t i = 0; i < columns.size(); ++i) {
    for (const std::string& name : columns[i].names) by_key_.emplace(FoldForSearch(name), i);
  }
}

const ColumnNames* HeaderFinder::ColumnOf(std::string_view name) const {
  const auto found = by_key_.find(FoldForSearch(name));
  return found == by_key_.end() ? nullptr : &columns_[found->second];
}

size_t HeaderFinder::Score(const Cells& names) const {
  std::set<const ColumnNames*> found;
  for (const std::string& name : names) found.insert(ColumnOf(name));
  found.erase(nullptr);
  return found.size();
}

std::optional<HeaderFinder::Header> HeaderFinder::Find(std::span<const Cells> lines) const {
  std::optional<Header> best;
  const auto consider = [&](Header header) {
    header.score = Score(header.names);
    if (header.score == 0 || header.score < std::min<size_t>(2, columns_.size())) return;
    const bool better = !best || header.score > best->score ||
                        (header.score == best->score && header.rows < best->rows);
    if (better) best = std::move(header);
  };
  const size_t end = std::min(lines.size(), kLines);
  for (size_t i = 0; i < end; ++i) {
    consider({.first = i, .rows = 1, .names = lines[i]});
    if (i + 1 < end) consider({.first = i, .rows = 2, .names = Join(lines[i], lines[i + 1])});
  }
  return best;
}

}  // namespace staraction
