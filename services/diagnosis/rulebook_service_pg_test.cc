// Rules, also from measures, through real gRPC and PostgreSQL.

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

TEST_F(RulebookTest, TheCompanyDecidesWhatATextLeavesOpen) {
  const auto measures = ConcludedWith(11);
  ASSERT_EQ(measures.size(), 11u);
  const v1::Measure& password = measures[10];
  ASSERT_EQ(password.item(), "RC_PASSWORD_STRONG");
  ASSERT_OK(Decide(password.name()));
  EXPECT_THAT(
      BadFields(
          MakeRule(password.name(), "values { code: 'PASSWORD_MIN_LENGTH' value: '6' }").status()),
      ElementsAre("values[0].value"));
  EXPECT_THAT(BadFields(MakeRule(password.name(), "values { code: 'NONE' value: '6' }").status()),
              ElementsAre("values[0].code"));
  EXPECT_THAT(BadFields(MakeRule(password.name(), "text: '{WHO}に従う'").status()),
              ElementsAre("text"));
  const auto rule = MakeRule(password.name(), "values { code: 'PASSWORD_MIN_LENGTH' value: '12' }");
  ASSERT_OK(rule);
  EXPECT_THAT(rule->text(), HasSubstr("12文字以上"));
  EXPECT_THAT(rule->short_text(), HasSubstr("12文字以上"));
  EXPECT_THAT(BadFields(UpdateRule(rule->name(), "text: '{N}文字'").status()),
              ElementsAre("rule.text"));
  EXPECT_THAT(
      BadFields(CreateRule("text: 'a' short_text: '{N}' rule_code: 'RULE_UPDATE'").status()),
      ElementsAre("rule.short_text"));
  const auto changed = UpdateRule(rule->name(), "text: '14文字以上とする'");
  ASSERT_OK(changed);
  EXPECT_EQ(changed->short_text(), "") << "it summed up the text before";
}

TEST_F(RulebookTest, WhatWasDecidedForOneRuleIsProposedForTheNext) {
  std::vector<v1::Measure> asking;
  for (auto& measure : ConcludedWith(20)) {
    if (measure.proposed_rule_text().find("{RESPONSIBLE}") == std::string::npos) continue;
    ASSERT_OK(Decide(measure.name()));
    asking.push_back(std::move(measure));
  }
  ASSERT_GE(asking.size(), 3u);
  const auto first = MakeRule(asking[0].name(), "values { code: 'RESPONSIBLE' value: '総務の森' }");
  ASSERT_OK(first);
  EXPECT_EQ(first->variable_values().at("RESPONSIBLE"), "総務の森");
  const auto second = MakeRule(asking[1].name());
  ASSERT_OK(second);
  EXPECT_THAT(second->text(), HasSubstr("総務の森"));
  const auto third = MakeRule(asking[2].name(), "values { code: 'RESPONSIBLE' value: '社長' }");
  ASSERT_OK(third);
  EXPECT_THAT(third->text(), HasSubstr("社長"));
}

TEST_F(RulebookTest, AMeasureMakesOneRule) {
  const auto measures = ConcludedWith(2);
  ASSERT_EQ(measures.size(), 2u);
  ASSERT_OK(Decide(measures[0].name()));
  ASSERT_OK(Decide(measures[1].name()));
  const std::string id = " request_id: '0b9e5c1e-6a52-4a0e-9d35-1f2f3a4b5c6d'";
  const auto rule = MakeRule(measures[0].name(), id);
  ASSERT_OK(rule);
  EXPECT_THAT(rule->text(), HasSubstr("7日以内")) << "the content's default";
  EXPECT_THAT(rule->short_text(), HasSubstr("7日以内"));
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
  EXPECT_EQ(own->short_text(), "") << "the proposed sentence sums up the proposed text";
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
  EXPECT_THAT(Facts(""), ElementsAre("rulebook.rules=1 of client", "rulebook.version=0 of client"));
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
