#include "services/training/domain/briefing_rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "common/status/errors.h"
#include "common/testing/status_matchers.h"

namespace staraction::training {
namespace {

using absl::StatusCode;
using test::StatusIs;
using testing::ElementsAre;
using v1::Briefing;

constexpr char kMember[] = "clients/c/members/m";

content::v1::Course MakeCourse() {
  content::v1::Course course;
  auto* module = course.add_modules();
  module->set_code("ROLE");
  module->mutable_title()->set_ja("役割");
  module->mutable_body()->set_text("説明");
  module->set_minutes(10);
  const auto add = [&](const char* code, content::v1::DecisionKind kind, bool required) {
    auto* decision = course.add_decisions();
    decision->set_code(code);
    decision->mutable_title()->set_ja(code);
    decision->set_kind(kind);
    decision->set_required(required);
    if (kind == content::v1::DECISION_KIND_CHOICE) decision->set_code_list("answers");
  };
  add("WHO", content::v1::DECISION_KIND_MEMBER, true);
  add("BUDGET", content::v1::DECISION_KIND_YEN, true);
  add("MONTH", content::v1::DECISION_KIND_MONTH, false);
  add("YES", content::v1::DECISION_KIND_BOOLEAN, false);
  add("WORDS", content::v1::DECISION_KIND_TEXT, false);
  add("CHOICE", content::v1::DECISION_KIND_CHOICE, false);
  return course;
}

Briefing Filled() {
  content::v1::CodeList list;
  list.add_entries()->set_code("ONE");
  Briefing briefing;
  briefing.set_name("engagements/e/briefings/b");
  briefing.set_state(Briefing::STATE_OPEN);
  FillBriefing(
      MakeCourse(), [&](const std::string&) { return &list; }, briefing);
  return briefing;
}

Briefing::Decision Of(const std::string& code) {
  Briefing::Decision decision;
  decision.set_code(code);
  return decision;
}
Briefing::Decision Who(const std::string& member) {
  Briefing::Decision decision = Of("WHO");
  decision.set_member(member);
  return decision;
}
Briefing::Decision Budget(int64_t yen) {
  Briefing::Decision decision = Of("BUDGET");
  decision.set_yen(yen);
  return decision;
}
Briefing::Decision Text(const std::string& code, const std::string& text) {
  Briefing::Decision decision = Of(code);
  decision.set_text(text);
  return decision;
}
Briefing::Decision Choice(const std::string& choice) {
  Briefing::Decision decision = Of("CHOICE");
  decision.set_choice(choice);
  return decision;
}

TEST(FillTest, TakesAgendaAndPointsFromTheCourse) {
  const Briefing briefing = Filled();
  ASSERT_EQ(briefing.agenda_size(), 1);
  EXPECT_EQ(briefing.agenda(0).title(), "役割");
  EXPECT_EQ(briefing.agenda(0).body(), "説明");
  std::vector<std::string> fields;
  for (const auto& point : briefing.points()) fields.push_back(point.value_field());
  EXPECT_THAT(fields, ElementsAre("member", "yen", "month", "truth", "text", "choice"));
  ASSERT_EQ(briefing.points(5).choices_size(), 1);
  EXPECT_EQ(briefing.points(5).choices(0).code(), "ONE");
}

struct DecisionCase {
  std::string name;
  std::vector<Briefing::Decision> decisions;
  std::vector<std::string> fields;  // of the violations
};

class DecisionTest : public testing::TestWithParam<DecisionCase> {};

TEST_P(DecisionTest, Checks) {
  Briefing briefing = Filled();
  for (const auto& decision : GetParam().decisions) *briefing.add_decisions() = decision;
  const absl::Status status = CheckDecisions(briefing, {kMember});
  std::vector<std::string> fields;
  if (const auto bad = GetDetail<google::rpc::BadRequest>(status)) {
    for (const auto& violation : bad->field_violations()) fields.push_back(violation.field());
  }
  EXPECT_EQ(fields, GetParam().fields);
  EXPECT_EQ(status.ok(), GetParam().fields.empty());
}

INSTANTIATE_TEST_SUITE_P(
    Decisions, DecisionTest,
    testing::Values(
        DecisionCase{"None", {}, {}},
        DecisionCase{"Good", {Who(kMember), Budget(0), Text("WORDS", "方針"), Choice("ONE")}, {}},
        DecisionCase{"UnknownPoint", {Text("NONE", "x")}, {"briefing.decisions[0].code"}},
        DecisionCase{"Twice", {Budget(1), Budget(2)}, {"briefing.decisions[1].code"}},
        DecisionCase{"OtherKind", {Text("BUDGET", "1万円")}, {"briefing.decisions[0]"}},
        DecisionCase{"NoValue", {Of("YES")}, {"briefing.decisions[0]"}},
        DecisionCase{"Stranger", {Who("clients/c/members/x")}, {"briefing.decisions[0].member"}},
        DecisionCase{"NoWords", {Text("WORDS", "")}, {"briefing.decisions[0].text"}},
        DecisionCase{"NoSuchChoice", {Choice("TWO")}, {"briefing.decisions[0].choice"}},
        DecisionCase{"AllAtOnce",
                     {Text("NONE", "x"), Choice("TWO")},
                     {"briefing.decisions[0].code", "briefing.decisions[1].choice"}}),
    [](const auto& each) { return each.param.name; });

TEST(AcknowledgeTest, NeedsTheRequiredDecisions) {
  Briefing briefing = Filled();
  *briefing.add_decisions() = Budget(100'000);
  EXPECT_THAT(Shown(briefing).missing_decisions(), ElementsAre("WHO"));
  EXPECT_THAT(Shown(briefing).allowed_actions(), ElementsAre("update"));
  const absl::Status status = CheckAcknowledge(briefing);
  ASSERT_THAT(status, StatusIs(StatusCode::kFailedPrecondition));
  const auto failure = GetDetail<google::rpc::PreconditionFailure>(status);
  ASSERT_TRUE(failure.has_value());
  ASSERT_EQ(failure->violations_size(), 1);
  EXPECT_EQ(failure->violations(0).subject(), "WHO");
  *briefing.add_decisions() = Who(kMember);
  EXPECT_OK(CheckAcknowledge(briefing));
  EXPECT_THAT(Shown(briefing).allowed_actions(), ElementsAre("update", "acknowledge"));
  briefing.set_state(Briefing::STATE_ACKNOWLEDGED);
  EXPECT_THAT(CheckAcknowledge(briefing), StatusIs(StatusCode::kFailedPrecondition));
  EXPECT_THAT(Shown(briefing).allowed_actions(), testing::IsEmpty());
}

}  // namespace
}  // namespace staraction::training
