#include "services/risk/domain/proposal.h"

#include <algorithm>

namespace staraction::risk::domain {
namespace {

const content::v1::IndustryProfile* FindIndustry(const content::v1::ThreatCatalogue& catalogue,
                                                 const std::string& industry) {
  for (const auto& profile : catalogue.industries()) {
    if (profile.industry() == industry) return &profile;
  }
  return nullptr;
}

v1::ControlState NewControl(const std::string& client, const std::string& code) {
  v1::ControlState state;
  state.set_name(client + "/controlStates/" + code);
  return state;
}

// The answers that tell about a control become its evidence; its level follows.
bool AnswersTell(const content::v1::Control& control, const GivenAnswers& answers,
                 v1::ControlState& state) {
  std::vector<content::v1::Answer> told;
  for (const std::string& item : control.items()) {
    const auto given = answers.find(item);
    if (given == answers.end()) continue;
    told.push_back(given->second.answer);
    v1::ControlEvidence* evidence = state.add_evidence();
    evidence->set_diagnosis(given->second.diagnosis);
    evidence->set_item(item);
    evidence->set_answer(content::v1::Answer_Name(given->second.answer));
  }
  if (told.empty()) return false;
  state.set_level(LevelOf(told));
  state.set_source(v1::STATE_SOURCE_DIAGNOSIS);
  return true;
}

}  // namespace

std::vector<v1::ThreatState> UsualThreats(const content::v1::ThreatCatalogue& catalogue,
                                          const std::string& client) {
  return ProposeThreats(catalogue, client, "");
}

std::vector<v1::ControlState> UnknownControls(const content::v1::ThreatCatalogue& catalogue,
                                              const std::string& client) {
  std::vector<v1::ControlState> out;
  for (const auto& control : catalogue.controls()) {
    out.push_back(NewControl(client, control.code()));
    out.back().set_level(v1::ControlState::LEVEL_UNKNOWN);
    out.back().set_source(v1::STATE_SOURCE_CATALOGUE);
  }
  return out;
}

std::vector<v1::ThreatState> ProposeThreats(const content::v1::ThreatCatalogue& catalogue,
                                            const std::string& client,
                                            const std::string& industry) {
  const auto* profile = FindIndustry(catalogue, industry);
  std::vector<v1::ThreatState> out;
  for (const auto& threat : catalogue.threats()) {
    v1::ThreatState& state = out.emplace_back();
    state.set_name(client + "/threatStates/" + threat.code());
    state.set_frequency(threat.frequency());
    state.set_source(v1::STATE_SOURCE_CATALOGUE);
    if (profile == nullptr) continue;
    for (const auto& usual : profile->frequencies()) {
      if (usual.threat() != threat.code()) continue;
      state.set_frequency(usual.frequency());
      state.set_source(v1::STATE_SOURCE_INDUSTRY);
      state.set_reason(usual.reason().ja());
    }
  }
  return out;
}

v1::ControlState::Level LevelOf(const std::vector<content::v1::Answer>& answers) {
  const auto count = [&](content::v1::Answer answer) {
    return std::count(answers.begin(), answers.end(), answer);
  };
  const auto used =
      static_cast<std::ptrdiff_t>(answers.size()) - count(content::v1::ANSWER_NOT_USED);
  const auto unknown = count(content::v1::ANSWER_UNKNOWN);
  if (used == 0) return v1::ControlState::LEVEL_NOT_APPLICABLE;
  if (count(content::v1::ANSWER_FOLLOWED) == used) return v1::ControlState::LEVEL_DONE;
  if (unknown == used) return v1::ControlState::LEVEL_UNKNOWN;
  if (count(content::v1::ANSWER_NOT_FOLLOWED) + unknown == used) {
    return v1::ControlState::LEVEL_NOT_DONE;
  }
  return v1::ControlState::LEVEL_PARTLY;
}

std::vector<v1::ControlState> ProposeControls(const content::v1::ThreatCatalogue& catalogue,
                                              const std::string& client,
                                              const std::string& industry,
                                              const GivenAnswers& answers,
                                              const std::map<std::string, std::string>& measures) {
  const auto* profile = FindIndustry(catalogue, industry);
  std::vector<v1::ControlState> out;
  for (const auto& control : catalogue.controls()) {
    v1::ControlState state = NewControl(client, control.code());
    const auto measure = measures.find(control.code());
    const bool no_object = profile != nullptr &&
                           std::count(profile->controls_without_object().begin(),
                                      profile->controls_without_object().end(), control.code()) > 0;
    if (measure != measures.end()) {
      state.set_level(v1::ControlState::LEVEL_DONE);
      state.set_source(v1::STATE_SOURCE_MEASURE);
      state.add_evidence()->set_measure(measure->second);
    } else if (!AnswersTell(control, answers, state)) {
      if (!no_object) continue;
      state.set_level(v1::ControlState::LEVEL_NOT_APPLICABLE);
      state.set_source(v1::STATE_SOURCE_INDUSTRY);
    }
    out.push_back(std::move(state));
  }
  return out;
}

}  // namespace staraction::risk::domain
