#ifndef STARACTION_SERVICES_RISK_DOMAIN_COMPUTE_H_
#define STARACTION_SERVICES_RISK_DOMAIN_COMPUTE_H_

#include <cstdint>
#include <string>
#include <vector>

#include "services/risk/domain/model.h"

namespace staraction::risk::domain {

// The frozen ledger in columns, one element for each asset.
struct Ledger {
  std::vector<std::string> id;
  std::vector<std::string> display_name;
  std::vector<std::string> department;
  std::vector<int64_t> persons;
  std::vector<uint8_t> medium;
  std::vector<StageMask> stages;  // that it passes
  std::vector<FlagMask> flags;
  std::vector<uint8_t> importance;

  size_t size() const { return medium.size(); }
};

// A scenario of a medium, before it meets an asset's importance.
struct Slot {
  int stage = -1;  // -1 in the sheet view
  int threat = 0;
  int frequency = 0;
  int vulnerability = 0;
  int likelihood = 0;  // 0: left out, no control is applicable
};

// Everything that can happen to assets of one medium and the same flags that pass the same stages.
// Frequency and vulnerability don't depend on the single asset, so its risks are its importance
// times these.
struct RiskTable {
  int medium = 0;
  StageMask stages = 0;
  FlagMask flags = 0;
  std::vector<Slot> stage_view;  // largest likelihood first
  std::vector<Slot> sheet_view;  // largest likelihood first

  // Largest likelihood of a view, 0 if nothing in it has one.
  static int Max(const std::vector<Slot>& view) { return view.empty() ? 0 : view[0].likelihood; }
};

RiskTable MakeTable(const Model& model, const States& states, int medium, StageMask stages,
                    FlagMask flags);

// What an analysis says of each asset, in columns, and the tables that they look up: some ten to
// fifty, however many assets there are.
struct Analysed {
  std::vector<RiskTable> tables;
  std::vector<uint16_t> table;     // by asset
  std::vector<uint8_t> stage_max;  // largest value of the stage view
  std::vector<uint8_t> sheet_max;  // largest value of the sheet view
  std::vector<uint32_t> by_risk;   // assets, largest risk first: stage view, sheet view, persons
  int64_t scenarios = 0;           // of the stage view that have a value
};

Analysed Compute(const Model& model, const States& states, const Ledger& ledger);

// Assets that are alike for everything but their name: a summary over these is one over all.
struct Cell {
  int table = 0;
  int importance = 0;
  int department = 0;  // index into the list that comes along
  int64_t count = 0;
};
struct Cells {
  std::vector<std::string> departments;
  std::vector<Cell> cells;
};
Cells CellsOf(const Analysed& analysed, const Ledger& ledger);

}  // namespace staraction::risk::domain

#endif  // STARACTION_SERVICES_RISK_DOMAIN_COMPUTE_H_
