#ifndef STARACTION_TESTS_ISOLATION_DIAGNOSIS_H_
#define STARACTION_TESTS_ISOLATION_DIAGNOSIS_H_

#include <memory>
#include <string>
#include <vector>

#include "services/diagnosis/parts.h"

namespace staraction {

struct UnderTest {
  static std::string Name() { return "diagnosis"; }
  static std::vector<std::string> Services() {
    return {"staraction.diagnosis.v1.AnswerSheetService",
            "staraction.diagnosis.v1.DiagnosisReviewService",
            "staraction.diagnosis.v1.DiagnosisService",
            "staraction.diagnosis.v1.MeasureService",
            "staraction.diagnosis.v1.RulebookService",
            "staraction.diagnosis.v1.RulebookVersionService",
            "staraction.fact.v1.FactService"};
  }
  static std::vector<pg::Migration> Migrations() { return diagnosis::Migrations(); }
  static absl::StatusOr<std::shared_ptr<void>> Make(Host& host) {
    return diagnosis::MakeParts(host, diagnosis::PartsOptions());
  }
};

}  // namespace staraction

#endif  // STARACTION_TESTS_ISOLATION_DIAGNOSIS_H_
