#include "services/training/domain/paper_rules.h"

#include <optional>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/string_view.h"
#include "common/base/date.h"
#include "common/status/errors.h"

namespace staraction::training {
namespace {

struct Kind {
  const char* media_type;
  absl::string_view begin;
};
constexpr Kind kKinds[] = {{"application/pdf", "%PDF-"},
                           {"image/png", "\x89PNG\r\n\x1a\n"},
                           {"image/jpeg", "\xff\xd8\xff"}};

std::optional<Violation> BytesProblem(const std::string& media_type, const std::string& bytes) {
  for (const Kind& kind : kKinds) {
    if (media_type != kind.media_type) continue;
    if (absl::StartsWith(bytes, kind.begin)) return std::nullopt;
    return Violation{"content", "its bytes are not " + media_type,
                     "ファイルの中身が " + media_type + " ではありません"};
  }
  return Violation{"training_scan.media_type", "wanted application/pdf, image/png or image/jpeg",
                   "PDF、PNG、JPEG のいずれかにしてください"};
}

}  // namespace

v1::PaperTest Shown(v1::PaperTest paper) {
  for (auto& variant : *paper.mutable_variants()) {
    for (auto& question : *variant.mutable_questions()) {
      question.clear_correct_index();
      question.clear_explanation();
    }
  }
  return paper;
}

absl::Status CheckScan(const v1::TrainingScan& scan, const std::string& bytes,
                       absl::CivilDay today) {
  std::vector<Violation> problems;
  if (auto problem = BytesProblem(scan.media_type(), bytes)) problems.push_back(*problem);
  const auto day = FromProtoDate(scan.effective_date());
  if (scan.has_effective_date() && (!day || *day > today)) {
    problems.push_back({"training_scan.effective_date", "wanted a day that is not in the future",
                        "用紙の日付は今日以前にしてください"});
  }
  return problems.empty() ? absl::OkStatus() : InvalidFields(problems);
}

}  // namespace staraction::training
