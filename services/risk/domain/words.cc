#include "services/risk/domain/words.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"

namespace staraction::risk::domain {
namespace {

template <typename Entries>
auto* Find(const Entries& entries, const std::string& code) {
  for (const auto& entry : entries) {
    if (entry.code() == code) return &entry;
  }
  return static_cast<decltype(&entries.Get(0))>(nullptr);
}

// Title of the entry in one of `owner`'s lists, else the code.
template <typename Owner, typename Entries>
std::string TitleIn(const Words& words, const Owner* owner,
                    const Entries& (Owner::*entries)() const, const std::string& code) {
  if (owner == nullptr) return code;
  const auto* entry = Find((owner->*entries)(), code);
  return entry == nullptr ? code : words.In(entry->title());
}

}  // namespace

std::string Words::Medium(const std::string& code) const {
  return TitleIn(*this, scheme_, &content::v1::AssetScheme::media, code);
}
std::string Words::Stage(const std::string& code) const {
  return TitleIn(*this, scheme_, &content::v1::AssetScheme::stages, code);
}
std::string Words::Threat(const std::string& code) const {
  return TitleIn(*this, catalogue_, &content::v1::ThreatCatalogue::threats, code);
}
std::string Words::Control(const std::string& code) const {
  return TitleIn(*this, catalogue_, &content::v1::ThreatCatalogue::controls, code);
}
std::string Words::Band(const std::string& code) const {
  return TitleIn(*this, model_, &content::v1::RiskModel::bands, code);
}

const content::v1::Control* Words::FindControl(const std::string& code) const {
  return catalogue_ == nullptr ? nullptr : Find(catalogue_->controls(), code);
}

std::string Words::Level(const google::protobuf::RepeatedPtrField<content::v1::RiskLevel>& levels,
                         int value) const {
  for (const auto& level : levels) {
    if (level.value() == value) return In(level.meaning());
  }
  return absl::StrCat(value);
}

std::string Words::Reason(const v1::Scenario& scenario) const {
  if (model_ == nullptr || catalogue_ == nullptr || scheme_ == nullptr) return "";
  const auto* threat = Find(catalogue_->threats(), scenario.threat());
  if (threat == nullptr) return "";
  std::vector<std::string> missing;
  for (const std::string& control : scenario.missing_controls()) {
    missing.push_back(english_ ? Control(control) : absl::StrCat("「", Control(control), "」"));
  }
  const auto& sentence = missing.empty() ? model_->reason_all_done() : model_->reason();
  // All at once: what is put in is not looked at again.
  return absl::StrReplaceAll(
      In(sentence),
      {{"{asset}", scenario.asset_display_name()},
       {"{medium}", Medium(scenario.medium())},
       {"{stage}", Stage(scenario.stage())},
       {"{threat}", In(threat->title())},
       {"{importance}", absl::StrCat(scenario.importance())},
       {"{frequency}", Level(model_->frequencies(), scenario.frequency())},
       {"{vulnerability}", Level(model_->vulnerabilities(), scenario.vulnerability())},
       {"{value}", absl::StrCat(scenario.value())},
       {"{band}", Band(scenario.band())},
       {"{missing}", absl::StrJoin(missing, english_ ? "; " : "")},
       {"{consequence}", In(threat->consequence())}});
}

void Words::FillBands(google::protobuf::RepeatedPtrField<v1::BandCount>& bands) const {
  for (auto& band : bands) band.set_display_name(Band(band.band()));
}

void Words::Fill(v1::RiskResult& result) const {
  FillBands(*result.mutable_bands());
  const auto fill = [&](auto* groups, auto name_of) {
    for (auto& group : *groups) {
      group.set_display_name(name_of(group.code()));
      FillBands(*group.mutable_bands());
    }
  };
  fill(result.mutable_media(), [&](const std::string& code) { return Medium(code); });
  fill(result.mutable_stages(), [&](const std::string& code) { return Stage(code); });
  fill(result.mutable_threats(), [&](const std::string& code) { return Threat(code); });
  fill(result.mutable_departments(), [](const std::string& name) { return name; });
}

void Words::Fill(v1::LeftOut& left_out) const {
  left_out.set_display_name(absl::StrCat(Medium(left_out.medium()), english_ ? ", " : "、",
                                         Stage(left_out.stage()), english_ ? ": " : "：",
                                         Threat(left_out.threat())));
}

void Words::Fill(v1::TopRisk& risk) const {
  risk.set_medium_display_name(Medium(risk.medium()));
  risk.set_stage_display_name(Stage(risk.stage()));
  risk.set_threat_display_name(Threat(risk.threat()));
  v1::Scenario scenario;
  scenario.set_asset_display_name(risk.asset_display_name());
  scenario.set_medium(risk.medium());
  scenario.set_stage(risk.stage());
  scenario.set_threat(risk.threat());
  scenario.set_importance(risk.importance());
  scenario.set_frequency(risk.frequency());
  scenario.set_vulnerability(risk.vulnerability());
  scenario.set_value(risk.value());
  scenario.set_band(risk.band());
  *scenario.mutable_missing_controls() = risk.missing_controls();
  risk.set_reason(Reason(scenario));
}

}  // namespace staraction::risk::domain
