#include "services/risk/domain/compute.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <tuple>
#include <unordered_map>

namespace staraction::risk::domain {
namespace {

Slot MakeSlot(const Model& model, const States& states, int stage, int threat,
              const std::vector<int>& controls) {
  Slot slot;
  slot.stage = stage;
  slot.threat = threat;
  slot.frequency = states.frequency[static_cast<size_t>(threat)];
  slot.vulnerability = Vulnerability(controls, states.level);
  slot.likelihood = model.likelihood[slot.frequency][slot.vulnerability];
  return slot;
}

// Keeps the catalogue's order among equals.
void LargestFirst(std::vector<Slot>& view) {
  std::stable_sort(view.begin(), view.end(),
                   [](const Slot& a, const Slot& b) { return a.likelihood > b.likelihood; });
}

void AddThreat(const Model& model, const States& states, int threat, RiskTable& table) {
  std::vector<int> pooled;
  for (int stage = 0; stage < static_cast<int>(model.stages.size()); ++stage) {
    const std::vector<int>& controls = model.Counters(threat, stage);
    if ((table.stages >> stage & 1) == 0 || controls.empty()) continue;
    table.stage_view.push_back(MakeSlot(model, states, stage, threat, controls));
    for (const int control : controls) {
      if (std::count(pooled.begin(), pooled.end(), control) == 0) pooled.push_back(control);
    }
  }
  if (!pooled.empty()) {
    table.sheet_view.push_back(MakeSlot(model, states, -1, threat, pooled));
  }
}

int64_t WithValue(const std::vector<Slot>& view) {
  return std::count_if(view.begin(), view.end(), [](const Slot& s) { return s.likelihood > 0; });
}

std::vector<uint32_t> ByRisk(const Analysed& analysed, const Ledger& ledger) {
  std::vector<uint32_t> order(ledger.size());
  std::iota(order.begin(), order.end(), 0u);
  const auto key = [&](uint32_t i) {
    return std::make_tuple(-analysed.stage_max[i], -analysed.sheet_max[i], -ledger.persons[i]);
  };
  std::stable_sort(order.begin(), order.end(),
                   [&](uint32_t a, uint32_t b) { return key(a) < key(b); });
  return order;
}

}  // namespace

RiskTable MakeTable(const Model& model, const States& states, int medium, StageMask stages,
                    FlagMask flags) {
  RiskTable table;
  table.medium = medium;
  table.stages = stages;
  table.flags = flags;
  for (int threat = 0; threat < static_cast<int>(model.threats.size()); ++threat) {
    const FlagMask wanted = model.threat_flags[static_cast<size_t>(threat)];
    const bool on_medium = model.threat_media[static_cast<size_t>(threat)] >> medium & 1;
    if (on_medium && (wanted == 0 || (wanted & flags) != 0)) {
      AddThreat(model, states, threat, table);
    }
  }
  LargestFirst(table.stage_view);
  LargestFirst(table.sheet_view);
  return table;
}

Analysed Compute(const Model& model, const States& states, const Ledger& ledger) {
  Analysed out;
  const size_t size = ledger.size();
  out.table.resize(size);
  out.stage_max.resize(size);
  out.sheet_max.resize(size);
  FlagMask relevant = 0;
  for (const FlagMask flags : model.threat_flags)
    relevant = static_cast<FlagMask>(relevant | flags);
  // By medium, flags and stages: the number of its table plus 1.
  std::vector<uint16_t> known(model.media.size() << 16);
  std::vector<int64_t> scenarios;
  for (size_t i = 0; i < size; ++i) {
    const FlagMask flags = ledger.flags[i] & relevant;
    uint16_t& number =
        known[size_t{ledger.medium[i]} << 16 | size_t{flags} << 8 | ledger.stages[i]];
    if (number == 0) {
      out.tables.push_back(MakeTable(model, states, ledger.medium[i], ledger.stages[i], flags));
      scenarios.push_back(WithValue(out.tables.back().stage_view));
      number = static_cast<uint16_t>(out.tables.size());
    }
    out.table[i] = static_cast<uint16_t>(number - 1);
    const RiskTable& table = out.tables[out.table[i]];
    out.stage_max[i] =
        static_cast<uint8_t>(ledger.importance[i] * RiskTable::Max(table.stage_view));
    out.sheet_max[i] =
        static_cast<uint8_t>(ledger.importance[i] * RiskTable::Max(table.sheet_view));
    out.scenarios += scenarios[out.table[i]];
  }
  out.by_risk = ByRisk(out, ledger);
  return out;
}

Cells CellsOf(const Analysed& analysed, const Ledger& ledger) {
  Cells out;
  std::unordered_map<std::string, int> departments;
  std::map<std::tuple<int, int, int>, size_t> places;
  for (size_t i = 0; i < ledger.size(); ++i) {
    const auto [department, fresh] =
        departments.emplace(ledger.department[i], static_cast<int>(departments.size()));
    if (fresh) out.departments.push_back(ledger.department[i]);
    const std::tuple<int, int, int> key(analysed.table[i], ledger.importance[i],
                                        department->second);
    const auto [place, first] = places.emplace(key, out.cells.size());
    if (first) {
      out.cells.push_back({analysed.table[i], ledger.importance[i], department->second, 0});
    }
    ++out.cells[place->second].count;
  }
  return out;
}

}  // namespace staraction::risk::domain
