#ifndef STARACTION_SERVICES_RISK_DOMAIN_SUMMARY_H_
#define STARACTION_SERVICES_RISK_DOMAIN_SUMMARY_H_

#include <map>
#include <string>
#include <vector>

#include "services/risk/domain/compute.h"
#include "staraction/risk/v1/analysis.pb.h"

namespace staraction::risk::domain {

// At most so many departments are told apart.
inline constexpr int kMaxDepartments = 100;

// Counts of one view by band, heat-map cell, medium, stage, department and threat. Without names
// for people.
v1::RiskResult Summarize(const Model& model, const std::vector<RiskTable>& tables,
                         const Cells& cells, v1::RiskView view);

// What is left out of the stage view, by medium, stage and threat in the model's order.
std::vector<v1::LeftOut> LeftOutOf(const Model& model, const std::vector<RiskTable>& tables,
                                   const Cells& cells);

// Largest value by asset id.
using MaxValues = std::map<std::string, int>;

// What became of the assets' largest values.
v1::RiskChange ChangeOf(const MaxValues& before, const MaxValues& after);

// The controls of a slot that are applicable and not done, in the catalogue's order; of the sheet
// view over the table's stages.
std::vector<int> MissingControls(const Model& model, const std::vector<Level>& level,
                                 const RiskTable& table, const Slot& slot);

}  // namespace staraction::risk::domain

#endif  // STARACTION_SERVICES_RISK_DOMAIN_SUMMARY_H_
