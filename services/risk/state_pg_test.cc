// States of threats and controls, through real gRPC and PostgreSQL.

#include <set>

#include "common/resource/etag.h"
#include "services/risk/testing.h"

namespace staraction::risk {
namespace {

using absl::StatusCode;
using test::StatusIs;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class StateTest : public RiskTest {
 protected:
  v1::ThreatState Threat(const std::string& code) {
    const auto list = As("president", *states_, &States::ListThreatStates,
                         "parent: '" + kClient + "' page_size: 1000");
    EXPECT_OK(list);
    for (const auto& state : list->threat_states()) {
      if (state.name() == kClient + "/threatStates/" + code) return state;
    }
    return {};
  }
  v1::ControlState Control(const std::string& code) {
    const auto list = As("president", *states_, &States::ListControlStates,
                         "parent: '" + kClient + "' page_size: 1000");
    EXPECT_OK(list);
    for (const auto& state : list->control_states()) {
      if (state.name() == kClient + "/controlStates/" + code) return state;
    }
    return {};
  }
  auto Propose(const std::string& more = "") {
    return As("consultant", *states_, &States::ProposeControlStates,
              "parent: '" + kClient + "' " + more);
  }
  auto Update(const std::string& user, const std::string& states, const std::string& more = "") {
    return As(user, *states_, &States::BatchUpdateThreatStates,
              "parent: '" + kClient + "' " + states + more);
  }
  static std::string State(const std::string& code, int frequency, const std::string& more = "") {
    return absl::StrCat("threat_states { name: '", kClient, "/threatStates/", code,
                        "' frequency: ", frequency, " ", more, " } ");
  }
};

TEST_F(StateTest, WhatNobodySaidIsUsualOrUnknown) {
  const v1::ThreatState threat = Threat("RANSOMWARE");
  EXPECT_EQ(threat.source(), v1::STATE_SOURCE_CATALOGUE);
  EXPECT_FALSE(threat.confirmed());
  EXPECT_EQ(threat.revision(), 0);
  EXPECT_THAT(threat.display_name(), HasSubstr("暗号化"));
  EXPECT_FALSE(threat.media().empty());
  const v1::ControlState control = Control("AST_BACKUP");
  EXPECT_EQ(control.level(), v1::ControlState::LEVEL_UNKNOWN);
  EXPECT_EQ(control.category_display_name().empty(), false);
  EXPECT_GT(control.hours() + static_cast<double>(control.cost_yen()), 0);
}

TEST_F(StateTest, ListsArePages) {
  std::vector<std::string> names;
  std::string token;
  do {
    const auto page = As("manager", *states_, &States::ListControlStates,
                         "parent: '" + kClient + "' page_size: 30 page_token: '" + token + "'");
    ASSERT_OK(page);
    for (const auto& state : page->control_states()) names.push_back(state.name());
    token = page->next_page_token();
  } while (!token.empty());
  EXPECT_GE(names.size(), 60u);
  EXPECT_EQ(std::set<std::string>(names.begin(), names.end()).size(), names.size());
  EXPECT_THAT(As("other", *states_, &States::ListControlStates, "parent: '" + kClient + "'"),
              StatusIs(StatusCode::kPermissionDenied));
}

TEST_F(StateTest, ProposesFrequenciesByIndustry) {
  const auto preview = As("consultant", *states_, &States::ProposeThreatStates,
                          "parent: '" + kClient + "' validate_only: true");
  ASSERT_OK(preview);
  EXPECT_EQ(Threat("MEDIA_MALWARE").revision(), 0) << "a preview stores nothing";
  const auto proposed =
      As("consultant", *states_, &States::ProposeThreatStates, "parent: '" + kClient + "'");
  ASSERT_OK(proposed);
  EXPECT_EQ(proposed->threat_states_size(), preview->threat_states_size());
  const v1::ThreatState threat = Threat("MEDIA_MALWARE");
  EXPECT_EQ(threat.frequency(), 3);
  EXPECT_EQ(threat.source(), v1::STATE_SOURCE_INDUSTRY);
  EXPECT_THAT(threat.reason(), HasSubstr("工作機械"));
  EXPECT_THAT(threat.pack(), HasSubstr("@"));
  EXPECT_FALSE(threat.confirmed());

  ASSERT_OK(Update("manager", State("MEDIA_MALWARE", 1, "reason: 'USBは使わない'")));
  const auto again =
      As("consultant", *states_, &States::ProposeThreatStates, "parent: '" + kClient + "'");
  ASSERT_OK(again);
  EXPECT_THAT(again->threat_states(), IsEmpty());
  ASSERT_EQ(again->differing_size(), 1) << "what a person confirmed stays";
  EXPECT_EQ(again->differing(0).frequency(), 3);
  EXPECT_EQ(again->unchanged_count(), proposed->threat_states_size() - 1);
  EXPECT_EQ(Threat("MEDIA_MALWARE").frequency(), 1);
  EXPECT_THAT(BadFields(As("consultant", *states_, &States::ProposeThreatStates,
                           "parent: '" + kClient + "' industry: 'SPACE'")
                            .status()),
              ElementsAre("industry"));
  EXPECT_THAT(As("manager", *states_, &States::ProposeThreatStates, "parent: '" + kClient + "'"),
              StatusIs(StatusCode::kPermissionDenied));
}

TEST_F(StateTest, ConfirmsAndKeepsEveryRevision) {
  const auto first = Update("manager", State("RANSOMWARE", 2) + State("DISASTER", 1),
                            "channel: CHANNEL_PAPER effective_time { seconds: 1700000000 }");
  ASSERT_OK(first);
  ASSERT_EQ(first->threat_states_size(), 2);
  EXPECT_TRUE(first->threat_states(0).confirmed());
  EXPECT_EQ(first->threat_states(0).source(), v1::STATE_SOURCE_PERSON);
  const std::string etag = first->threat_states(0).etag();
  ASSERT_OK(Update("president", State("RANSOMWARE", 3, "etag: '" + etag + "'")));
  EXPECT_THAT(Update("president", State("RANSOMWARE", 1, "etag: '" + etag + "'")),
              StatusIs(StatusCode::kAborted));
  const auto revisions = As("manager", *states_, &States::ListThreatStateRevisions,
                            "name: '" + kClient + "/threatStates/RANSOMWARE' page_size: 1");
  ASSERT_OK(revisions);
  ASSERT_EQ(revisions->threat_states_size(), 1);
  EXPECT_EQ(revisions->threat_states(0).frequency(), 2);
  EXPECT_EQ(revisions->threat_states(0).channel(), common::v1::CHANNEL_PAPER);
  EXPECT_EQ(revisions->threat_states(0).effective_time().seconds(), 1700000000);
  EXPECT_FALSE(revisions->next_page_token().empty());
  EXPECT_EQ(Threat("RANSOMWARE").frequency(), 3);
  EXPECT_EQ(Threat("RANSOMWARE").revision(), 2);
}

TEST_F(StateTest, RefusesAllWithEveryProblem) {
  EXPECT_THAT(BadFields(Update("manager", State("RANSOMWARE", 2) + State("NO_SUCH", 2) +
                                              State("RANSOMWARE", 3))
                            .status()),
              ElementsAre("threat_states[1].name", "threat_states[2].name"));
  EXPECT_THAT(BadFields(Update("manager", State("RANSOMWARE", 4)).status()),
              ElementsAre("threat_states[0].frequency"));
  EXPECT_THAT(BadFields(Update("manager", "").status()), ElementsAre("threat_states"));
  EXPECT_EQ(Threat("RANSOMWARE").revision(), 0) << "all or none";
}

TEST_F(StateTest, ARepeatedCallChangesNothing) {
  const std::string id = "request_id: '0d6b1a1e-7a0f-4c42-8b86-6f6f3c2b1a10'";
  const auto first = Update("manager", State("RANSOMWARE", 2), id);
  const auto again = Update("manager", State("RANSOMWARE", 2), id);
  ASSERT_OK(again);
  EXPECT_EQ(again->SerializeAsString(), first->SerializeAsString());
  EXPECT_EQ(Threat("RANSOMWARE").revision(), 1);
  EXPECT_EQ(ReasonOf(Update("manager", State("RANSOMWARE", 3), id).status()),
            error::v1::ERROR_REASON_REQUEST_ID_REUSED);
}

TEST_F(StateTest, ProposesControlsFromAnswersMeasuresAndIndustry) {
  auto& diagnosis = work_->diagnoses[kDiagnosis];
  diagnosis = Parse<diagnosis::v1::Diagnosis>(
      "name: '" + kDiagnosis + "' client: '" + kClient +
      "' state: STATE_CONCLUDED answers { item: 'RC_THREATS_INFO' answer: ANSWER_FOLLOWED }"
      "answers { item: 'RC_THREATS_CONTACTS' answer: ANSWER_NOT_FOLLOWED }");
  work_->done["PEO_TRAINING"] = FixedWork::MeasureName("PEO_TRAINING");
  ASSERT_OK(Propose("diagnoses: '" + kDiagnosis + "'"));
  const v1::ControlState told = Control("ORG_THREAT_FEED");
  EXPECT_EQ(told.level(), v1::ControlState::LEVEL_DONE);
  EXPECT_EQ(told.source(), v1::STATE_SOURCE_DIAGNOSIS);
  ASSERT_GE(told.evidence_size(), 1);
  EXPECT_EQ(told.evidence(0).diagnosis(), kDiagnosis);
  EXPECT_EQ(told.evidence(0).item(), "RC_THREATS_INFO");
  EXPECT_EQ(told.evidence(0).answer(), "ANSWER_FOLLOWED");
  EXPECT_EQ(Control("ORG_ROLES").level(), v1::ControlState::LEVEL_NOT_DONE);
  EXPECT_EQ(Control("PEO_TRAINING").source(), v1::STATE_SOURCE_MEASURE);
  EXPECT_EQ(Control("PEO_TRAINING").evidence(0).measure(), FixedWork::MeasureName("PEO_TRAINING"));
  EXPECT_EQ(Control("SYS_SEPARATE").level(), v1::ControlState::LEVEL_NOT_APPLICABLE);
  EXPECT_EQ(Control("SYS_SEPARATE").source(), v1::STATE_SOURCE_INDUSTRY);
  EXPECT_EQ(Control("ORG_BUDGET").revision(), 0) << "nothing is known of it";

  diagnosis.set_state(diagnosis::v1::Diagnosis::STATE_OPEN);
  EXPECT_THAT(BadFields(Propose("diagnoses: '" + kDiagnosis + "'").status()),
              ElementsAre("diagnoses[0]"));
  EXPECT_THAT(BadFields(Propose("diagnoses: '" + kEngagement +
                                "/diagnoses/0190a000-0000-7000-8000-0000000000b9'")
                            .status()),
              ElementsAre("diagnoses[0]"));
}

TEST_F(StateTest, ControlsAreConfirmedLikeThreats) {
  ASSERT_OK(SetControls({"AST_BACKUP LEVEL_PARTLY", "ACC_MFA LEVEL_DONE"}));
  ASSERT_OK(SetControls({"AST_BACKUP LEVEL_DONE"}));
  EXPECT_TRUE(Control("AST_BACKUP").confirmed());
  const auto revisions = As("manager", *states_, &States::ListControlStateRevisions,
                            "name: '" + kClient + "/controlStates/AST_BACKUP'");
  ASSERT_OK(revisions);
  ASSERT_EQ(revisions->control_states_size(), 2);
  EXPECT_EQ(revisions->control_states(0).level(), v1::ControlState::LEVEL_PARTLY);
  EXPECT_EQ(revisions->control_states(1).etag(), Etag(2));
  EXPECT_THAT(SetControls({"NONE LEVEL_DONE"}), StatusIs(StatusCode::kInvalidArgument));
}

}  // namespace
}  // namespace staraction::risk
