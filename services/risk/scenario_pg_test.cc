// Assets and scenarios of analyses, through real gRPC and PostgreSQL.

#include "services/risk/testing.h"

namespace staraction::risk {
namespace {

using absl::StatusCode;
using test::StatusIs;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class ScenarioTest : public RiskTest {
 protected:
  auto Scenarios(const std::string& analysis, const std::string& more = "") {
    return As("president", *analyses_, &Analyses::ListScenarios,
              "parent: '" + analysis + "' " + more);
  }
};

TEST_F(ScenarioTest, WithoutAnApplicableControlAScenarioIsLeftOutAndListed) {
  Begin();
  ASSERT_OK(
      SetControls({"PC_CLEAR_DESK LEVEL_NOT_APPLICABLE", "PHY_VISITORS LEVEL_NOT_APPLICABLE"}));
  const auto analysis = Create();
  ASSERT_OK(analysis);
  ASSERT_GE(analysis->left_out_size(), 1);
  const v1::LeftOut& left_out = analysis->left_out(0);
  EXPECT_EQ(left_out.medium(), "PAPER");
  EXPECT_EQ(left_out.stage(), "USE");
  EXPECT_EQ(left_out.threat(), "PAPER_STOLEN_OFFICE");
  EXPECT_EQ(left_out.assets(), 2);
  EXPECT_THAT(left_out.display_name(), HasSubstr("書類"));
  const auto scenarios = Scenarios(analysis->name(), "threat: 'PAPER_STOLEN_OFFICE'");
  ASSERT_OK(scenarios);
  ASSERT_EQ(scenarios->scenarios_size(), 1);
  EXPECT_EQ(scenarios->scenarios(0).stage(), "STORE");
}

TEST_F(ScenarioTest, TheStageViewShowsWhatTheSheetHides) {
  Begin();
  ASSERT_OK(SetControls({"PHY_LOCKED_STORAGE LEVEL_DONE", "PHY_LAST_OUT LEVEL_DONE"}));
  const auto analysis = Create();
  ASSERT_OK(analysis);
  const std::string threat = "threat: 'PAPER_STOLEN_OFFICE' asset: '" + AssetName(1) + "' ";
  const auto stages = Scenarios(analysis->name(), threat);
  ASSERT_OK(stages);
  ASSERT_EQ(stages->scenarios_size(), 2);
  EXPECT_EQ(stages->scenarios(0).stage(), "USE");
  EXPECT_EQ(stages->scenarios(0).value(), 6);
  EXPECT_EQ(stages->scenarios(1).stage(), "STORE");
  EXPECT_EQ(stages->scenarios(1).value(), 3);
  EXPECT_THAT(stages->scenarios(1).missing_controls(), IsEmpty());
  const auto sheet = Scenarios(analysis->name(), threat + "view: RISK_VIEW_SHEET");
  ASSERT_OK(sheet);
  ASSERT_EQ(sheet->scenarios_size(), 1);
  EXPECT_EQ(sheet->scenarios(0).vulnerability(), 2);
  EXPECT_EQ(sheet->scenarios(0).value(), 3);
  EXPECT_EQ(sheet->scenarios(0).stage(), "");

  for (const auto* scenario : {&stages->scenarios(1), &sheet->scenarios(0)}) {
    const auto got =
        As("manager", *analyses_, &Analyses::GetScenario, "name: '" + scenario->name() + "'");
    ASSERT_OK(got);
    EXPECT_EQ(got->SerializeAsString(), scenario->SerializeAsString());
  }
  for (const char* id : {"x", "a.b", "0190a000-0000-7000-8000-000000000001.STORE.NONE"}) {
    EXPECT_THAT(As("manager", *analyses_, &Analyses::GetScenario,
                   "name: '" + analysis->name() + "/scenarios/" + id + "'"),
                StatusIs(StatusCode::kNotFound))
        << id;
  }
}

TEST_F(ScenarioTest, ScenariosArePagedAndFiltered) {
  Begin();
  const auto analysis = Create();
  ASSERT_OK(analysis);
  const auto all = Scenarios(analysis->name(), "page_size: 1000");
  ASSERT_OK(all);
  EXPECT_EQ(all->scenarios_size(), analysis->stage_view().scenario_count());
  EXPECT_EQ(all->scenarios(0).value(), 9);
  std::vector<std::string> names;
  std::string token;
  do {
    const auto page = Scenarios(analysis->name(), "page_size: 4 page_token: '" + token + "'");
    ASSERT_OK(page);
    EXPECT_FALSE(page->scenarios(0).reason().empty());
    for (const auto& scenario : page->scenarios()) names.push_back(scenario.name());
    token = page->next_page_token();
  } while (!token.empty());
  ASSERT_EQ(static_cast<int>(names.size()), all->scenarios_size());
  for (int i = 0; i < all->scenarios_size(); ++i) {
    EXPECT_EQ(names[static_cast<size_t>(i)], all->scenarios(i).name());
  }
  const auto count = [&](const std::string& filter) {
    const auto found = Scenarios(analysis->name(), filter);
    return found.ok() ? found->scenarios_size() : -1;
  };
  EXPECT_EQ(count("band: 'HIGH'"), 3);
  EXPECT_EQ(count("band: 'HIGH' stage: 'STORE'"), 1);
  EXPECT_EQ(count("band: 'HIGH' department: '総務'"), 0);
  EXPECT_EQ(count("band: 'HIGH' medium: 'OFFICE_PC'"), 0);
  EXPECT_EQ(count("threat: 'NONE'"), 0);
  EXPECT_EQ(count("band: 'HIGH' view: RISK_VIEW_SHEET"), 2);
}

TEST_F(ScenarioTest, AssetsAreListedByRisk) {
  Begin();
  const auto analysis = Create();
  ASSERT_OK(analysis);
  const auto assets = [&](const std::string& more) {
    return As("president", *analyses_, &Analyses::ListAnalysedAssets,
              "parent: '" + analysis->name() + "' " + more);
  };
  const auto first = assets("page_size: 1");
  ASSERT_OK(first);
  ASSERT_EQ(first->analysed_assets_size(), 1);
  const v1::AnalysedAsset& asset = first->analysed_assets(0);
  EXPECT_EQ(asset.asset(), AssetName(1));
  EXPECT_EQ(asset.max_value(), 9);
  EXPECT_EQ(asset.sheet_max_value(), 9);
  EXPECT_EQ(asset.threat(), "PAPER_MISSENT");
  EXPECT_THAT(asset.stages(), ElementsAre("TRANSFER", "USE", "STORE"));
  const auto second = assets("page_size: 1 page_token: '" + first->next_page_token() + "'");
  ASSERT_OK(second);
  EXPECT_EQ(second->analysed_assets(0).position(), 2);
  EXPECT_EQ(assets("band: 'LOW'")->analysed_assets_size(), 2);
  EXPECT_EQ(assets("band: 'NONE'")->analysed_assets_size(), 0);
  EXPECT_EQ(assets("medium: 'PAPER'")->analysed_assets_size(), 2);
  EXPECT_EQ(assets("department: '営業'")->analysed_assets_size(), 1);
}

TEST_F(ScenarioTest, LargeLedgersAreReadInPages) {
  for (int i = 1; i <= 2500; ++i) {
    AddAsset(i, absl::StrCat("資産", i), "OFFICE_SERVER", i % 3 + 1, {"USE", "STORE"});
  }
  const auto analysis = Create();
  ASSERT_OK(analysis);
  EXPECT_EQ(analysis->asset_count(), 2500);
  const auto last = As("president", *analyses_, &Analyses::ListAnalysedAssets,
                       "parent: '" + analysis->name() + "' page_size: 1000");
  ASSERT_OK(last);
  EXPECT_EQ(last->analysed_assets(999).position(), 1000);
  const auto page = Scenarios(analysis->name(), "page_size: 1000");
  ASSERT_OK(page);
  EXPECT_EQ(page->scenarios_size(), 1000);
}

}  // namespace
}  // namespace staraction::risk
