#ifndef STARACTION_SERVICES_RISK_DOMAIN_PROPOSAL_H_
#define STARACTION_SERVICES_RISK_DOMAIN_PROPOSAL_H_

#include <map>
#include <string>
#include <vector>

#include "common/resource/name.h"
#include "staraction/content/v1/questionnaire.pb.h"
#include "staraction/content/v1/risk_model.pb.h"
#include "staraction/risk/v1/state.pb.h"

namespace staraction::risk::domain {

// What holds of a threat or a control of which nobody has proposed or said anything. With names
// under `client` ("clients/{client}"), in the catalogue's order.
std::vector<v1::ThreatState> UsualThreats(const content::v1::ThreatCatalogue& catalogue,
                                          const std::string& client);
std::vector<v1::ControlState> UnknownControls(const content::v1::ThreatCatalogue& catalogue,
                                              const std::string& client);

// The usual frequencies, and those of the industry (a code) where it differs, with its reason.
std::vector<v1::ThreatState> ProposeThreats(const content::v1::ThreatCatalogue& catalogue,
                                            const std::string& client, const std::string& industry);

// An answer to an item, and the diagnosis that has it.
struct GivenAnswer {
  content::v1::Answer answer = content::v1::ANSWER_UNSPECIFIED;
  std::string diagnosis;
};
using GivenAnswers = std::map<std::string, GivenAnswer>;  // by item code

// How far a control is done by the answers to its items: done or not done if all say so, not
// applicable if none of its items is used, unknown if nothing but "don't know" is left, else
// partly.
v1::ControlState::Level LevelOf(const std::vector<content::v1::Answer>& answers);

// Levels of those controls about which something is known: that a measure for it is done
// (`measures`: by control code), else answers, else that the industry has no object for it.
std::vector<v1::ControlState> ProposeControls(const content::v1::ThreatCatalogue& catalogue,
                                              const std::string& client,
                                              const std::string& industry,
                                              const GivenAnswers& answers,
                                              const std::map<std::string, std::string>& measures);

inline int ValueOf(const v1::ThreatState& state) {
  return state.frequency();
}
inline int ValueOf(const v1::ControlState& state) {
  return state.level();
}

// What becomes of proposals beside the present states (by code).
template <typename State>
struct Proposed {
  std::vector<State> fresh;
  std::vector<State> differing;  // a person has confirmed something else
  int unchanged = 0;
};
template <typename State>
Proposed<State> Sort(std::vector<State> proposals, const std::map<std::string, State>& present) {
  Proposed<State> out;
  for (State& proposal : proposals) {
    const auto now = present.find(LastId(proposal.name()));
    const bool known = now != present.end();
    const bool same = known && ValueOf(now->second) == ValueOf(proposal);
    if (known && now->second.confirmed()) {
      if (same) {
        ++out.unchanged;
      } else {
        out.differing.push_back(std::move(proposal));
      }
    } else if (same && now->second.source() == proposal.source()) {
      ++out.unchanged;
    } else {
      out.fresh.push_back(std::move(proposal));
    }
  }
  return out;
}

}  // namespace staraction::risk::domain

#endif  // STARACTION_SERVICES_RISK_DOMAIN_PROPOSAL_H_
