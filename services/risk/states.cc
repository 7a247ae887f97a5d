#include "services/risk/states.h"

#include "common/base/macros.h"
#include "common/resource/name.h"
#include "services/risk/domain/proposal.h"

namespace staraction::risk {
namespace {

template <typename State>
absl::Status Overlay(pg::Transaction& tx, std::vector<State>& states) {
  StatesByCode<State> present;
  SA_RETURN_IF_ERROR(ReadPresent(tx, present));
  for (State& state : states) {
    const auto now = present.find(LastId(state.name()));
    if (now != present.end()) state = std::move(now->second);
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status ReadAll(pg::Transaction& tx, const content::v1::ThreatCatalogue& catalogue,
                     std::vector<v1::ThreatState>& states) {
  states = domain::UsualThreats(catalogue, tx.call().client_name());
  return Overlay(tx, states);
}

absl::Status ReadAll(pg::Transaction& tx, const content::v1::ThreatCatalogue& catalogue,
                     std::vector<v1::ControlState>& states) {
  states = domain::UnknownControls(catalogue, tx.call().client_name());
  return Overlay(tx, states);
}

void Describe(const content::v1::ThreatCatalogue& catalogue, const domain::Words& words,
              v1::ThreatState& state) {
  for (const auto& threat : catalogue.threats()) {
    if (threat.code() != LastId(state.name())) continue;
    state.set_display_name(words.In(threat.title()));
    state.set_description(words.In(threat.description()));
    *state.mutable_media() = threat.media();
  }
}

void Describe(const content::v1::ThreatCatalogue& catalogue, const domain::Words& words,
              v1::ControlState& state) {
  const auto* control = words.FindControl(LastId(state.name()));
  if (control == nullptr) return;
  state.set_display_name(words.In(control->title()));
  state.set_category(control->category());
  for (const auto& category : catalogue.categories()) {
    if (category.code() == control->category()) {
      state.set_category_display_name(words.In(category.title()));
    }
  }
  state.set_how(words.In(control->how()));
  state.set_cost_yen(control->cost_yen());
  state.set_hours(control->hours());
  state.set_chapter(control->chapter());
}

}  // namespace staraction::risk
