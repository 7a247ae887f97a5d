#include "services/risk/domain/model.h"

#include <algorithm>

namespace staraction::risk::domain {
namespace {

template <typename Entries>
std::vector<std::string> CodesOf(const Entries& entries) {
  std::vector<std::string> codes;
  for (const auto& entry : entries) codes.push_back(entry.code());
  return codes;
}

template <typename Mask, typename Codes>
Mask MaskOf(const std::vector<std::string>& list, const Codes& codes) {
  Mask mask = 0;
  for (const std::string& code : codes) {
    const int index = IndexOf(list, code);
    if (index >= 0) mask = static_cast<Mask>(mask | Mask{1} << index);
  }
  return mask;
}

void FillCounters(const content::v1::ThreatCatalogue& catalogue, Model& model) {
  model.counters.resize(model.threats.size() * model.stages.size());
  for (const auto& counter : catalogue.counters()) {
    const int threat = IndexOf(model.threats, counter.threat());
    const int stage = IndexOf(model.stages, counter.stage());
    if (threat < 0 || stage < 0) continue;
    auto& controls = model.counters[static_cast<size_t>(threat) * model.stages.size() +
                                    static_cast<size_t>(stage)];
    for (const std::string& code : counter.controls()) {
      const int control = IndexOf(model.controls, code);
      if (control >= 0) controls.push_back(control);
    }
  }
}

}  // namespace

int IndexOf(const std::vector<std::string>& codes, const std::string& code) {
  const auto at = std::find(codes.begin(), codes.end(), code);
  return at == codes.end() ? -1 : static_cast<int>(at - codes.begin());
}

int Model::BandOf(int value) const {
  for (size_t i = 0; i + 1 < bands.size(); ++i) {
    if (value >= bands[i].minimum) return static_cast<int>(i);
  }
  return static_cast<int>(bands.size()) - 1;
}

Model Compile(const content::v1::RiskModel& source, const content::v1::ThreatCatalogue& catalogue,
              const content::v1::AssetScheme& scheme) {
  Model model;
  model.media = CodesOf(scheme.media());
  model.stages = CodesOf(scheme.stages());
  model.flags = CodesOf(scheme.flags());
  model.threats = CodesOf(catalogue.threats());
  model.controls = CodesOf(catalogue.controls());
  for (const auto& threat : catalogue.threats()) {
    model.threat_media.push_back(MaskOf<uint32_t>(model.media, threat.media()));
    model.threat_flags.push_back(MaskOf<FlagMask>(model.flags, threat.flags()));
  }
  FillCounters(catalogue, model);
  for (const auto& cell : source.likelihoods()) {
    model.likelihood[cell.frequency() & 3][cell.vulnerability() & 3] = cell.likelihood();
  }
  for (const auto& band : source.bands()) {
    model.bands.push_back({band.code(), band.minimum(), band.maximum()});
  }
  return model;
}

int Vulnerability(const std::vector<int>& controls, const std::vector<Level>& level) {
  int applicable = 0;
  int done = 0;
  int partly = 0;
  for (const int control : controls) {
    const Level here = level[static_cast<size_t>(control)];
    applicable += here != v1::ControlState::LEVEL_NOT_APPLICABLE;
    done += here == v1::ControlState::LEVEL_DONE;
    partly += here == v1::ControlState::LEVEL_PARTLY;
  }
  if (applicable == 0) return 0;
  if (done == applicable) return 1;
  return done + partly > 0 ? 2 : 3;
}

}  // namespace staraction::risk::domain
