#ifndef STARACTION_TESTS_ISOLATION_TRAINING_H_
#define STARACTION_TESTS_ISOLATION_TRAINING_H_

#include <memory>
#include <string>
#include <vector>

#include "services/training/parts.h"

namespace staraction {

struct UnderTest {
  static std::string Name() { return "training"; }
  static std::vector<std::string> Services() {
    return {"staraction.training.v1.CourseService",      "staraction.training.v1.SessionService",
            "staraction.training.v1.AttemptService",     "staraction.training.v1.BriefingService",
            "staraction.training.v1.CertificateService", "staraction.training.v1.PaperService",
            "staraction.training.v1.ReportService",      "staraction.fact.v1.FactService"};
  }
  static std::vector<pg::Migration> Migrations() { return training::Migrations(); }
  static absl::StatusOr<std::shared_ptr<void>> Make(Host& host) {
    return training::MakeParts(host, training::Settings());
  }
};

}  // namespace staraction

#endif  // STARACTION_TESTS_ISOLATION_TRAINING_H_
