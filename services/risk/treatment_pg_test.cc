// Treatments and the facts that follow, through real gRPC and PostgreSQL.

#include "common/base/date.h"
#include "services/risk/testing.h"

namespace staraction::risk {
namespace {

using absl::StatusCode;
using test::StatusIs;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

class TreatmentTest : public RiskTest {
 protected:
  void SetUp() override {
    Begin();
    const auto analysis = Create();
    ASSERT_OK(analysis);
    analysis_ = analysis->name();
  }
  absl::StatusOr<v1::Treatment> Plan(const std::string& treatment, const std::string& more = "") {
    return As("president", *treatments_, &Treatments::CreateTreatment,
              "parent: '" + kClient + "' treatment { analysis: '" + analysis_ + "' " + treatment +
                  " } " + more);
  }
  absl::StatusOr<v1::Treatment> PlanReduce() {
    return Plan(
        "threat: 'PAPER_MISSENT' strategy: STRATEGY_REDUCE "
        "controls: ['PC_SEND_CHECK', 'PEO_TRAINING']");
  }
  absl::StatusOr<v1::Treatment> Accept(const std::string& name, int days,
                                       const std::string& more = "") {
    const absl::CivilDay last = TokyoDay(RealClock()() + ahead_) + days;
    return As("president", *treatments_, &Treatments::AcceptTreatment,
              absl::StrCat("name: '", name, "' approver: '", kMember,
                           "' reason: '鍵付きの書庫を春に買う' expire_date { year: ", last.year(),
                           " month: ", last.month(), " day: ", last.day(), " } ", more));
  }
  absl::StatusOr<v1::Treatment> Complete(const std::string& name, const std::string& more = "") {
    return As("president", *treatments_, &Treatments::CompleteTreatment,
              "name: '" + name + "' " + more);
  }
  absl::StatusOr<v1::Treatment> Get(const std::string& name) {
    return As("manager", *treatments_, &Treatments::GetTreatment, "name: '" + name + "'");
  }

