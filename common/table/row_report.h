#ifndef STARACTION_COMMON_TABLE_ROW_REPORT_H_
#define STARACTION_COMMON_TABLE_ROW_REPORT_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "common/base/parsed.h"
#include "common/status/errors.h"

namespace staraction {

struct RowProblem {
  int line = 0;        // As an editor counts, from 1; 0 for the file as a whole.
  std::string column;  // As the header names it; empty for the whole line.
  Problem problem;
};

// What is wrong with a file, row by row, so that its owner can put all of it right at once.
class RowReport {
 public:
  // More problems than these are only counted: a wrong file of 200,000 rows must stay harmless.
  static constexpr size_t kMaxKept = 1000;

  // `field` is the request's field that carries the file, in proto path form ("content").
  explicit RowReport(std::string field) : field_(std::move(field)) {}

  void Add(int line, std::string column, Problem problem);

  bool empty() const { return total_ == 0; }
  size_t total() const { return total_; }
  const std::vector<RowProblem>& problems() const { return problems_; }

  // One violation a problem: field "content[12].入社日" (line and column), texts that say line,
  // column, what came (at most 40 characters of it) and what is wanted.
  std::vector<Violation> ToViolations() const;

  // OK if there are no problems, else INVALID_ARGUMENT with all of them.
  absl::Status ToStatus(ErrorReason reason = error::v1::ERROR_REASON_FILE_REJECTED) const;

 private:
  std::string field_;
  std::vector<RowProblem> problems_;
  size_t total_ = 0;
};

}  // namespace staraction

#endif  // STARACTION_COMMON_TABLE_ROW_REPORT_H_
