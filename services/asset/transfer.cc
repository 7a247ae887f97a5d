#include "services/asset/transfer.h"

#include <algorithm>

namespace staraction::asset {

absl::Status StaleToken() {
  return MakeError(absl::StatusCode::kAborted, error::v1::ERROR_REASON_ETAG_MISMATCH,
                   "the file or the entries changed since the dry run; make another one",
                   "確認したあとでファイルまたは登録内容が変わりました。もう一度確認してください");
}

void Complete(const TableFile& file, bool validate_only, Language language,
              const std::string& token, v1::ImportReport& report) {
  report.set_format(file.format);
  report.set_sheet(file.sheet);
  for (const std::string& sheet : file.other_sheets) report.add_other_sheets(sheet);
  const RowReport& problems = file.table.report();
  if (!validate_only) return;
  if (problems.empty()) report.set_import_token(token);
  report.set_problem_count(static_cast<int>(problems.total()));
  std::vector<RowProblem> sorted = problems.problems();
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const auto& a, const auto& b) { return a.line < b.line; });
  for (RowProblem& row : sorted) {
    v1::ImportProblem& problem = *report.add_problems();
    problem.set_line(row.line);
    problem.set_column(std::move(row.column));
    problem.set_came(std::move(row.problem.came));
    problem.set_text(language == Language::kEnglish ? row.problem.en : row.problem.ja);
  }
}

}  // namespace staraction::asset
