#ifndef STARACTION_TESTS_ISOLATION_RISK_H_
#define STARACTION_TESTS_ISOLATION_RISK_H_

#include <memory>
#include <string>
#include <vector>

#include "services/risk/parts.h"

namespace staraction {

struct UnderTest {
  static std::string Name() { return "risk"; }
  static std::vector<std::string> Services() {
    return {"staraction.fact.v1.FactService", "staraction.risk.v1.AnalysisService",
            "staraction.risk.v1.StateService", "staraction.risk.v1.TreatmentService"};
  }
  static std::vector<pg::Migration> Migrations() { return risk::Migrations(); }
  static absl::StatusOr<std::shared_ptr<void>> Make(Host& host) {
    return risk::MakeParts(host, "");
  }
};

}  // namespace staraction

#endif  // STARACTION_TESTS_ISOLATION_RISK_H_
