#include "services/risk/domain/frozen.h"

namespace staraction::risk::domain {
namespace {

using Codes = google::protobuf::RepeatedPtrField<std::string>;

Codes ToCodes(const std::vector<std::string>& list) {
  return {list.begin(), list.end()};
}

std::vector<std::string> FromCodes(const Codes& codes) {
  return {codes.begin(), codes.end()};
}

void FreezeCounters(const Model& model, v1::FrozenModel& out) {
  for (int threat = 0; threat < static_cast<int>(model.threats.size()); ++threat) {
    for (int stage = 0; stage < static_cast<int>(model.stages.size()); ++stage) {
      const std::vector<int>& controls = model.Counters(threat, stage);
      if (controls.empty()) continue;
      v1::FrozenCounter* counter = out.add_counters();
      counter->set_threat(threat);
      counter->set_stage(stage);
      counter->mutable_controls()->Add(controls.begin(), controls.end());
    }
  }
}

Model ThawModel(const v1::FrozenModel& frozen) {
  Model model;
  model.media = FromCodes(frozen.media());
  model.stages = FromCodes(frozen.stages());
  model.flags = FromCodes(frozen.flags());
  model.threats = FromCodes(frozen.threats());
  model.controls = FromCodes(frozen.controls());
  for (const int64_t media : frozen.threat_media()) {
    model.threat_media.push_back(static_cast<uint32_t>(media));
  }
  for (const int flags : frozen.threat_flags()) {
    model.threat_flags.push_back(static_cast<FlagMask>(flags));
  }
  model.counters.resize(model.threats.size() * model.stages.size());
  for (const auto& counter : frozen.counters()) {
    const size_t place = static_cast<size_t>(counter.threat()) * model.stages.size() +
                         static_cast<size_t>(counter.stage());
    model.counters[place] = {counter.controls().begin(), counter.controls().end()};
  }
  for (int i = 0; i < frozen.likelihoods_size(); ++i) {
    model.likelihood[i / 3 + 1][i % 3 + 1] = frozen.likelihoods(i);
  }
  for (const auto& band : frozen.bands()) {
    model.bands.push_back({band.code(), band.minimum(), band.maximum()});
  }
  return model;
}

}  // namespace

v1::FrozenModel Freeze(const Model& model, const std::vector<RiskTable>& tables) {
  v1::FrozenModel out;
  *out.mutable_media() = ToCodes(model.media);
  *out.mutable_stages() = ToCodes(model.stages);
  *out.mutable_flags() = ToCodes(model.flags);
  *out.mutable_threats() = ToCodes(model.threats);
  *out.mutable_controls() = ToCodes(model.controls);
  out.mutable_threat_media()->Add(model.threat_media.begin(), model.threat_media.end());
  out.mutable_threat_flags()->Add(model.threat_flags.begin(), model.threat_flags.end());
  FreezeCounters(model, out);
  for (int i = 0; i < 9; ++i) out.add_likelihoods(model.likelihood[i / 3 + 1][i % 3 + 1]);
  for (const Model::Band& band : model.bands) {
    v1::FrozenBand* frozen = out.add_bands();
    frozen->set_code(band.code);
    frozen->set_minimum(band.minimum);
    frozen->set_maximum(band.maximum);
  }
  for (const RiskTable& table : tables) {
    v1::FrozenTable* frozen = out.add_tables();
    frozen->set_medium(table.medium);
    frozen->set_stages(table.stages);
    frozen->set_flags(table.flags);
  }
  return out;
}

std::vector<RiskTable> Thawed::TablesWith(const States& others) const {
  std::vector<RiskTable> out;
  for (const RiskTable& table : tables) {
    out.push_back(MakeTable(model, others, table.medium, table.stages, table.flags));
  }
  return out;
}

Thawed Thaw(const v1::FrozenModel& frozen, const v1::Analysis& analysis) {
  Thawed out;
  out.model = ThawModel(frozen);
  for (const auto& threat : analysis.threats()) out.states.frequency.push_back(threat.frequency());
  for (const auto& control : analysis.controls()) out.states.level.push_back(control.level());
  for (const auto& table : frozen.tables()) {
    out.tables.push_back(MakeTable(out.model, out.states, table.medium(),
                                   static_cast<StageMask>(table.stages()),
                                   static_cast<FlagMask>(table.flags())));
  }
  return out;
}

}  // namespace staraction::risk::domain
