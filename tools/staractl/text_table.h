#ifndef STARACTION_TOOLS_STARACTL_TEXT_TABLE_H_
#define STARACTION_TOOLS_STARACTL_TEXT_TABLE_H_

#include <string>
#include <vector>

namespace staraction::ctl {

// Columns that the text takes on a terminal: full-width characters take two, combining ones none.
int DisplayWidth(const std::string& utf8);

// Rows as lines with aligned columns, two spaces apart; the first row is the heading.
std::string TextTable(const std::vector<std::vector<std::string>>& rows);

}  // namespace staraction::ctl

#endif  // STARACTION_TOOLS_STARACTL_TEXT_TABLE_H_
