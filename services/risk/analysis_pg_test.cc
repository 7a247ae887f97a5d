// Analyses, their assets and scenarios, through real gRPC and PostgreSQL.

#include "services/risk/testing.h"

namespace staraction::risk {
namespace {

using absl::StatusCode;
using test::StatusIs;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

class AnalysisTest : public RiskTest {
 protected:
  // "BAND assets/scenarios" of a result's bands.
  static std::vector<std::string> Bands(const v1::RiskResult& result) {
    std::vector<std::string> bands;
    for (const auto& band : result.bands()) {
      bands.push_back(absl::StrCat(band.band(), " ", band.assets(), "/", band.scenarios()));
    }
    return bands;
  }
  static const v1::RiskGroup& Group(const google::protobuf::RepeatedPtrField<v1::RiskGroup>& groups,
                                    const std::string& code) {
    static const v1::RiskGroup none;
    for (const auto& group : groups) {
      if (group.code() == code) return group;
    }
    return none;
  }
};

TEST_F(AnalysisTest, ModelsAreToldInTheReadersLanguage) {
  const auto models = As("president", *analyses_, &Analyses::ListRiskModels, "page_size: 2");
  ASSERT_OK(models);
  ASSERT_EQ(models->risk_models_size(), 2);
  EXPECT_FALSE(models->next_page_token().empty());
  const auto model =
      As("president", *analyses_, &Analyses::GetRiskModel, "name: 'riskModels/risk-model-3-1'");
  ASSERT_OK(model);
  EXPECT_EQ(model->edition(), "3.1");
  EXPECT_EQ(model->likelihoods_size(), 9);
  EXPECT_EQ(model->bands(0).code(), "HIGH");
  EXPECT_EQ(model->bands(0).display_name(), "大");
  EXPECT_FALSE(model->uncertainty().empty());
  EXPECT_THAT(As("president", *analyses_, &Analyses::GetRiskModel, "name: 'riskModels/none'"),
              StatusIs(StatusCode::kNotFound));
}

TEST_F(AnalysisTest, CountsByBandMediumStageDepartmentAndThreat) {
  Begin();
  const auto analysis = Create();
  ASSERT_OK(analysis);
  EXPECT_EQ(analysis->edition(), "3.1");
  EXPECT_THAT(analysis->pack(), HasSubstr("risk-model@"));
  EXPECT_EQ(analysis->asset_count(), 3);
  EXPECT_EQ(analysis->unconfirmed_threat_count(), 0);
  EXPECT_EQ(analysis->unconfirmed_control_count(), analysis->controls_size());
  const v1::RiskResult& stage = analysis->stage_view();
  // 顧客名簿: sent wrongly 3×3, stolen while used and while stored 3×2; all else ×1.
  EXPECT_EQ(stage.bands(0).assets(), 1);
  EXPECT_EQ(stage.bands(0).scenarios(), 3);
  EXPECT_EQ(stage.bands(0).display_name(), "大");
  EXPECT_EQ(stage.bands(2).assets(), 2);
  EXPECT_EQ(stage.risk_sum(), 9 + 2 + 2);
  EXPECT_EQ(stage.heat_map(0).value(), 9);
  EXPECT_EQ(stage.heat_map(0).assets(), 1);
  EXPECT_EQ(stage.heat_map(1).value(), 6);
  EXPECT_EQ(stage.heat_map(1).assets(), 0);
  EXPECT_EQ(stage.heat_map(1).scenarios(), 2);
  EXPECT_EQ(Group(stage.media(), "PAPER").max_value(), 9);
  EXPECT_EQ(Group(stage.media(), "OFFICE_PC").max_value(), 2);
  EXPECT_EQ(Group(stage.stages(), "USE").bands(0).assets(), 1);
  EXPECT_EQ(Group(stage.stages(), "TRANSFER").display_name(), "移送・送信");
  EXPECT_EQ(stage.departments(0).code(), "営業");
  EXPECT_EQ(stage.threats(0).code(), "PAPER_MISSENT");
  // One scenario a threat where stages are pooled.
  EXPECT_EQ(analysis->sheet_view().bands(0).scenarios(), 2);
  EXPECT_THAT(analysis->sheet_view().stages(), IsEmpty());

  const auto got =
      As("manager", *analyses_, &Analyses::GetAnalysis, "name: '" + analysis->name() + "'");
  ASSERT_OK(got);
  EXPECT_EQ(got->SerializeAsString(), analysis->SerializeAsString());
  const auto list =
      As("manager", *analyses_, &Analyses::ListAnalyses, "parent: '" + kEngagement + "'");
  ASSERT_OK(list);
  ASSERT_EQ(list->analyses_size(), 1);
  EXPECT_THAT(list->analyses(0).threats(), IsEmpty());
}

TEST_F(AnalysisTest, TopRisksSayWhy) {
  Begin();
  ASSERT_OK(SetControls({"PEO_TRAINING LEVEL_DONE", "PC_SEND_CHECK LEVEL_NOT_DONE"}));
  const auto analysis = Create();
  ASSERT_OK(analysis);
  ASSERT_EQ(analysis->top_risks_size(), 3);
  const v1::TopRisk& top = analysis->top_risks(0);
  EXPECT_EQ(top.asset(), AssetName(1));
  EXPECT_EQ(top.value(), 6);
  EXPECT_EQ(top.persons(), 300);
  EXPECT_EQ(top.threat(), "PAPER_MISSENT");
  EXPECT_THAT(top.missing_controls(), ElementsAre("PC_SEND_CHECK"));
  EXPECT_THAT(top.reason(), HasSubstr("「顧客名簿」（書類、重要度3）"));
  EXPECT_THAT(top.reason(), HasSubstr("移送・送信"));
  EXPECT_THAT(top.reason(), HasSubstr("一部の対策をしています。"));
  EXPECT_THAT(top.reason(), ::testing::Not(HasSubstr("{")));
}

// Controls done where papers are stored only: the sheet calls it half done, the stages show where

// not.

TEST_F(AnalysisTest, ComparesWithItsBase) {
  Begin();
  const auto before = Create();
  ASSERT_OK(before);
  ASSERT_OK(SetControls({"PEO_TRAINING LEVEL_DONE", "PC_SEND_CHECK LEVEL_DONE"}));
  AddAsset(4, "図面", "PAPER", 2, {"STORE"});
  const auto after = Create("", "base: '" + before->name() + "' note: '対策のあと'");
  ASSERT_OK(after);
  EXPECT_EQ(after->stage_view().risk_sum(), 6 + 2 + 2 + 4);
  EXPECT_EQ(after->change().risk_sum_before(), 13);
  EXPECT_EQ(after->change().lower(), 1);
  EXPECT_EQ(after->change().same(), 2);
  EXPECT_EQ(after->change().added(), 1);
  EXPECT_EQ(after->change().gone(), 0);
  EXPECT_EQ(after->change().bands_before(0).display_name(), "大");
  const auto old =
      As("manager", *analyses_, &Analyses::GetAnalysis, "name: '" + before->name() + "'");
  EXPECT_EQ(old->SerializeAsString(), before->SerializeAsString())
      << "results are never recomputed";
  EXPECT_THAT(Facts(kEngagement),
              UnorderedElementsAre("risk.analysed=true", "risk.high_before=1", "risk.high_after=1",
                                   "risk.untreated=1", "risk.acceptance_expired=0"));
}

// The same ledger by the scale of each edition, side by side.

TEST_F(AnalysisTest, EditionsLiveSideBySide) {
  ASSERT_OK(SetThreats({"PAPER_MISSENT 3"}));
  AddAsset(1, "顧客名簿", "PAPER", 2, {"TRANSFER"});
  AddAsset(2, "カタログ", "PAPER", 0, {"TRANSFER"});
  const auto create = [&](const std::string& scale, const std::string& model) {
    ledgers_->snapshots[kSnapshot].value_scale = scale;
    return As("consultant", *analyses_, &Analyses::CreateAnalysis,
              "parent: '" + kEngagement + "' analysis { snapshot: '" + kSnapshot +
                  "' risk_model: 'riskModels/" + model + "' }");
  };
  const auto second = create("value-scale-2", "risk-model-2");
  ASSERT_OK(second);
  EXPECT_THAT(Bands(second->stage_view()),
              ElementsAre(HasSubstr("HIGH 1/"), HasSubstr("MIDDLE 0/"), HasSubstr("LOW 1/")));
  ledgers_->snapshots[kSnapshot].assets[0].set_importance(3);
  ledgers_->snapshots[kSnapshot].assets[1].set_importance(1);
  for (const std::string edition : {"3-1", "4-0"}) {
    const auto other = create("value-scale-" + edition, "risk-model-" + edition);
    ASSERT_OK(other);
    EXPECT_EQ(other->stage_view().heat_map(0).value(), 9);
    EXPECT_THAT(BadFields(As("consultant", *analyses_, &Analyses::CreateAnalysis,
                             "parent: '" + kEngagement + "' analysis { snapshot: '" + kSnapshot +
                                 "' risk_model: 'riskModels/risk-model-" + edition + "' base: '" +
                                 second->name() + "' }")
                              .status()),
                ElementsAre("analysis.base"));
  }
  EXPECT_EQ(ReasonOf(create("value-scale-3-1", "risk-model-2").status()),
            error::v1::ERROR_REASON_CRITERIA_UNMET);
}

TEST_F(AnalysisTest, RefusesWhatItCannotAnalyse) {
  Begin();
  const auto create = [&](const std::string& snapshot, const std::string& model) {
    return As("consultant", *analyses_, &Analyses::CreateAnalysis,
              "parent: '" + kEngagement + "' analysis { snapshot: '" + snapshot +
                  "' risk_model: '" + model + "' }")
        .status();
  };
  const std::string model = "riskModels/risk-model-3-1";
  EXPECT_THAT(BadFields(create(kSnapshot, "riskModels/none")), ElementsAre("analysis.risk_model"));
  EXPECT_THAT(BadFields(create(kSnapshot + "9", model)), ElementsAre("analysis.snapshot"));
  EXPECT_THAT(BadFields(create(kOtherClient + "/assetSnapshots/" + kClientId, model)),
              ElementsAre("analysis.snapshot"));
  EXPECT_THAT(BadFields(create("", "")), ElementsAre("analysis.snapshot", "analysis.risk_model"));
  ledgers_->snapshots[kSnapshot].assets[0].set_medium("STONE");
  EXPECT_EQ(ReasonOf(create(kSnapshot, model)), error::v1::ERROR_REASON_CRITERIA_UNMET);
  EXPECT_THAT(As("president", *analyses_, &Analyses::CreateAnalysis,
                 "parent: '" + kEngagement + "' analysis { snapshot: '" + kSnapshot +
                     "' risk_model: '" + model + "' }"),
              StatusIs(StatusCode::kPermissionDenied));
  EXPECT_THAT(As("other", *analyses_, &Analyses::ListAnalyses, "parent: '" + kEngagement + "'"),
              StatusIs(StatusCode::kPermissionDenied));
}

TEST_F(AnalysisTest, ARepeatedCallGivesTheFirstAnswer) {
  Begin();
  const std::string id = "request_id: '0d6b1a1e-7a0f-4c42-8b86-6f6f3c2b1a10'";
  const auto first = Create(id);
  const auto again = Create(id);
  ASSERT_OK(again);
  EXPECT_EQ(again->SerializeAsString(), first->SerializeAsString());
  EXPECT_EQ(As("manager", *analyses_, &Analyses::ListAnalyses, "parent: '" + kEngagement + "'")
                ->analyses_size(),
            1);
}

// More entries than a page of the ledger, or of the list of scenarios, has.

}  // namespace
}  // namespace staraction::risk