  std::string analysis_;
};

TEST_F(TreatmentTest, ReducingWorksByMeasures) {
  const auto planned = PlanReduce();
  ASSERT_OK(planned);
  EXPECT_EQ(planned->scenario_count(), 1);
  EXPECT_EQ(planned->value(), 9);
  EXPECT_EQ(planned->band(), "HIGH");
  EXPECT_EQ(planned->residual_value(), 3);
  EXPECT_EQ(planned->residual_band(), "LOW");
  EXPECT_THAT(planned->display_name(), HasSubstr("書類"));
  EXPECT_THAT(planned->allowed_actions(), ElementsAre("createMeasures", "complete", "withdraw"));

  const auto measured = As("president", *treatments_, &Treatments::CreateTreatmentMeasures,
                           "name: '" + planned->name() + "' etag: '" + planned->etag() +
                               "' owner: '総務課' due_date { year: 2026 month: 12 day: 18 }");
  ASSERT_OK(measured);
  ASSERT_EQ(measured->measures_size(), 2);
  EXPECT_EQ(measured->measures(0).control(), "PC_SEND_CHECK");
  EXPECT_EQ(measured->measures(0).measure(), FixedWork::MeasureName("PC_SEND_CHECK"));
  EXPECT_EQ(work_->made["PEO_TRAINING"].treatment, planned->name());
  EXPECT_EQ(work_->made["PEO_TRAINING"].owner, "総務課");
  EXPECT_EQ(work_->made["PEO_TRAINING"].due_date.day(), 18);
  EXPECT_THAT(BadFields(As("president", *treatments_, &Treatments::CreateTreatmentMeasures,
                           "name: '" + planned->name() + "' owner: '総務課'")
                            .status()),
              ElementsAre("owner"));
  EXPECT_THAT(As("president", *treatments_, &Treatments::CreateTreatmentMeasures,
                 "name: '" + planned->name() + "' etag: '" + planned->etag() + "'"),
              StatusIs(StatusCode::kAborted));

  work_->done["PEO_TRAINING"] = FixedWork::MeasureName("PEO_TRAINING");
  const auto early = Complete(planned->name());
  EXPECT_EQ(ReasonOf(early.status()), error::v1::ERROR_REASON_CRITERIA_UNMET);
  work_->done["PC_SEND_CHECK"] = FixedWork::MeasureName("PC_SEND_CHECK");
  const auto done = Complete(planned->name(), "note: '研修と確認の手順'");
  ASSERT_OK(done);
  EXPECT_EQ(done->state(), v1::Treatment::STATE_IN_EFFECT);
  EXPECT_TRUE(done->has_effect_time());
  EXPECT_EQ(ReasonOf(Complete(planned->name()).status()), error::v1::ERROR_REASON_STATE_CONFLICT);
  const auto got = Get(planned->name());
  ASSERT_OK(got);
  ASSERT_EQ(got->acts_size(), 3);
  EXPECT_EQ(got->acts(0).action(), "create");
  EXPECT_EQ(got->acts(1).action(), "createMeasures");
  EXPECT_EQ(got->acts(2).note(), "研修と確認の手順");
  EXPECT_EQ(got->acts(2).state(), v1::Treatment::STATE_IN_EFFECT);
}

TEST_F(TreatmentTest, AcceptingNeedsApproverDayAndExpiry) {
  const auto planned = Plan("threat: 'PAPER_STOLEN_OFFICE' strategy: STRATEGY_ACCEPT");
  ASSERT_OK(planned);
  EXPECT_EQ(planned->residual_value(), 6) << "living with it makes it no rarer";
  EXPECT_EQ(ReasonOf(Complete(planned->name()).status()), error::v1::ERROR_REASON_STATE_CONFLICT);
  EXPECT_THAT(BadFields(Accept(planned->name(), 0).status()), ElementsAre("expire_date"));
  EXPECT_THAT(BadFields(Accept(planned->name(), 800).status()), ElementsAre("expire_date"));
  EXPECT_THAT(
      BadFields(Accept(planned->name(), 10, "accept_date { year: 2099 month: 1 day: 1 }").status()),
      ElementsAre("accept_date", "expire_date"));
  EXPECT_THAT(BadFields(As("president", *treatments_, &Treatments::AcceptTreatment,
                           "name: '" + planned->name() + "'")
                            .status()),
              ElementsAre("approver", "expire_date", "reason"));
  const absl::CivilDay next = TokyoDay(RealClock()()) + 1;
  EXPECT_THAT(BadFields(As("president", *treatments_, &Treatments::AcceptTreatment,
                           absl::StrCat("name: '", planned->name(), "' reason: 'x' approver: '",
                                        kOtherClient, "/members/", kClientId,
                                        "' expire_date { year: ", next.year(),
                                        " month: ", next.month(), " day: ", next.day(), " }"))
                            .status()),
              ElementsAre("approver"));
  EXPECT_THAT(
      As("manager", *treatments_, &Treatments::AcceptTreatment, "name: '" + planned->name() + "'"),
      StatusIs(StatusCode::kPermissionDenied))
      << "a security manager does not decide";

  const auto accepted = Accept(planned->name(), 180, "channel: CHANNEL_PAPER");
  ASSERT_OK(accepted);
  EXPECT_EQ(accepted->acceptance().approver_display_name(), "髙橋 花");
  EXPECT_EQ(accepted->acts(1).acceptance().reason(), "鍵付きの書庫を春に買う");
  EXPECT_EQ(accepted->acts(1).channel(), common::v1::CHANNEL_PAPER);
  EXPECT_FALSE(accepted->expired());
  ahead_ = absl::Hours(24 * 181);
  EXPECT_TRUE(Get(planned->name())->expired());
  EXPECT_THAT(Facts(""), Contains("risk.acceptance_expired=1"));
  const auto again = Accept(planned->name(), 30);
  ASSERT_OK(again);
  EXPECT_FALSE(again->expired());
  EXPECT_EQ(again->acts_size(), 3) << "the first acceptance stays on record";
}

TEST_F(TreatmentTest, AvoidingAndTransferring) {
  const auto avoided = Plan("threat: 'PAPER_MISSENT' strategy: STRATEGY_AVOID note: 'FAXをやめる'");
  ASSERT_OK(avoided);
  EXPECT_EQ(avoided->residual_value(), 0);
  EXPECT_EQ(avoided->residual_band(), "");
  ASSERT_OK(Complete(avoided->name()));
  const auto shared = Plan(
      "threat: 'PAPER_MISSENT' strategy: STRATEGY_TRANSFER stages: 'TRANSFER'"
      "assets: '" +
      AssetName(1) + "'");
  ASSERT_OK(shared);
  EXPECT_EQ(shared->residual_value(), 9);
  const auto withdrawn = As("president", *treatments_, &Treatments::WithdrawTreatment,
                            "name: '" + shared->name() + "' reason: '保険が高い'");
  ASSERT_OK(withdrawn);
  EXPECT_EQ(withdrawn->state(), v1::Treatment::STATE_WITHDRAWN);
  EXPECT_TRUE(withdrawn->allowed_actions().empty());
  const auto list =
      As("manager", *treatments_, &Treatments::ListTreatments,
         "parent: '" + kClient + "' state: STATE_IN_EFFECT analysis: '" + analysis_ + "'");
  ASSERT_OK(list);
  ASSERT_EQ(list->treatments_size(), 1);
  EXPECT_EQ(list->treatments(0).name(), avoided->name());
}

// The asset has three scenarios in the highest band; each wants a treatment that stands.
TEST_F(TreatmentTest, UntreatedRisksAreAFact) {
  EXPECT_THAT(Facts(kEngagement), Contains("risk.untreated=1"));
  ASSERT_OK(PlanReduce());
  EXPECT_THAT(Facts(kEngagement), Contains("risk.untreated=1"));
  const auto stored =
      Plan("threat: 'PAPER_STOLEN_OFFICE' stages: 'STORE' strategy: STRATEGY_TRANSFER");
  ASSERT_OK(stored);
  const auto used = Plan("threat: 'PAPER_STOLEN_OFFICE' stages: 'USE' strategy: STRATEGY_ACCEPT");
  ASSERT_OK(used);
  EXPECT_THAT(Facts(kEngagement), Contains("risk.untreated=1")) << "nobody has accepted it";
  ASSERT_OK(Accept(used->name(), 30));
  EXPECT_THAT(Facts(kEngagement), Contains("risk.untreated=0"));
  const auto scenario = As("manager", *analyses_, &Analyses::ListScenarios,
                           "parent: '" + analysis_ + "' band: 'HIGH' stage: 'USE'");
  ASSERT_OK(scenario);
  EXPECT_THAT(scenario->scenarios(0).treatments(), ElementsAre(used->name()));
  ahead_ = absl::Hours(24 * 31);
  EXPECT_THAT(Facts(kEngagement), Contains("risk.untreated=1")) << "it has expired";
}

// What is in effect shows in the next analysis; a risk that is still high there is a new question.
TEST_F(TreatmentTest, AnEffectThatTheNextAnalysisShowsCountsNoMore) {
  for (const char* threat : {"PAPER_MISSENT", "PAPER_STOLEN_OFFICE"}) {
    const auto avoided = Plan(absl::StrCat("threat: '", threat, "' strategy: STRATEGY_AVOID"));
    ASSERT_OK(avoided);
    ASSERT_OK(Complete(avoided->name()));
  }
  EXPECT_THAT(Facts(kEngagement), Contains("risk.untreated=0"));
  ASSERT_OK(Create());
  EXPECT_THAT(Facts(kEngagement), Contains("risk.untreated=1"));
}

TEST_F(TreatmentTest, RefusesWhatTheAnalysisDoesNotHave) {
  EXPECT_THAT(BadFields(Plan("threat: 'NONE' strategy: STRATEGY_REDUCE stages: 'NEVER' "
                             "assets: '" +
                             kOtherClient + "/assets/x'")
                            .status()),
              ElementsAre("treatment.threat", "treatment.stages[0]", "treatment.controls",
                          "treatment.assets[0]"));
  EXPECT_THAT(BadFields(Plan("threat: 'CLOUD_LOSS' strategy: STRATEGY_AVOID").status()),
              ElementsAre("treatment.threat"))
      << "no entry is in the cloud";
  EXPECT_THAT(
      BadFields(
          Plan("threat: 'PAPER_MISSENT' strategy: STRATEGY_AVOID controls: 'ACC_MFA'").status()),
      ElementsAre("treatment.controls"));
  analysis_ = kOtherEngagement + "/analyses/" + kClientId;
  EXPECT_THAT(BadFields(PlanReduce().status()), ElementsAre("treatment.analysis"));
  EXPECT_THAT(As("manager", *treatments_, &Treatments::CreateTreatment,
                 "parent: '" + kClient + "' treatment {}"),
              StatusIs(StatusCode::kPermissionDenied));
}

TEST_F(TreatmentTest, ARepeatedCallGivesTheFirstAnswer) {
  const std::string id = "request_id: '0d6b1a1e-7a0f-4c42-8b86-6f6f3c2b1a10'";
  const std::string what = "threat: 'PAPER_MISSENT' strategy: STRATEGY_AVOID";
  const auto first = Plan(what, id);
  const auto again = Plan(what, id);
  ASSERT_OK(again);
  EXPECT_EQ(again->name(), first->name());
  EXPECT_EQ(ReasonOf(Plan("threat: 'PAPER_MISSENT' strategy: STRATEGY_TRANSFER", id).status()),
            error::v1::ERROR_REASON_REQUEST_ID_REUSED);
}

}  // namespace
}  // namespace staraction::risk
