#include "services/diagnosis/domain/measure_source.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace staraction::diagnosis::domain {

std::vector<Violation> SourceProblems(const std::string& client, const v1::Measure& measure) {
  std::vector<Violation> problems;
  const bool of_item = !measure.diagnosis().empty();
  const bool of_control = !measure.control().empty();
  if (of_item != !measure.item().empty()) {
    problems.push_back({of_item ? "measure.item" : "measure.diagnosis",
                        "want diagnosis and item together, or neither",
                        "診断と項目は、両方を指定するか、どちらも指定しないでください"});
  }
  if (of_item && of_control) {
    problems.push_back({"measure.control", "want either an item of a diagnosis or a control",
                        "診断の項目かリスク分析の対策の、どちらか一方を指定してください"});
  }
  if (!measure.treatment().empty() && !of_control) {
    problems.push_back({"measure.treatment", "belongs to a control; want measure.control too",
                        "リスク対応を指定するときは、対策（control）も指定してください"});
  } else if (!measure.treatment().empty() &&
             !absl::StartsWith(measure.treatment(), client + "/treatments/")) {
    problems.push_back(
        {"measure.treatment",
         absl::StrCat("'", measure.treatment(), "' is no treatment of ", client),
         absl::StrCat("「", measure.treatment(), "」はこの会社のリスク対応ではありません")});
  }
  if (!of_item && !of_control && measure.item().empty() && measure.text().empty()) {
    problems.push_back(
        {"measure.text", "is missing; want what is to be done", "何をするかを書いてください"});
  }
  return problems;
}

}  // namespace staraction::diagnosis::domain
