#include "services/risk/domain/treatment.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/base/date.h"
#include "common/base/timestamp.h"
#include "services/risk/domain/proposal.h"
#include "services/risk/domain/summary.h"
#include "services/risk/domain/testing.h"

namespace staraction::risk::domain {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using v1::Treatment;

Treatment Make(Treatment::Strategy strategy, Treatment::State state) {
  Treatment treatment;
  treatment.set_strategy(strategy);
  treatment.set_state(state);
  return treatment;
}

TEST(TreatmentLifeTest, VerbsFollowFromStrategyAndState) {
  const struct {
    Treatment::Strategy strategy;
    Treatment::State state;
    std::vector<std::string> verbs;
  } kCases[] = {
      {Treatment::STRATEGY_REDUCE,
       Treatment::STATE_PLANNED,
       {"createMeasures", "complete", "withdraw"}},
      {Treatment::STRATEGY_AVOID, Treatment::STATE_PLANNED, {"complete", "withdraw"}},
      {Treatment::STRATEGY_TRANSFER, Treatment::STATE_IN_EFFECT, {"withdraw"}},
      {Treatment::STRATEGY_ACCEPT, Treatment::STATE_PLANNED, {"accept", "withdraw"}},
      {Treatment::STRATEGY_ACCEPT, Treatment::STATE_IN_EFFECT, {"accept", "withdraw"}},
      {Treatment::STRATEGY_REDUCE, Treatment::STATE_WITHDRAWN, {}},
  };
  for (const auto& test : kCases) {
    const Treatment treatment = Make(test.strategy, test.state);
    EXPECT_EQ(ActionsOf(treatment), test.verbs) << treatment.DebugString();
    for (const char* verb : {"createMeasures", "complete", "accept", "withdraw"}) {
      const bool allowed = std::count(test.verbs.begin(), test.verbs.end(), verb) > 0;
      EXPECT_EQ(After(treatment, verb).ok(), allowed) << verb << " " << treatment.DebugString();
    }
  }
}

TEST(TreatmentLifeTest, StandsUntilWithdrawnOrExpired) {
  const absl::CivilDay today(2026, 11, 28);
  Treatment accepted = Make(Treatment::STRATEGY_ACCEPT, Treatment::STATE_IN_EFFECT);
  *accepted.mutable_acceptance()->mutable_expire_date() = ToProtoDate(today);
  EXPECT_TRUE(Stands(accepted, today)) << "its last day counts";
  EXPECT_FALSE(Stands(accepted, today + 1));
  EXPECT_TRUE(IsExpired(accepted, today + 1));
  EXPECT_FALSE(Stands(Make(Treatment::STRATEGY_ACCEPT, Treatment::STATE_PLANNED), today));
  EXPECT_TRUE(Stands(Make(Treatment::STRATEGY_REDUCE, Treatment::STATE_PLANNED), today));
  EXPECT_FALSE(Stands(Make(Treatment::STRATEGY_REDUCE, Treatment::STATE_WITHDRAWN), today));

  const absl::Time noon = absl::FromUnixSeconds(1'700'000'000);
  Treatment reduced = Make(Treatment::STRATEGY_REDUCE, Treatment::STATE_IN_EFFECT);
  *reduced.mutable_effect_time() = ToTimestamp(noon);
  EXPECT_TRUE(StandsIn(reduced, today, noon - absl::Hours(1)));
  EXPECT_FALSE(StandsIn(reduced, today, noon + absl::Hours(1)));
  reduced.set_strategy(Treatment::STRATEGY_TRANSFER);
  EXPECT_TRUE(StandsIn(reduced, today, noon + absl::Hours(1))) << "it changes no risk";
}

TEST(TreatmentLifeTest, AcceptanceHoldsAtMostTwoYears) {
  const absl::CivilDay today(2026, 11, 28);
  const struct {
    absl::CivilDay accepted, last;
    bool ok;
  } kCases[] = {
      {today, today + 1, true},
      {today - 400, today + 100, true},
      {today, absl::CivilDay(2028, 11, 28), true},
      {today, absl::CivilDay(2028, 11, 29), false},
      {today, today, false},
      {today + 1, today + 10, false},
  };
  for (const auto& test : kCases) {
    v1::Acceptance acceptance;
    *acceptance.mutable_accept_date() = ToProtoDate(test.accepted);
    *acceptance.mutable_expire_date() = ToProtoDate(test.last);
    EXPECT_EQ(CheckAcceptance(acceptance, today).ok(), test.ok) << test.accepted << test.last;
  }
  EXPECT_FALSE(CheckAcceptance({}, today).ok());
}

TEST(ProposalTest, LevelsFollowFromAnswers) {
  using content::v1::ANSWER_FOLLOWED;
  using content::v1::ANSWER_NOT_FOLLOWED;
  using content::v1::ANSWER_NOT_USED;
  using content::v1::ANSWER_PARTLY;
  using content::v1::ANSWER_UNKNOWN;
  const struct {
    std::vector<content::v1::Answer> answers;
    Level want;
  } kCases[] = {
      {{ANSWER_FOLLOWED}, kDone},
      {{ANSWER_FOLLOWED, ANSWER_NOT_USED}, kDone},
      {{ANSWER_FOLLOWED, ANSWER_NOT_FOLLOWED}, kPartly},
      {{ANSWER_FOLLOWED, ANSWER_UNKNOWN}, kPartly},
      {{ANSWER_PARTLY, ANSWER_NOT_FOLLOWED}, kPartly},
      {{ANSWER_NOT_FOLLOWED, ANSWER_UNKNOWN}, kNotDone},
      {{ANSWER_UNKNOWN}, kUnknown},
      {{ANSWER_NOT_USED, ANSWER_NOT_USED}, kNone},
  };
  for (const auto& test : kCases) {
    EXPECT_EQ(LevelOf(test.answers), test.want) << ::testing::PrintToString(test.answers);
  }
}

TEST(ProposalTest, AnswersCountMoreThanTheIndustryAndMeasuresMost) {
  const auto* catalogue = BuiltIn().Find<content::v1::ThreatCatalogue>("threat-catalogue");
  const auto proposal = [&](const GivenAnswers& answers,
                            const std::map<std::string, std::string>& measures,
                            const std::string& code) {
    v1::ControlState found;
    for (const auto& state :
         ProposeControls(*catalogue, "clients/c", "MANUFACTURING", answers, measures)) {
      if (state.name() == "clients/c/controlStates/" + code) found = state;
    }
    return found;
  };
  const std::string code = "ORG_THREAT_FEED";
  EXPECT_EQ(proposal({}, {}, code).source(), v1::STATE_SOURCE_UNSPECIFIED);
  const GivenAnswers answers = {{"RC_THREATS_INFO", {content::v1::ANSWER_PARTLY, "d"}}};
  EXPECT_EQ(proposal(answers, {}, code).source(), v1::STATE_SOURCE_DIAGNOSIS);
  EXPECT_EQ(proposal(answers, {{code, "m"}}, code).source(), v1::STATE_SOURCE_MEASURE);
  EXPECT_EQ(proposal({}, {}, "SYS_SEPARATE").level(), kNone);
  EXPECT_EQ(proposal({}, {{"SYS_SEPARATE", "m"}}, "SYS_SEPARATE").level(), kDone);
}

TEST(SummaryTest, ChangesAreCountedByAsset) {
  const v1::RiskChange change =
      ChangeOf({{"a", 9}, {"b", 4}, {"c", 2}, {"d", 1}}, {{"a", 3}, {"b", 4}, {"c", 6}, {"e", 9}});
  EXPECT_EQ(change.lower(), 1);
  EXPECT_EQ(change.same(), 1);
  EXPECT_EQ(change.higher(), 1);
  EXPECT_EQ(change.added(), 1);
  EXPECT_EQ(change.gone(), 1);
}

// Counts over cells are those over assets one by one.
TEST(SummaryTest, CellsCountLikeSingleAssets) {
  const Model model = BuiltInModel("risk-model-4-0");
  States states;
  for (size_t i = 0; i < model.threats.size(); ++i) {
    states.frequency.push_back(static_cast<int>(i % 3) + 1);
  }
  const Level kLevels[] = {kDone, kPartly, kNotDone, kNone};
  for (size_t i = 0; i < model.controls.size(); ++i) states.level.push_back(kLevels[i % 4]);
  std::vector<Entry> entries;
  for (int i = 0; i < 200; ++i) {
    entries.push_back({i % 6, i % 5 == 0 ? 21 : 63, i % 3 + 1, i % 2 == 0 ? "総務" : "営業", 0,
                       i % 7 == 0 ? 4 : 0});
  }
  const Ledger ledger = LedgerOf(entries);
  const Analysed analysed = Compute(model, states, ledger);
  for (const auto view : {v1::RISK_VIEW_STAGE, v1::RISK_VIEW_SHEET}) {
    const v1::RiskResult result =
        Summarize(model, analysed.tables, CellsOf(analysed, ledger), view);
    std::vector<int64_t> assets(model.bands.size());
    std::vector<int64_t> scenarios(model.bands.size());
    int64_t sum = 0;
    for (size_t i = 0; i < ledger.size(); ++i) {
      const RiskTable& table = analysed.tables[analysed.table[i]];
      int largest = -1;
      for (const Slot& slot : view == v1::RISK_VIEW_STAGE ? table.stage_view : table.sheet_view) {
        if (slot.likelihood == 0) continue;
        const int value = ledger.importance[i] * slot.likelihood;
        ++scenarios[static_cast<size_t>(model.BandOf(value))];
        largest = std::max(largest, value);
      }
      if (largest < 0) continue;
      ++assets[static_cast<size_t>(model.BandOf(largest))];
      sum += largest;
    }
    for (int band = 0; band < result.bands_size(); ++band) {
      EXPECT_EQ(result.bands(band).assets(), assets[static_cast<size_t>(band)]);
      EXPECT_EQ(result.bands(band).scenarios(), scenarios[static_cast<size_t>(band)]);
    }
    EXPECT_EQ(result.risk_sum(), sum);
  }
}

}  // namespace
}  // namespace staraction::risk::domain
