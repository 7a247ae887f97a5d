#include "common/table/formula.h"

#include <algorithm>
#include <array>

namespace staraction {
namespace {

bool BeginsLikeFormula(std::string_view cell) {
  static constexpr std::array<std::string_view, 11> kStarts = {"=",  "+",  "-",  "@",  "\t", "\r",
                                                               "\n", "＝", "＋", "－", "＠"};
  return std::any_of(kStarts.begin(), kStarts.end(),
                     [cell](std::string_view start) { return cell.starts_with(start); });
}

std::string_view WithoutApostrophes(std::string_view cell) {
  cell.remove_prefix(std::min(cell.find_first_not_of('\''), cell.size()));
  return cell;
}

size_t SkipDigits(std::string_view text, size_t from) {
  return std::min(text.find_first_not_of("0123456789", from), text.size());
}

// A sign, digits, perhaps a point and more digits.
bool IsSignedNumber(std::string_view cell) {
  if (cell.empty() || (cell[0] != '-' && cell[0] != '+')) return false;
  size_t end = SkipDigits(cell, 1);
  if (end == 1) return false;
  if (end < cell.size() && cell[end] == '.') {
    const size_t fraction = end + 1;
    end = SkipDigits(cell, fraction);
    if (end == fraction) return false;
  }
  return end == cell.size();
}

}  // namespace

std::string EscapeFormula(std::string_view cell) {
  const bool escape = BeginsLikeFormula(WithoutApostrophes(cell)) && !IsSignedNumber(cell);
  return (escape ? "'" : "") + std::string(cell);
}

std::string_view UnescapeFormula(std::string_view cell) {
  if (cell.starts_with('\'') && BeginsLikeFormula(WithoutApostrophes(cell))) cell.remove_prefix(1);
  return cell;
}

}  // namespace staraction
