#ifndef STARACTION_COMMON_TABLE_FORMULA_H_
#define STARACTION_COMMON_TABLE_FORMULA_H_

#include <string>
#include <string_view>

// Spreadsheets run a cell that begins with = + - @ (also full-width, or behind a tab or line end)
// as a formula, so text from one company could act on the machine of whoever opens an export.
namespace staraction {

// Puts an apostrophe before such a cell, and one more where it has apostrophes already; plain
// numbers such as -5 or +1.5 stay.
std::string EscapeFormula(std::string_view cell);

// Takes that apostrophe away. UnescapeFormula(EscapeFormula(x)) == x for every x.
std::string_view UnescapeFormula(std::string_view cell);

}  // namespace staraction

#endif  // STARACTION_COMMON_TABLE_FORMULA_H_
