// Measures and rules, through real gRPC and PostgreSQL.

#include "common/resource/etag.h"
#include "services/diagnosis/testing.h"

namespace staraction::diagnosis {
namespace {

using absl::StatusCode;
using test::StatusIs;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

class RulebookTest : public DiagnosisTest {
 protected:
  absl::StatusOr<v1::Rule> CreateRule(const std::string& rule, const std::string& more = "") {
    return As("president", *rulebook_, &Rulebook::CreateRule,
              "parent: '" + kClient + "' rule { " + rule + " } " + more);
  }
  absl::StatusOr<v1::Rule> MakeRule(const std::string& measure, const std::string& more = "") {
    return As("president", *rulebook_, &Rulebook::MakeRule, "name: '" + measure + "' " + more);
  }
  absl::StatusOr<v1::Rule> UpdateRule(const std::string& name, const std::string& rule,
                                      const std::string& more = "") {
    return As("president", *rulebook_, &Rulebook::UpdateRule,
              "rule { name: '" + name + "' " + rule + " } " + more);
  }
};

TEST_F(RulebookTest, AMeasureLivesFromProposalToVerification) {
  const auto measures = ConcludedWith(1);
  ASSERT_EQ(measures.size(), 1u);
  const std::string name = measures[0].name();
  EXPECT_THAT(measures[0].allowed_actions(), ElementsAre("decide", "drop"));

  const auto decided = As("president", *rulebook_, &Rulebook::DecideMeasure,
                          "name: '" + name + "' owner: '" + kMember +
                              "' due_date { year: 2026 month: 12 day: 18 } cost_class: "
                              "COST_CLASS_SMALL text: '全台を自動更新にする' note: '朝礼で決定' "
                              "channel: CHANNEL_PAPER etag: '" +
                              measures[0].etag() + "'");
  ASSERT_OK(decided);
  EXPECT_EQ(decided->state(), v1::Measure::STATE_DECIDED);
  EXPECT_EQ(decided->owner(), kMember);
  EXPECT_EQ(decided->owner_display_name(), "髙橋 花");
  EXPECT_EQ(decided->text(), "全台を自動更新にする");
  EXPECT_EQ(decided->due_date().day(), 18);
  EXPECT_EQ(decided->cost_class(), v1::COST_CLASS_SMALL);
  EXPECT_THAT(decided->allowed_actions(), ElementsAre("decide", "complete", "makeRule", "drop"));

  const auto again = Decide(name);
  ASSERT_OK(again);
  EXPECT_EQ(again->owner_display_name(), "総務課");
  EXPECT_EQ(again->text(), "全台を自動更新にする") << "an empty text leaves it";

  const auto done = As("manager", *rulebook_, &Rulebook::CompleteMeasure,
                       "name: '" + name + "' note: '12台すべて'");
  ASSERT_OK(done);
  EXPECT_EQ(done->state(), v1::Measure::STATE_DONE);
  EXPECT_THAT(As("president", *rulebook_, &Rulebook::VerifyMeasure, "name: '" + name + "'"),
              StatusIs(StatusCode::kPermissionDenied));
  const auto verified = As("consultant", *rulebook_, &Rulebook::VerifyMeasure,
                           "name: '" + name + "' note: '3台を見た'");
  ASSERT_OK(verified);
  EXPECT_EQ(verified->state(), v1::Measure::STATE_VERIFIED);

  const auto got = As("manager", *rulebook_, &Rulebook::GetMeasure, "name: '" + name + "'");
  ASSERT_OK(got);
  ASSERT_EQ(got->acts_size(), 4);
  EXPECT_EQ(got->acts(0).action(), "decide");
  EXPECT_EQ(got->acts(0).owner_display_name(), "髙橋 花");
  EXPECT_EQ(got->acts(0).note(), "朝礼で決定");
  EXPECT_EQ(got->acts(0).channel(), common::v1::CHANNEL_PAPER);
  EXPECT_EQ(got->acts(1).owner_display_name(), "総務課");
  EXPECT_EQ(got->acts(2).action(), "complete");
  EXPECT_EQ(got->acts(3).state(), v1::Measure::STATE_VERIFIED);
  EXPECT_EQ(got->acts(3).note(), "3台を見た");
  EXPECT_EQ(got->acts(3).channel(), common::v1::CHANNEL_CONSULTANT);
}

TEST_F(RulebookTest, VerbsNeedStateEtagAndGoodOwner) {
  const auto measures = ConcludedWith(2);
  ASSERT_EQ(measures.size(), 2u);
  const std::string name = measures[0].name();
  EXPECT_EQ(
      ReasonOf(
          As("manager", *rulebook_, &Rulebook::CompleteMeasure, "name: '" + name + "'").status()),
      error::v1::ERROR_REASON_STATE_CONFLICT);
  EXPECT_EQ(ReasonOf(MakeRule(name).status()), error::v1::ERROR_REASON_STATE_CONFLICT);
  EXPECT_THAT(Decide(name, "etag: '" + Etag(7) + "'"), StatusIs(StatusCode::kAborted));

  const char* kStart = " due_date { year: 2026 month: 12 day: 18 } owner: '";
  for (const std::string& owner : {kClient + "/members/0190a000-0000-7000-8000-0000000000d9",
                                   kOtherClient + "/members/0190a000-0000-7000-8000-0000000000d1",
                                   std::string("clients/nobody")}) {
    EXPECT_THAT(As("president", *rulebook_, &Rulebook::DecideMeasure,
                   "name: '" + name + "'" + kStart + owner + "'"),
                StatusIs(StatusCode::kInvalidArgument))
        << owner;
  }
  EXPECT_THAT(As("president", *rulebook_, &Rulebook::DecideMeasure, "name: '" + name + "'"),
              StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(As("manager", *rulebook_, &Rulebook::DecideMeasure,
                 "name: '" + name + "'" + kStart + "総務課'"),
              StatusIs(StatusCode::kPermissionDenied))
      << "a security manager does not decide";
  EXPECT_THAT(As("president", *rulebook_, &Rulebook::DropMeasure, "name: '" + name + "'"),
              StatusIs(StatusCode::kInvalidArgument));
  ASSERT_OK(As("president", *rulebook_, &Rulebook::DropMeasure,
               "name: '" + name + "' reason: '該当する機器がない'"));
  EXPECT_EQ(ReasonOf(Decide(name).status()), error::v1::ERROR_REASON_STATE_CONFLICT);

  EXPECT_THAT(As("other", *rulebook_, &Rulebook::GetMeasure, "name: '" + name + "'"),
              StatusIs(StatusCode::kPermissionDenied));
  EXPECT_THAT(As("president", *rulebook_, &Rulebook::GetMeasure,
                 "name: '" + kClient + "/measures/0190a000-0000-7000-8000-0000000000ff'"),
              StatusIs(StatusCode::kNotFound));
}

TEST_F(RulebookTest, ListsFilterByStateAndPage) {
  const auto measures = ConcludedWith(4);
  ASSERT_EQ(measures.size(), 4u);
  ASSERT_OK(Decide(measures[1].name()));
  const auto proposed = As("president", *rulebook_, &Rulebook::ListMeasures,
                           "parent: '" + kClient + "' state: STATE_PROPOSED page_size: 2");
  ASSERT_OK(proposed);
  ASSERT_EQ(proposed->measures_size(), 2);
  EXPECT_EQ(proposed->measures(1).name(), measures[2].name());
  const auto rest =
      As("president", *rulebook_, &Rulebook::ListMeasures,
         "parent: '" + kClient + "' state: STATE_PROPOSED page_size: 2 page_token: '" +
             proposed->next_page_token() + "'");
  ASSERT_OK(rest);
  ASSERT_EQ(rest->measures_size(), 1);
  EXPECT_EQ(rest->measures(0).name(), measures[3].name());
  EXPECT_EQ(rest->next_page_token(), "");
  EXPECT_THAT(As("president", *rulebook_, &Rulebook::ListMeasures,
                 "parent: '" + kClient + "' state: STATE_DECIDED page_token: '" +
                     proposed->next_page_token() + "'"),
              StatusIs(StatusCode::kInvalidArgument));
}

TEST_F(RulebookTest, AMeasureMakesOneRule) {
  const auto measures = ConcludedWith(2);
  ASSERT_EQ(measures.size(), 2u);
  ASSERT_OK(Decide(measures[0].name()));
  ASSERT_OK(Decide(measures[1].name()));
  const std::string id = " request_id: '0b9e5c1e-6a52-4a0e-9d35-1f2f3a4b5c6d'";
  const auto rule = MakeRule(measures[0].name(), id);
  ASSERT_OK(rule);
  EXPECT_EQ(rule->text(), measures[0].proposed_rule_text());
  EXPECT_EQ(rule->rule_code(), "RULE_UPDATE");
  EXPECT_EQ(rule->measure(), measures[0].name());
  EXPECT_EQ(rule->revision(), 1);
  EXPECT_EQ(rule->state(), v1::Rule::STATE_IN_FORCE);
  EXPECT_TRUE(rule->has_effective_date());
  const auto repeated = MakeRule(measures[0].name(), id);
  ASSERT_OK(repeated);
  EXPECT_EQ(repeated->name(), rule->name());
  EXPECT_THAT(MakeRule(measures[0].name()),
              StatusIs(StatusCode::kAlreadyExists, HasSubstr(rule->name())));

  const auto measure =
      As("president", *rulebook_, &Rulebook::GetMeasure, "name: '" + measures[0].name() + "'");
  ASSERT_OK(measure);
  EXPECT_EQ(measure->rule(), rule->name());
  EXPECT_EQ(measure->acts(1).action(), "makeRule");

  const auto own =
      MakeRule(measures[1].name(),
               "text: '端末は自動更新とする' effective_date { year: 2027 month: 1 day: 4 }");
  ASSERT_OK(own);
  EXPECT_EQ(own->text(), "端末は自動更新とする");
  EXPECT_EQ(own->effective_date().year(), 2027);
}

TEST_F(RulebookTest, EveryTextOfARuleStaysOnRecord) {
  const auto rule = CreateRule(
      "text: '毎朝更新を確かめる' rule_code: 'RULE_UPDATE' effective_date { year: 2026 month: 4 "
      "day: 1 }");
  ASSERT_OK(rule);
  EXPECT_EQ(rule->measure(), "");
  EXPECT_THAT(rule->allowed_actions(), ElementsAre("update", "retire"));
  EXPECT_THAT(UpdateRule(rule->name(), "text: 'x' etag: '" + Etag(9) + "'"),
              StatusIs(StatusCode::kAborted));
  const auto updated =
      UpdateRule(rule->name(), "text: '毎週更新を確かめる' etag: '" + rule->etag() + "'",
                 "change_reason: '実情に合わせた'");
  ASSERT_OK(updated);
  EXPECT_EQ(updated->revision(), 2);
  EXPECT_NE(updated->effective_date().SerializeAsString(),
            rule->effective_date().SerializeAsString())
      << "a new text holds from today unless the caller says otherwise";
  const auto same = UpdateRule(rule->name(), "text: '毎週更新を確かめる'");
  ASSERT_OK(same);
  EXPECT_EQ(same->revision(), 2) << "nothing changed";
  EXPECT_THAT(UpdateRule(rule->name(), "rule_code: 'RULE_BACKUP'"),
              StatusIs(StatusCode::kInvalidArgument));

  const auto versions =
      As("manager", *rulebook_, &Rulebook::ListRuleVersions, "parent: '" + rule->name() + "'");
  ASSERT_OK(versions);
  ASSERT_EQ(versions->rule_versions_size(), 2);
  EXPECT_EQ(versions->rule_versions(0).text(), "毎朝更新を確かめる");
  EXPECT_EQ(versions->rule_versions(0).effective_date().month(), 4);
  EXPECT_EQ(versions->rule_versions(1).text(), "毎週更新を確かめる");
  EXPECT_EQ(versions->rule_versions(1).change_reason(), "実情に合わせた");
  EXPECT_EQ(service_->database().Query(
                "select has_table_privilege('staraction_diagnosis', 'diagnosis.rule_version', "
                "'update, delete')::text as value"),
            "false");
}

TEST_F(RulebookTest, ARetiredRuleIsKeptAndCountsNoMore) {
  const auto rule = CreateRule("text: 'a' rule_code: 'RULE_BACKUP'");
  ASSERT_OK(rule);
  ASSERT_OK(CreateRule("text: 'b' rule_code: 'RULE_BACKUP'"));
  const auto retired = As("president", *rulebook_, &Rulebook::RetireRule,
                          "name: '" + rule->name() + "' reason: '装置を廃止'");
  ASSERT_OK(retired);
  EXPECT_EQ(retired->state(), v1::Rule::STATE_RETIRED);
  EXPECT_EQ(retired->retire_reason(), "装置を廃止");
  EXPECT_EQ(ReasonOf(UpdateRule(rule->name(), "text: 'c'").status()),
            error::v1::ERROR_REASON_STATE_CONFLICT);
  EXPECT_OK(As("manager", *rulebook_, &Rulebook::GetRule, "name: '" + rule->name() + "'"));
  const auto in_force = As("manager", *rulebook_, &Rulebook::ListRules,
                           "parent: '" + kClient + "' state: STATE_IN_FORCE");
  ASSERT_OK(in_force);
  ASSERT_EQ(in_force->rules_size(), 1);
  EXPECT_EQ(in_force->rules(0).text(), "b");
  EXPECT_THAT(Facts(""), ElementsAre("rulebook.rules=1 of client"));
}

TEST_F(RulebookTest, RulesAreRefusedByRoleCodeAndClient) {
  EXPECT_THAT(CreateRule("text: 'a' rule_code: 'RULE_NOTHING'"),
              StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(CreateRule("rule_code: 'RULE_UPDATE'"), StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(CreateRule("text: 'a\\000b' rule_code: 'RULE_UPDATE'"),
              StatusIs(StatusCode::kInvalidArgument));
  const std::string request =
      "parent: '" + kClient + "' rule { text: 'a' rule_code: 'RULE_UPDATE' }";
  for (const char* user : {"manager", "other", "stranger"}) {
    EXPECT_THAT(As(user, *rulebook_, &Rulebook::CreateRule, request),
                StatusIs(StatusCode::kPermissionDenied))
        << user;
  }
  const auto foreign = test::CallAs(keys_.User("president", test::kOtherOrganization), *rulebook_,
                                    &Rulebook::CreateRule, Parse<v1::CreateRuleRequest>(request));
  EXPECT_THAT(foreign, StatusIs(StatusCode::kPermissionDenied));
}

}  // namespace
}  // namespace staraction::diagnosis
