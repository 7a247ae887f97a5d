#include "services/risk/domain/summary.h"

#include <algorithm>

namespace staraction::risk::domain {
namespace {

// Counts in the making: bands of one group.
struct Group {
  int max_value = 0;
  std::vector<int64_t> assets;
  std::vector<int64_t> scenarios;
};

class Summary {
 public:
  Summary(const Model& model, const std::vector<RiskTable>& tables, bool sheet)
      : model_(model), tables_(tables), sheet_(sheet), all_(NewGroup()) {}

  void Add(const Cell& cell, size_t departments) {
    const std::vector<Slot>& slots = View(cell);
    Grow(departments_, departments);
    Grow(media_, model_.media.size());
    Grow(stages_, sheet_ ? 0 : model_.stages.size());
    Grow(threats_, model_.threats.size());
    std::vector<int> stage_max(stages_.size());
    std::vector<int> threat_max(threats_.size());
    const size_t medium = static_cast<size_t>(tables_[static_cast<size_t>(cell.table)].medium);
    const size_t department = static_cast<size_t>(cell.department);
    int largest = -1;
    for (const Slot& slot : slots) {
      if (slot.likelihood == 0) continue;
      const int value = cell.importance * slot.likelihood;
      largest = std::max(largest, value);
      for (Group* group : {&all_, &media_[medium], &departments_[department],
                           &threats_[static_cast<size_t>(slot.threat)]}) {
        AddScenario(*group, value, cell.count);
      }
      heat_[{cell.importance, slot.likelihood}].second += cell.count;
      KeepMax(threat_max, slot.threat, value);
      if (sheet_) continue;
      AddScenario(stages_[static_cast<size_t>(slot.stage)], value, cell.count);
      KeepMax(stage_max, slot.stage, value);
    }
    if (largest < 0) return;
    for (Group* group : {&all_, &media_[medium], &departments_[department]}) {
      AddAsset(*group, largest, cell.count);
    }
    heat_[{cell.importance, slots[0].likelihood}].first += cell.count;
    risk_sum_ += int64_t{largest} * cell.count;
    AddAssets(stages_, stage_max, cell.count);
    AddAssets(threats_, threat_max, cell.count);
  }

  v1::RiskResult Result(const std::vector<std::string>& departments) const {
    v1::RiskResult out;
    FillBands(all_, *out.mutable_bands());
    for (auto at = heat_.rbegin(); at != heat_.rend(); ++at) AddHeatCell(*at, out);
    FillGroups(model_.media, media_, false, *out.mutable_media());
    FillGroups(model_.stages, stages_, false, *out.mutable_stages());
    FillGroups(departments, departments_, true, *out.mutable_departments());
    FillGroups(model_.threats, threats_, true, *out.mutable_threats());
    while (out.departments_size() > kMaxDepartments) out.mutable_departments()->RemoveLast();
    for (const int64_t scenarios : all_.scenarios) {
      out.set_scenario_count(out.scenario_count() + scenarios);
    }
    out.set_risk_sum(risk_sum_);
    return out;
  }

 private:
  using Groups = google::protobuf::RepeatedPtrField<v1::RiskGroup>;
  // Assets and scenarios by importance and likelihood.
  using Heat = std::map<std::pair<int, int>, std::pair<int64_t, int64_t>>;

  const std::vector<Slot>& View(const Cell& cell) const {
    const RiskTable& table = tables_[static_cast<size_t>(cell.table)];
    return sheet_ ? table.sheet_view : table.stage_view;
  }
  Group NewGroup() const {
    return {0, std::vector<int64_t>(model_.bands.size()),
            std::vector<int64_t>(model_.bands.size())};
  }
  void Grow(std::vector<Group>& groups, size_t size) const {
    while (groups.size() < size) groups.push_back(NewGroup());
  }
  void AddScenario(Group& group, int value, int64_t count) const {
    group.max_value = std::max(group.max_value, value);
    group.scenarios[static_cast<size_t>(model_.BandOf(value))] += count;
  }
  void AddAsset(Group& group, int value, int64_t count) const {
    group.assets[static_cast<size_t>(model_.BandOf(value))] += count;
  }
  // `largest`: by group, one more than the asset's largest value; 0: nothing there.
  void AddAssets(std::vector<Group>& groups, const std::vector<int>& largest, int64_t count) const {
    for (size_t i = 0; i < largest.size(); ++i) {
      if (largest[i] > 0) AddAsset(groups[i], largest[i] - 1, count);
    }
  }
  static void KeepMax(std::vector<int>& largest, int index, int value) {
    int& here = largest[static_cast<size_t>(index)];
    here = std::max(here, value + 1);
  }

