#include "services/risk/domain/optimise.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "services/risk/domain/bundles.h"
#include "services/risk/domain/testing.h"

namespace staraction::risk::domain {
namespace {

constexpr double kNoLimit = HUGE_VAL;
bool Never() {
  return false;
}

// A random company: threats with controls at stages, some done, assets of two media, and costs.
struct Company {
  Model model;
  States states;
  std::vector<RiskTable> tables;
  Cells cells;
  std::vector<ControlOffer> offers;
};

template <typename T>
T Pick(std::mt19937& random, T low, T high) {
  return std::uniform_int_distribution<T>(low, high)(random);
}

Model RandomModel(std::mt19937& random, int controls) {
  Model model = OneThreat({}, controls);
  model.media = {"PAPER", "PC"};
  model.stages = {"USE", "STORE", "DISPOSE"};
  const int threats = Pick(random, 2, 7);
  model.threats.clear();
  model.threat_media.clear();
  model.threat_flags.assign(static_cast<size_t>(threats), 0);
  for (int threat = 0; threat < threats; ++threat) {
    model.threats.push_back("T" + std::to_string(threat));
    model.threat_media.push_back(Pick(random, 1u, 3u));
    for (int stage = 0; stage < 3; ++stage) {
      std::vector<int>& here = model.counters.emplace_back();
      if (Pick(random, 0, 2) == 0) continue;
      for (int control = 0; control < controls; ++control) {
        if (Pick(random, 0, controls) < 3) here.push_back(control);
      }
    }
  }
  return model;
}

Company RandomCompany(std::mt19937& random, int controls) {
  Company company{RandomModel(random, controls), {}, {}, {}, {}};
  const Level kLevels[] = {kNotDone, kNotDone, kUnknown, kNotDone, kPartly, kDone, kNone};
  for (size_t i = 0; i < company.model.threats.size(); ++i) {
    company.states.frequency.push_back(Pick(random, 1, 3));
  }
  for (int i = 0; i < controls; ++i) {
    company.states.level.push_back(kLevels[Pick(random, 0, controls == 15 ? 4 : 6)]);
    company.offers.push_back({Pick(random, 0, 9) * 10'000.0, Pick(random, 0, 8) * 0.5,
                              controls < 15 && Pick(random, 0, 9) == 0});
  }
  std::vector<Entry> entries;
  for (int i = 0; i < 6; ++i) {
    entries.push_back({Pick(random, 0, 1), Pick(random, 1, 7), Pick(random, 1, 3)});
  }
  const Ledger ledger = LedgerOf(entries);
  const Analysed analysed = Compute(company.model, company.states, ledger);
  company.tables = analysed.tables;
  company.cells = CellsOf(analysed, ledger);
  return company;
}

// Risk with these controls done, computed from the start.
Risk RiskWith(const Company& company, const std::vector<int>& controls) {
  States states = company.states;
  for (const int control : controls) states.level[static_cast<size_t>(control)] = kDone;
  std::vector<RiskTable> tables;
  for (const RiskTable& table : company.tables) {
    tables.push_back(MakeTable(company.model, states, table.medium, table.stages, table.flags));
  }
  return RiskOf(company.model, tables, company.cells);
}

// The least risk over all subsets of the options that the budgets allow.
Risk LeastRisk(const Company& company, const ControlProblem& controls) {
  Risk least{INT64_MAX, INT64_MAX};
  for (uint32_t subset = 0; subset < 1u << controls.controls.size(); ++subset) {
    double yen = 0;
    double hours = 0;
    std::vector<int> chosen;
    for (size_t k = 0; k < controls.controls.size(); ++k) {
      if ((subset >> k & 1) == 0) continue;
      yen += controls.problem.options[k].yen;
      hours += controls.problem.options[k].hours;
      chosen.push_back(controls.controls[k]);
    }
    if (yen > controls.problem.budget_yen || hours > controls.problem.budget_hours) continue;
    const Risk risk = RiskWith(company, chosen);
    if (std::pair(risk.risk_sum, risk.high_scenarios) <
        std::pair(least.risk_sum, least.high_scenarios)) {
      least = risk;
    }
  }
  return least;
}

void ExpectBest(const Company& company, ControlProblem controls, const std::string& which) {
  const Choice choice = Optimise(controls.problem, Never);
  std::vector<int> chosen;
  double yen = 0;
  double hours = 0;
  for (const int k : choice.options) {
    chosen.push_back(controls.controls[static_cast<size_t>(k)]);
    yen += controls.problem.options[static_cast<size_t>(k)].yen;
    hours += controls.problem.options[static_cast<size_t>(k)].hours;
  }
  const Risk before = RiskWith(company, {});
  const Risk got = RiskWith(company, chosen);
  const Risk want = LeastRisk(company, controls);
  ASSERT_EQ(got.risk_sum, want.risk_sum) << which;
  ASSERT_EQ(got.high_scenarios, want.high_scenarios) << which;
  ASSERT_EQ(choice.gain, (before.risk_sum - got.risk_sum) * controls.scale + before.high_scenarios -
                             got.high_scenarios)
      << which;
  ASSERT_EQ(choice.bound, choice.gain) << which;
  ASSERT_LE(yen, controls.problem.budget_yen) << which;
  ASSERT_LE(hours, controls.problem.budget_hours) << which;
}

TEST(OptimiseTest, EqualsBruteForceOnRandomCompanies) {
  std::mt19937 random(20261128);
  for (int round = 0; round < 2000; ++round) {
    const int controls = round % 50 == 0 ? 15 : Pick(random, 1, 9);
    const Company company = RandomCompany(random, controls);
    ControlProblem problem =
        MakeProblem(company.model, company.states, company.tables, company.cells, company.offers);
    problem.problem.budget_yen = round % 5 == 0 ? kNoLimit : Pick(random, 0, 30) * 10'000.0;
    problem.problem.budget_hours = round % 7 == 0 ? kNoLimit : Pick(random, 0, 24) * 0.5;
    ExpectBest(company, std::move(problem), "round " + std::to_string(round));
    if (HasFatalFailure()) return;
  }
}

// Controls 0 and 1 are a threat's at one stage, 2 and 3 the other's at another: risk 9, and a
// budget for two. One of each brings 6; both of one leave 9.
TEST(OptimiseTest, FindsWhatStepByStepDoesNot) {
  Company company{
      OneThreat({{0, 1}, {2, 3}}, 4), {{3}, {kNotDone, kNotDone, kNotDone, kNotDone}}, {}, {}, {}};
  const Ledger ledger = LedgerOf({{0, 3, 3}});
  const Analysed analysed = Compute(company.model, company.states, ledger);
  company.tables = analysed.tables;
  company.cells = CellsOf(analysed, ledger);
  company.offers.assign(4, {1, 0, false});
  ControlProblem problem =
      MakeProblem(company.model, company.states, company.tables, company.cells, company.offers);
  problem.problem.budget_yen = 2;
  problem.problem.budget_hours = kNoLimit;
  EXPECT_EQ(RiskWith(company, {}).risk_sum, 9);
  for (int single = 0; single < 4; ++single) EXPECT_EQ(RiskWith(company, {single}).risk_sum, 9);
  const Choice choice = Optimise(problem.problem, Never);
  ASSERT_EQ(choice.options.size(), 2u);
  EXPECT_LT(choice.options[0], 2);
  EXPECT_GE(choice.options[1], 2);
  EXPECT_EQ(RiskWith(company, choice.options).risk_sum, 6);
}

TEST(OptimiseTest, LeavesOutWhatBringsNothing) {
  const Problem problem{{{1, 1}, {1, 1}, {1, 1}}, {{5, {0}, {}}, {5, {1, 2}, {}}}, 2, kNoLimit};
  const Choice choice = Optimise(problem, Never);
  EXPECT_EQ(choice.gain, 5);
  EXPECT_EQ(GainOf(problem, choice.options), 5);
  for (size_t i = 0; i < choice.options.size(); ++i) {
    auto fewer = choice.options;
    fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(i));
    EXPECT_LT(GainOf(problem, fewer), 5);
  }
}

// Stopped at any step, the bound is never below what can be reached.
TEST(OptimiseTest, TheBoundIsHonestWhenTimeRunsOut) {
  std::mt19937 random(7);
  int unproven = 0;
  for (int round = 0; round < 200; ++round) {
    const Company company = RandomCompany(random, 12);
    ControlProblem problem =
        MakeProblem(company.model, company.states, company.tables, company.cells, company.offers);
    problem.problem.budget_yen = 150'000;
    problem.problem.budget_hours = 6;
    const Choice best = Optimise(problem.problem, Never);
    for (const int steps : {0, 1, 3, 205, 220}) {
      int left = steps;
      const Choice choice = Optimise(problem.problem, [&] { return left-- <= 0; });
      ASSERT_LE(choice.gain, best.gain) << round;
      ASSERT_GE(choice.bound, best.gain) << round << " after " << steps << " steps";
      unproven += choice.bound > choice.gain;
    }
  }
  EXPECT_GT(unproven, 0) << "time never ran out";
}

// The built-in catalogue in companies that have done a little or nothing: the sizes that products
// meet. Far fewer steps than a second has.
TEST(OptimiseTest, ProvesTheBuiltInCatalogueInFewSteps) {
  const Model model = BuiltInModel("risk-model-3-1");
  const auto* catalogue = BuiltIn().Find<content::v1::ThreatCatalogue>("threat-catalogue");
  std::mt19937 random(1);
  std::vector<Entry> entries;
  for (int i = 0; i < 40; ++i) {
    entries.push_back({Pick(random, 0, 5), i % 2 == 0 ? 63 : 47, Pick(random, 1, 3)});
  }
  const Ledger ledger = LedgerOf(entries);
  Company company{model, {}, {}, {}, {}};
  for (const auto& threat : catalogue->threats()) {
    company.states.frequency.push_back(threat.frequency());
  }
  for (const auto& control : catalogue->controls()) {
    company.offers.push_back({static_cast<double>(control.cost_yen()), control.hours(), false});
  }
  for (int round = 0; round < 20; ++round) {
    company.states.level.clear();
    for (int i = 0; i < catalogue->controls_size(); ++i) {
      company.states.level.push_back(Pick(random, 0, 19) < round ? kDone : kNotDone);
    }
    const Analysed analysed = Compute(model, company.states, ledger);
    company.tables = analysed.tables;
    company.cells = CellsOf(analysed, ledger);
    ControlProblem problem =
        MakeProblem(model, company.states, company.tables, company.cells, company.offers);
    problem.problem.budget_yen = 20'000 * round;
    problem.problem.budget_hours = 10 * round;
    int64_t steps = 0;
    const Choice choice = Optimise(problem.problem, [&] { return ++steps > 20'000; });
    EXPECT_EQ(choice.bound, choice.gain) << round;
  }
}

}  // namespace
}  // namespace staraction::risk::domain
