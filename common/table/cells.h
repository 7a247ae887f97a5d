#ifndef STARACTION_COMMON_TABLE_CELLS_H_
#define STARACTION_COMMON_TABLE_CELLS_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "common/base/parsed.h"

// What people write into the cells of lists. An empty cell is nothing, never a fault; a column that
// needs a value says so itself.
namespace staraction {

// A mark: ○ 〇 ◯ ● ✓ レ 有 あり はい yes true 1 are set; empty, × － 無 なし いいえ no false 0
// are not.
Parsed<bool> ParseMark(std::string_view cell);

// A number of things or people: 28, 1,000, １２人, 約300件. Nothing if the cell is empty.
Parsed<std::optional<int64_t>> ParseCount(std::string_view cell, int64_t maximum);

// A text of at most `limit` characters: one line with single spaces as NormalizeName makes it, or
// several lines as they are.
Parsed<std::string> ParseText(std::string_view cell, size_t limit, bool lines);

}  // namespace staraction

#endif  // STARACTION_COMMON_TABLE_CELLS_H_