  void FillBands(const Group& group,
                 google::protobuf::RepeatedPtrField<v1::BandCount>& bands) const {
    for (size_t i = 0; i < model_.bands.size(); ++i) {
      v1::BandCount* band = bands.Add();
      band->set_band(model_.bands[i].code);
      band->set_assets(static_cast<int32_t>(group.assets[i]));
      band->set_scenarios(group.scenarios[i]);
    }
  }
  void AddHeatCell(const Heat::value_type& cell, v1::RiskResult& out) const {
    const auto& [place, counts] = cell;
    v1::HeatCell* heat = out.add_heat_map();
    heat->set_importance(place.first);
    heat->set_likelihood(place.second);
    heat->set_value(place.first * place.second);
    heat->set_band(model_.bands[static_cast<size_t>(model_.BandOf(heat->value()))].code);
    heat->set_assets(static_cast<int32_t>(counts.first));
    heat->set_scenarios(counts.second);
  }
  // Groups with a scenario; in the model's order, or by what they hold from the highest band down.
  void FillGroups(const std::vector<std::string>& codes, const std::vector<Group>& groups,
                  bool largest_first, Groups& out) const {
    std::vector<size_t> order;
    for (size_t i = 0; i < groups.size(); ++i) {
      const auto& scenarios = groups[i].scenarios;
      if (std::any_of(scenarios.begin(), scenarios.end(), [](int64_t n) { return n > 0; })) {
        order.push_back(i);
      }
    }
    if (largest_first) {
      std::stable_sort(order.begin(), order.end(), [&](size_t a, size_t b) {
        if (groups[a].max_value != groups[b].max_value) {
          return groups[a].max_value > groups[b].max_value;
        }
        return groups[a].assets > groups[b].assets;
      });
    }
    for (const size_t i : order) {
      v1::RiskGroup* group = out.Add();
      group->set_code(codes[i]);
      group->set_max_value(groups[i].max_value);
      FillBands(groups[i], *group->mutable_bands());
    }
  }

  const Model& model_;
  const std::vector<RiskTable>& tables_;
  const bool sheet_;
  Group all_;
  std::vector<Group> media_;
  std::vector<Group> stages_;
  std::vector<Group> departments_;
  std::vector<Group> threats_;
  Heat heat_;
  int64_t risk_sum_ = 0;
};

}  // namespace

v1::RiskResult Summarize(const Model& model, const std::vector<RiskTable>& tables,
                         const Cells& cells, v1::RiskView view) {
  Summary summary(model, tables, view == v1::RISK_VIEW_SHEET);
  for (const Cell& cell : cells.cells) summary.Add(cell, cells.departments.size());
  return summary.Result(cells.departments);
}

std::vector<v1::LeftOut> LeftOutOf(const Model& model, const std::vector<RiskTable>& tables,
                                   const Cells& cells) {
  std::vector<int64_t> assets(tables.size());
  for (const Cell& cell : cells.cells) assets[static_cast<size_t>(cell.table)] += cell.count;
  std::map<std::tuple<int, int, int>, int64_t> counts;
  for (size_t i = 0; i < tables.size(); ++i) {
    for (const Slot& slot : tables[i].stage_view) {
      if (slot.likelihood > 0) continue;
      counts[{tables[i].medium, slot.stage, slot.threat}] += assets[i];
    }
  }
  std::vector<v1::LeftOut> out;
  for (const auto& [place, count] : counts) {
    v1::LeftOut& left_out = out.emplace_back();
    left_out.set_medium(model.media[static_cast<size_t>(std::get<0>(place))]);
    left_out.set_stage(model.stages[static_cast<size_t>(std::get<1>(place))]);
    left_out.set_threat(model.threats[static_cast<size_t>(std::get<2>(place))]);
    left_out.set_assets(static_cast<int32_t>(count));
  }
  return out;
}

v1::RiskChange ChangeOf(const MaxValues& before, const MaxValues& after) {
  v1::RiskChange change;
  for (const auto& [asset, value] : after) {
    const auto old = before.find(asset);
    if (old == before.end()) {
      change.set_added(change.added() + 1);
    } else if (value < old->second) {
      change.set_lower(change.lower() + 1);
    } else if (value > old->second) {
      change.set_higher(change.higher() + 1);
    } else {
      change.set_same(change.same() + 1);
    }
  }
  const int kept = change.lower() + change.higher() + change.same();
  change.set_gone(static_cast<int32_t>(before.size()) - kept);
  return change;
}

std::vector<int> MissingControls(const Model& model, const std::vector<Level>& level,
                                 const RiskTable& table, const Slot& slot) {
  std::vector<int> missing;
  for (int stage = 0; stage < static_cast<int>(model.stages.size()); ++stage) {
    const bool here = slot.stage < 0 ? (table.stages >> stage & 1) != 0 : stage == slot.stage;
    if (!here) continue;
    for (const int control : model.Counters(slot.threat, stage)) {
      if (IsMissing(level[static_cast<size_t>(control)])) missing.push_back(control);
    }
  }
  std::sort(missing.begin(), missing.end());
  missing.erase(std::unique(missing.begin(), missing.end()), missing.end());
  return missing;
}

}  // namespace staraction::risk::domain
