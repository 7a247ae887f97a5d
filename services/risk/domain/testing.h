#ifndef STARACTION_SERVICES_RISK_DOMAIN_TESTING_H_
#define STARACTION_SERVICES_RISK_DOMAIN_TESTING_H_

#include <memory>
#include <string>
#include <vector>

#include "common/content/library.h"
#include "services/risk/domain/compute.h"

namespace staraction::risk::domain {

inline constexpr Level kDone = v1::ControlState::LEVEL_DONE;
inline constexpr Level kPartly = v1::ControlState::LEVEL_PARTLY;
inline constexpr Level kNotDone = v1::ControlState::LEVEL_NOT_DONE;
inline constexpr Level kUnknown = v1::ControlState::LEVEL_UNKNOWN;
inline constexpr Level kNone = v1::ControlState::LEVEL_NOT_APPLICABLE;

// A model with one medium, `stages` stages, the matrix and bands of edition 4.0, and one threat
// whose controls by stage are given.
inline Model OneThreat(const std::vector<std::vector<int>>& controls_by_stage, int controls) {
  Model model;
  model.media = {"PAPER"};
  model.threats = {"LOST"};
  model.threat_media = {1};
  model.threat_flags = {0};
  model.counters = controls_by_stage;
  for (size_t i = 0; i < controls_by_stage.size(); ++i) {
    model.stages.push_back("S" + std::to_string(i));
  }
  for (int i = 0; i < controls; ++i) model.controls.push_back("C" + std::to_string(i));
  const int likelihood[3][3] = {{1, 1, 1}, {1, 1, 2}, {1, 2, 3}};
  for (int t = 1; t <= 3; ++t) {
    for (int v = 1; v <= 3; ++v) model.likelihood[t][v] = likelihood[t - 1][v - 1];
  }
  model.bands = {{"HIGH", 6, 9}, {"MIDDLE", 4, 5}, {"LOW", 0, 3}};
  return model;
}

// The built-in content.
inline const content::Library& BuiltIn() {
  static const auto& library = *content::Library::Load()->release();
  return library;
}

inline Model BuiltInModel(const std::string& id) {
  const auto* model = BuiltIn().Find<content::v1::RiskModel>(id);
  const auto* catalogue = BuiltIn().Find<content::v1::ThreatCatalogue>(model->threat_catalogue());
  return Compile(*model, *catalogue,
                 *BuiltIn().Find<content::v1::AssetScheme>(catalogue->asset_scheme()));
}

// A ledger of assets that are alike but for these columns.
struct Entry {
  int medium = 0;
  int stages = 0;
  int importance = 0;
  std::string department = "総務";
  int64_t persons = 0;
  int flags = 0;
};
inline Ledger LedgerOf(const std::vector<Entry>& entries) {
  Ledger ledger;
  for (const Entry& entry : entries) {
    ledger.id.push_back("a" + std::to_string(ledger.id.size()));
    ledger.display_name.push_back("資産" + std::to_string(ledger.display_name.size()));
    ledger.department.push_back(entry.department);
    ledger.persons.push_back(entry.persons);
    ledger.medium.push_back(static_cast<uint8_t>(entry.medium));
    ledger.stages.push_back(static_cast<StageMask>(entry.stages));
    ledger.flags.push_back(static_cast<FlagMask>(entry.flags));
    ledger.importance.push_back(static_cast<uint8_t>(entry.importance));
  }
  return ledger;
}

}  // namespace staraction::risk::domain

#endif  // STARACTION_SERVICES_RISK_DOMAIN_TESTING_H_
