#include "services/risk/scenarios.h"

#include "absl/strings/str_cat.h"
#include "common/base/macros.h"
#include "services/risk/domain/summary.h"

namespace staraction::risk {

absl::StatusOr<StoredAnalysis> ReadStored(pg::Transaction& tx, const std::string& name) {
  StoredAnalysis stored;
  SA_ASSIGN_OR_RETURN(stored.analysis, kAnalyses.Get(tx, name));
  SA_ASSIGN_OR_RETURN(const v1::FrozenModel model, ReadModel(tx, name));
  stored.frozen = domain::Thaw(model, stored.analysis);
  return stored;
}

v1::Scenario MakeScenario(const StoredAnalysis& stored, const std::string& client,
                          const AssetRow& row, const domain::Slot& slot,
                          const domain::Words& words) {
  const domain::Model& model = stored.frozen.model;
  const domain::RiskTable& table = stored.table(row);
  const std::string& threat = model.threats[static_cast<size_t>(slot.threat)];
  v1::Scenario out;
  if (slot.stage >= 0) {
    out.set_stage(model.stages[static_cast<size_t>(slot.stage)]);
    out.set_stage_display_name(words.Stage(out.stage()));
  }
  out.set_name(absl::StrCat(stored.analysis.name(), "/scenarios/", row.id, ".", out.stage(),
                            out.stage().empty() ? "" : ".", threat));
  out.set_asset(absl::StrCat(client, "/assets/", row.id));
  out.set_asset_display_name(row.display_name);
  out.set_department(row.department);
  out.set_medium(model.media[static_cast<size_t>(table.medium)]);
  out.set_threat(threat);
  out.set_threat_display_name(words.Threat(threat));
  out.set_importance(row.importance);
  out.set_frequency(slot.frequency);
  out.set_vulnerability(slot.vulnerability);
  out.set_likelihood(slot.likelihood);
  out.set_value(row.importance * slot.likelihood);
  out.set_band(stored.BandOf(out.value()));
  const auto& level = stored.frozen.states.level;
  for (const int control : domain::MissingControls(model, level, table, slot)) {
    out.add_missing_controls(model.controls[static_cast<size_t>(control)]);
  }
  return out;
}

}  // namespace staraction::risk
