#include "services/risk/domain/compute.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/risk/domain/testing.h"

namespace staraction::risk::domain {
namespace {

using ::testing::ElementsAre;

TEST(VulnerabilityTest, FollowsFromTheLevelsOfAllControls) {
  const struct {
    std::vector<Level> level;
    int want;
  } kCases[] = {
      {{kDone}, 1},           {{kDone, kDone}, 1},       {{kDone, kNone}, 1},
      {{kNotDone}, 3},        {{kNotDone, kUnknown}, 3}, {{kUnknown, kNone}, 3},
      {{kDone, kNotDone}, 2}, {{kDone, kUnknown}, 2},    {{kPartly}, 2},
      {{kPartly, kDone}, 2},  {{kPartly, kNotDone}, 2},  {{kNone}, 0},
      {{kNone, kNone}, 0},
  };
  for (const auto& test : kCases) {
    std::vector<int> controls;
    for (size_t i = 0; i < test.level.size(); ++i) controls.push_back(static_cast<int>(i));
    EXPECT_EQ(Vulnerability(controls, test.level), test.want)
        << ::testing::PrintToString(test.level);
  }
}

// Likelihood and risk as the guideline's editions have them.
TEST(ModelTest, BuiltInModelsGiveTheKnownValues) {
  const struct {
    int threat, vulnerability, likelihood;
  } kMatrix[] = {{3, 3, 3}, {3, 2, 2}, {2, 3, 2}, {2, 2, 1}, {3, 1, 1},
                 {1, 3, 1}, {1, 1, 1}, {2, 1, 1}, {1, 2, 1}};
  for (const char* id : {"risk-model-2", "risk-model-3-1", "risk-model-4-0"}) {
    const Model model = BuiltInModel(id);
    for (const auto& cell : kMatrix) {
      EXPECT_EQ(model.likelihood[cell.threat][cell.vulnerability], cell.likelihood) << id;
    }
  }
  const auto band = [](const char* id, int value) {
    const Model model = BuiltInModel(id);
    return model.bands[static_cast<size_t>(model.BandOf(value))].code;
  };
  const struct {
    int importance, likelihood;
    const char* band;
  } kRisks[] = {{3, 3, "HIGH"},   {3, 2, "HIGH"}, {2, 3, "HIGH"},
                {2, 2, "MIDDLE"}, {3, 1, "LOW"},  {1, 1, "LOW"}};
  for (const char* id : {"risk-model-3-1", "risk-model-4-0"}) {
    for (const auto& risk : kRisks) {
      EXPECT_EQ(band(id, risk.importance * risk.likelihood), risk.band)
          << id << " " << risk.importance << "×" << risk.likelihood;
    }
  }
  EXPECT_EQ(band("risk-model-2", 6), "HIGH");
  EXPECT_EQ(band("risk-model-2", 4), "HIGH");
  EXPECT_EQ(band("risk-model-2", 3), "MIDDLE");
  EXPECT_EQ(band("risk-model-2", 1), "MIDDLE");
  EXPECT_EQ(band("risk-model-2", 0), "LOW");
}

// The pair of the worked example: 3 × 2 = 6 before, 2 × 1 = 2 after.
TEST(ComputeTest, GivesTheWorkedExample) {
  const Model model = OneThreat({{0, 1}}, 2);
  const auto value = [&](int importance, int frequency, Level first, Level second) {
    const auto out = Compute(model, {{frequency}, {first, second}}, LedgerOf({{0, 1, importance}}));
    return int{out.stage_max[0]};
  };
  EXPECT_EQ(value(3, 3, kDone, kNotDone), 6);
  EXPECT_EQ(value(2, 3, kDone, kDone), 2);
}

// Stage ≥ sheet for every asset, whatever controls counter a threat at which of its stages, how far
// they are done, how often the threat comes and which stages the asset passes.
TEST(ComputeTest, TheStageViewIsNeverBelowTheSheetView) {
  const Level kLevels[] = {kDone, kPartly, kNotDone, kUnknown, kNone};
  int differing = 0;
  for (int assigned = 0; assigned < 8 * 8 * 8; ++assigned) {  // controls of three stages, as bits
    std::vector<std::vector<int>> counters(3);
    for (int stage = 0; stage < 3; ++stage) {
      for (int control = 0; control < 3; ++control) {
        if (assigned >> (3 * stage + control) & 1) {
          counters[static_cast<size_t>(stage)].push_back(control);
        }
      }
    }
    const Model model = OneThreat(counters, 3);
    for (int levels = 0; levels < 125; ++levels) {
      for (int frequency = 1; frequency <= 3; ++frequency) {
        const States states{{frequency},
                            {kLevels[levels % 5], kLevels[levels / 5 % 5], kLevels[levels / 25]}};
        for (int stages = 0; stages < 8; ++stages) {
          const RiskTable table = MakeTable(model, states, 0, static_cast<StageMask>(stages), 0);
          const int stage = RiskTable::Max(table.stage_view);
          const int sheet = RiskTable::Max(table.sheet_view);
          ASSERT_GE(stage, sheet) << assigned << " " << levels << " " << stages;
          ASSERT_EQ(stage == 0, sheet == 0) << "a view has a value where the other has";
          differing += stage > sheet;
        }
      }
    }
  }
  EXPECT_GT(differing, 0) << "the views would be one";
}

// Two controls at USE, one at STORE, worked out by hand: likelihood at frequency 3 of both views.
TEST(ComputeTest, TheSheetViewEqualsTheHandComputedTable) {
  const Model model = OneThreat({{0, 1}, {2}}, 3);
  const struct {
    Level a, b, c;
    int sheet, use, store;  // 0: left out
  } kTable[] = {
      {kDone, kDone, kDone, 1, 1, 1},         {kDone, kDone, kNotDone, 2, 1, 3},
      {kDone, kNotDone, kDone, 2, 2, 1},      {kDone, kNotDone, kNotDone, 2, 2, 3},
      {kNotDone, kNotDone, kDone, 2, 3, 1},   {kNotDone, kNotDone, kNotDone, 3, 3, 3},
      {kPartly, kNotDone, kNotDone, 2, 2, 3}, {kNone, kDone, kDone, 1, 1, 1},
      {kNone, kNone, kDone, 1, 0, 1},         {kNone, kNone, kUnknown, 3, 0, 3},
      {kDone, kUnknown, kNone, 2, 2, 0},      {kNone, kNone, kNone, 0, 0, 0},
  };
  for (const auto& row : kTable) {
    const RiskTable table = MakeTable(model, {{3}, {row.a, row.b, row.c}}, 0, 3, 0);
    ASSERT_EQ(table.sheet_view.size(), 1u);
    EXPECT_EQ(table.sheet_view[0].likelihood, row.sheet);
    for (const Slot& slot : table.stage_view) {
      EXPECT_EQ(slot.likelihood, slot.stage == 0 ? row.use : row.store);
    }
  }
}

TEST(ComputeTest, StagesThatAnAssetDoesNotPassDoNotCount) {
  const Model model = OneThreat({{0}, {1}}, 2);
  const States states{{3}, {kDone, kNotDone}};
  const auto out = Compute(model, states, LedgerOf({{0, 1, 3}, {0, 2, 3}, {0, 3, 3}, {0, 0, 3}}));
  EXPECT_THAT(out.stage_max, ElementsAre(3, 9, 9, 0));
  EXPECT_THAT(out.sheet_max, ElementsAre(3, 9, 6, 0));
  EXPECT_THAT(out.by_risk, ElementsAre(1u, 2u, 0u, 3u));
  EXPECT_EQ(out.scenarios, 4);
  EXPECT_EQ(out.tables.size(), 4u);
}

TEST(ComputeTest, AThreatWithFlagsHappensToAssetsWithOne) {
  Model model = OneThreat({{0}}, 1);
  model.threat_flags = {4};
  const States states{{3}, {kNotDone}};
  const auto out = Compute(
      model, states,
      LedgerOf({{0, 1, 3, "総務", 0, 4}, {0, 1, 3, "総務", 0, 1}, {0, 1, 3, "総務", 0, 6}}));
  EXPECT_THAT(out.stage_max, ElementsAre(9, 0, 9));
  EXPECT_EQ(out.tables.size(), 2u) << "flags that no threat asks for make no table of their own";
}

TEST(ComputeTest, EqualRisksAreOrderedByPersons) {
  const Model model = OneThreat({{0}}, 1);
  const auto out = Compute(model, {{3}, {kNotDone}},
                           LedgerOf({{0, 1, 2, "総務", 5}, {0, 1, 2, "総務", 900}, {0, 1, 3}}));
  EXPECT_THAT(out.by_risk, ElementsAre(2u, 1u, 0u));
}

}  // namespace
}  // namespace staraction::risk::domain
