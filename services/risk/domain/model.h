#ifndef STARACTION_SERVICES_RISK_DOMAIN_MODEL_H_
#define STARACTION_SERVICES_RISK_DOMAIN_MODEL_H_

#include <cstdint>
#include <string>
#include <vector>

#include "staraction/content/v1/asset_scheme.pb.h"
#include "staraction/content/v1/risk_model.pb.h"
#include "staraction/risk/v1/state.pb.h"

namespace staraction::risk::domain {

// Bit i: the i-th stage, or personal flag, of the scheme; it has at most eight of each.
using StageMask = uint8_t;
using FlagMask = uint8_t;

// A risk model with its catalogue, codes turned into small numbers so that computing is looking up.
// Immutable.
struct Model {
  struct Band {
    std::string code;
    int minimum = 0;
    int maximum = 0;
  };

  std::vector<std::string> media;
  std::vector<std::string> stages;
  std::vector<std::string> flags;
  std::vector<std::string> threats;
  std::vector<std::string> controls;
  // By threat: bit i: it can happen to the i-th medium.
  std::vector<uint32_t> threat_media;
  // By threat: it happens only to assets with one of these flags; 0: to any.
  std::vector<FlagMask> threat_flags;
  // By threat × stages + stage: the controls that counter the threat there; empty: it doesn't exist
  // there.
  std::vector<std::vector<int>> counters;
  // By frequency and vulnerability, 1 to 3 each.
  int likelihood[4][4] = {};
  // Highest first, without gaps.
  std::vector<Band> bands;

  const std::vector<int>& Counters(int threat, int stage) const {
    return counters[static_cast<size_t>(threat) * stages.size() + static_cast<size_t>(stage)];
  }
  // Index into bands, of values that the model can give.
  int BandOf(int value) const;
};

// Index of a code, -1 if there is none.
int IndexOf(const std::vector<std::string>& codes, const std::string& code);

// Content that was loaded is consistent (common/content/check_risk.cc): every code exists, the
// matrix is whole and never falls with vulnerability, bands have no gaps.
Model Compile(const content::v1::RiskModel& model, const content::v1::ThreatCatalogue& catalogue,
              const content::v1::AssetScheme& scheme);

using Level = v1::ControlState::Level;

// States of a company, by the model's numbers.
struct States {
  std::vector<int> frequency;  // by threat, 1 to 3
  std::vector<Level> level;    // by control
};

// How well these controls counter a threat: 1 all done, 3 none done, 2 otherwise. Those without an
// object drop out; 0 if all do. What nobody knows isn't done.
int Vulnerability(const std::vector<int>& controls, const std::vector<Level>& level);

// Whether a control is still to be done.
inline bool IsMissing(Level level) {
  return level != v1::ControlState::LEVEL_DONE && level != v1::ControlState::LEVEL_NOT_APPLICABLE;
}

}  // namespace staraction::risk::domain

#endif  // STARACTION_SERVICES_RISK_DOMAIN_MODEL_H_
