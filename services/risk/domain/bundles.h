#ifndef STARACTION_SERVICES_RISK_DOMAIN_BUNDLES_H_
#define STARACTION_SERVICES_RISK_DOMAIN_BUNDLES_H_

#include <optional>
#include <vector>

#include "services/risk/domain/compute.h"
#include "services/risk/domain/optimise.h"

namespace staraction::risk::domain {

// Risk of the stage view as recommendations see it; less is better, `risk_sum` before
// `high_scenarios`.
struct Risk {
  int64_t risk_sum = 0;        // over the assets, each one's largest value
  int64_t high_scenarios = 0;  // in the highest band
};
Risk RiskOf(const Model& model, const std::vector<RiskTable>& tables, const Cells& cells);

// Doing controls, as a problem for Optimise: its options are `controls` of the model, and the gain
// of a choice is (risk_sum removed) × `scale` + (high_scenarios removed).
struct ControlProblem {
  Problem problem;
  std::vector<int> controls;  // by option
  int64_t scale = 1;
};

// What a control costs, and whether it may be chosen; by control of the model.
struct ControlOffer {
  double yen = 0;
  double hours = 0;
  bool excluded = false;
};

// `tables` are those of `states`. Every missing control that isn't excluded is an option. Bundles
// are what makes a difference: a table's largest likelihood falls by one when every scenario that
// has it gets less vulnerable, and a scenario leaves the highest band when it does.
ControlProblem MakeProblem(const Model& model, const States& states,
                           const std::vector<RiskTable>& tables, const Cells& cells,
                           const std::vector<ControlOffer>& offers);

}  // namespace staraction::risk::domain

#endif  // STARACTION_SERVICES_RISK_DOMAIN_BUNDLES_H_
