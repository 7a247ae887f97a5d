#include <functional>
#include <map>
#include <set>

#include "absl/strings/str_cat.h"
#include "services/document/domain/fill.h"
#include "services/document/domain/formats.h"

namespace staraction::document::domain {
namespace {

using risk::v1::RiskResult;
using risk::v1::Treatment;

constexpr int kDarkest = 4;
constexpr size_t kMostGroups = 12;

// How dark a band is: the highest darkest, the lowest light.
int LevelOf(const RiskResult& result, const std::string& band) {
  const int count = result.bands_size();
  for (int i = 0; i < count; ++i) {
    if (result.bands(i).band() != band) continue;
    return count < 2 ? kDarkest : 1 + (kDarkest - 1) * (count - 1 - i) / (count - 1);
  }
  return 0;
}

std::string BandTitle(const RiskResult& result, const std::string& band) {
  for (const auto& each : result.bands()) {
    if (each.band() == band) return each.display_name();
  }
  return band;
}

// Importance (rows) by likelihood (columns), highest first.
void AddMatrix(const RiskResult& result, TemplateData& data) {
  std::map<int, std::map<int, const risk::v1::HeatCell*>, std::greater<>> rows;
  std::set<int> likelihoods = {1, 2, 3};
  for (const auto& cell : result.heat_map()) {
    rows[cell.importance()][cell.likelihood()] = &cell;
    likelihoods.insert(cell.likelihood());
  }
  auto& columns = data.lists["likelihood"];
  for (const int likelihood : likelihoods) {
    columns.push_back({{"title", absl::StrCat(likelihood)}});
  }
  auto& list = data.lists["matrix"];
  for (const auto& [importance, cells] : rows) {
    auto& row = data.lists[absl::StrCat("matrix[", list.size(), "].cell")];
    for (const int likelihood : likelihoods) {
      const auto cell = cells.find(likelihood);
      if (cell == cells.end()) {
        row.push_back({{"text", "0"}, {"level", ""}});
        continue;
      }
      row.push_back({{"text", absl::StrCat(cell->second->assets())},
                     {"level", absl::StrCat(LevelOf(result, cell->second->band()))}});
    }
    list.push_back({{"title", absl::StrCat(importance)}});
  }
}

// Counts by band of media, stages, departments.
template <typename Groups>
void AddGroups(const RiskResult& result, const Groups& groups, const std::string& name,
               TemplateData& data) {
  auto& list = data.lists[name];
  for (const auto& group : groups) {
    if (list.size() == kMostGroups) break;
    auto& cells = data.lists[absl::StrCat(name, "[", list.size(), "].cell")];
    for (const auto& band : group.bands()) {
      const int level = band.assets() == 0 ? 0 : LevelOf(result, band.band());
      cells.push_back({{"text", absl::StrCat(band.assets())}, {"level", absl::StrCat(level)}});
    }
    list.push_back({{"title", group.display_name()}, {"max", absl::StrCat(group.max_value())}});
  }
}

void AddBands(const SubjectFacts& facts, TemplateData& data) {
  const RiskResult& result = facts.analysis.stage_view();
  auto& list = data.lists["band"];
  for (const auto& band : result.bands()) {
    std::string before;
    for (const auto& each : facts.analysis.change().bands_before()) {
      if (each.band() == band.band()) before = absl::StrCat(each.assets());
    }
    std::string sheet;
    for (const auto& each : facts.analysis.sheet_view().bands()) {
      if (each.band() == band.band()) sheet = absl::StrCat(each.assets());
    }
    list.push_back({{"title", band.display_name()},
                    {"assets", absl::StrCat(band.assets())},
                    {"scenarios", absl::StrCat(band.scenarios())},
                    {"sheet_assets", sheet},
                    {"before", before}});
  }
}

void AddTop(const SubjectFacts& facts, TemplateData& data) {
  auto& list = data.lists["top"];
  for (const auto& risk : facts.analysis.top_risks()) {
    list.push_back({{"number", absl::StrCat(list.size() + 1)},
                    {"asset", risk.asset_display_name()},
                    {"department", risk.department()},
                    {"medium", risk.medium_display_name()},
                    {"stage", risk.stage_display_name()},
                    {"threat", risk.threat_display_name()},
                    {"value", absl::StrCat(risk.value())},
                    {"band", BandTitle(facts.analysis.stage_view(), risk.band())},
                    {"persons", risk.persons() == 0 ? "" : YenText(risk.persons())},
                    {"reason", risk.reason()}});
  }
}

const char* StrategyText(Treatment::Strategy strategy) {
  switch (strategy) {
    case Treatment::STRATEGY_REDUCE:
      return "低減";
    case Treatment::STRATEGY_AVOID:
      return "回避";
    case Treatment::STRATEGY_TRANSFER:
      return "移転";
    case Treatment::STRATEGY_ACCEPT:
      return "保有";
    default:
      return "";
  }
}

std::string StateText(const Treatment& treatment) {
  if (treatment.expired()) return "期限切れ";
  return treatment.state() == Treatment::STATE_IN_EFFECT ? "実施済み" : "計画";
}

void AddTreatments(const SubjectFacts& facts, TemplateData& data) {
  auto& list = data.lists["treatment"];
  for (const Treatment& treatment : facts.treatments) {
    const auto& acceptance = treatment.acceptance();
    const std::string accepted = acceptance.approver_display_name().empty()
                                     ? ""
                                     : absl::StrCat(acceptance.approver_display_name(), "（",
                                                    ShortDate(acceptance.expire_date()), "まで）");
    list.push_back({{"title", treatment.display_name()},
                    {"strategy", StrategyText(treatment.strategy())},
                    {"state", StateText(treatment)},
                    {"note", treatment.note()},
                    {"before", absl::StrCat(treatment.value())},
                    {"after", absl::StrCat(treatment.residual_value())},
                    {"accepted", accepted}});
  }
}

}  // namespace

void FillRiskReport(const SubjectFacts& facts, TemplateData& data) {
  const auto& analysis = facts.analysis;
  const RiskResult& result = analysis.stage_view();
  const bool compared = analysis.has_change();
  data.fields["risk.date"] = DateText(analysis.create_time());
  data.fields["risk.edition"] = analysis.edition();
  data.fields["risk.assets"] = absl::StrCat(analysis.asset_count());
  data.fields["risk.scenarios"] = absl::StrCat(result.scenario_count());
  data.fields["risk.sum"] = absl::StrCat(result.risk_sum());
  data.fields["risk.sum_before"] =
      compared ? absl::StrCat(analysis.change().risk_sum_before()) : "";
  data.fields["risk.lower"] = absl::StrCat(analysis.change().lower());
  data.fields["risk.higher"] = absl::StrCat(analysis.change().higher());
  data.fields["risk.compared"] = compared ? "1" : "";
  data.fields["risk.note"] = analysis.note();
  const int unsure = analysis.unconfirmed_threat_count() + analysis.unconfirmed_control_count();
  data.fields["risk.unconfirmed"] = unsure == 0 ? "" : absl::StrCat(unsure);
  AddMatrix(result, data);
  AddBands(facts, data);
  auto& columns = data.lists["band_column"];
  for (const auto& band : result.bands()) columns.push_back({{"title", band.display_name()}});
  AddGroups(result, result.media(), "medium", data);
  AddGroups(result, result.stages(), "stage", data);
  AddGroups(result, result.departments(), "department", data);
  AddGroups(result, result.threats(), "threat", data);
  AddTop(facts, data);
  AddTreatments(facts, data);
}

}  // namespace staraction::document::domain
