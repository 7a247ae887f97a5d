#include "common/table/row_report.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/utf8.h"

namespace staraction {
namespace {

constexpr size_t kShownCodePoints = 40;

// One line of readable text, whatever the cell held.
std::string Show(const std::string& text) {
  std::string shown;
  size_t count = 0;
  for (size_t offset = 0; offset < text.size();) {
    if (count++ == kShownCodePoints) return shown + "…";
    const char32_t c = NextCodePoint(text, offset);
    const bool readable = c != kInvalidCodePoint && c >= 0x20 && !(c >= 0x7F && c < 0xA0);
    AppendCodePoint(shown, readable ? c : 0xFFFD);
  }
  return shown;
}

Violation ToViolation(const std::string& field, const RowProblem& row) {
  Violation out{field, "", ""};
  if (row.line > 0) {
    absl::StrAppend(&out.field, "[", row.line, "]");
    absl::StrAppend(&out.en, "line ", row.line);
    absl::StrAppend(&out.ja, row.line, "行目");
  }
  if (!row.column.empty()) {
    absl::StrAppend(&out.field, ".", row.column);
    absl::StrAppend(&out.en, out.en.empty() ? "" : ", ", "column '", row.column, "'");
    absl::StrAppend(&out.ja, "「", row.column, "」");
  }
  if (!out.en.empty()) {
    out.en += ": ";
    out.ja += "：";
  }
  if (!row.problem.came.empty()) {
    absl::StrAppend(&out.en, "got '", Show(row.problem.came), "': ");
    absl::StrAppend(&out.ja, "「", Show(row.problem.came), "」は使えません。");
  }
  out.en += row.problem.en;
  out.ja += row.problem.ja;
  return out;
}

}  // namespace

void RowReport::Add(int line, std::string column, Problem problem) {
  if (++total_ > kMaxKept) return;
  problems_.push_back({line, std::move(column), std::move(problem)});
}

std::vector<Violation> RowReport::ToViolations() const {
  std::vector<Violation> violations;
  violations.reserve(problems_.size());
  for (const RowProblem& row : problems_) violations.push_back(ToViolation(field_, row));
  return violations;
}

absl::Status RowReport::ToStatus(ErrorReason reason) const {
  return empty() ? absl::OkStatus() : InvalidFields(ToViolations(), reason);
}

}  // namespace staraction
