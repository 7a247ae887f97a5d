#ifndef STARACTION_SERVICES_RISK_DOMAIN_FROZEN_H_
#define STARACTION_SERVICES_RISK_DOMAIN_FROZEN_H_

#include <vector>

#include "services/risk/domain/compute.h"
#include "staraction/risk/v1/analysis.pb.h"
#include "staraction/risk/v1/frozen_model.pb.h"

namespace staraction::risk::domain {

// What an analysis was computed with.
v1::FrozenModel Freeze(const Model& model, const std::vector<RiskTable>& tables);

// The same back, with the frequencies and levels that the analysis has.
struct Thawed {
  Model model;
  States states;
  std::vector<RiskTable> tables;

  // The tables with other states.
  std::vector<RiskTable> TablesWith(const States& others) const;
};
Thawed Thaw(const v1::FrozenModel& frozen, const v1::Analysis& analysis);

}  // namespace staraction::risk::domain

#endif  // STARACTION_SERVICES_RISK_DOMAIN_FROZEN_H_
