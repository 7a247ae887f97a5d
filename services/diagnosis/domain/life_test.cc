#include "services/diagnosis/domain/life.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/base/date.h"
#include "common/status/errors.h"
#include "common/testing/status_matchers.h"

namespace staraction::diagnosis::domain {
namespace {

using test::StatusIs;
using ::testing::HasSubstr;
using Verbs = std::vector<std::string>;

TEST(LifeTest, MeasureStatesAllowTheirVerbsOnly) {
  const struct {
    v1::Measure::State state;
    Verbs verbs;
  } kCases[] = {
      {v1::Measure::STATE_PROPOSED, {"decide", "drop"}},
      {v1::Measure::STATE_DECIDED, {"decide", "complete", "makeRule", "drop"}},
      {v1::Measure::STATE_DONE, {"verify", "makeRule"}},
      {v1::Measure::STATE_VERIFIED, {"makeRule"}},
      {v1::Measure::STATE_DROPPED, {}},
  };
  for (const auto& test : kCases) {
    v1::Measure measure;
    measure.set_name("clients/c/measures/m");
    measure.set_state(test.state);
    EXPECT_EQ(ActionsOf(measure), test.verbs) << v1::Measure::State_Name(test.state);
    for (const char* verb : {"decide", "complete", "verify", "makeRule", "drop"}) {
      const bool allowed = std::count(test.verbs.begin(), test.verbs.end(), verb) > 0;
      EXPECT_EQ(After(measure, verb).ok(), allowed)
          << v1::Measure::State_Name(test.state) << " " << verb;
    }
  }
}

TEST(LifeTest, VerbsLeadToTheirStates) {
  v1::Measure measure;
  const struct {
    v1::Measure::State from;
    const char* verb;
    v1::Measure::State to;
  } kCases[] = {
      {v1::Measure::STATE_PROPOSED, "decide", v1::Measure::STATE_DECIDED},
      {v1::Measure::STATE_DECIDED, "decide", v1::Measure::STATE_DECIDED},
      {v1::Measure::STATE_DECIDED, "complete", v1::Measure::STATE_DONE},
      {v1::Measure::STATE_DONE, "verify", v1::Measure::STATE_VERIFIED},
      {v1::Measure::STATE_DONE, "makeRule", v1::Measure::STATE_DONE},
      {v1::Measure::STATE_PROPOSED, "drop", v1::Measure::STATE_DROPPED},
  };
  for (const auto& test : kCases) {
    measure.set_state(test.from);
    const auto after = After(measure, test.verb);
    ASSERT_OK(after) << test.verb;
    EXPECT_EQ(*after, test.to) << test.verb;
  }
}

TEST(LifeTest, AMeasureMakesOneRule) {
  v1::Measure measure;
  measure.set_state(v1::Measure::STATE_DONE);
  measure.set_rule("clients/c/rules/r");
  EXPECT_EQ(ActionsOf(measure), Verbs({"verify"}));
  EXPECT_THAT(After(measure, "makeRule"),
              StatusIs(absl::StatusCode::kAlreadyExists, HasSubstr("clients/c/rules/r")));
}

TEST(LifeTest, WhatFindsSomethingOutMakesNoRule) {
  v1::Measure measure;
  measure.set_name("clients/c/measures/m");
  measure.set_state(v1::Measure::STATE_DONE);
  measure.set_kind(v1::Measure::KIND_FIND_OUT);
  EXPECT_EQ(ActionsOf(measure), Verbs({"verify"}));
  EXPECT_THAT(After(measure, "makeRule"),
              StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("FIND_OUT")));
}

TEST(LifeTest, OnlyDecidedMeasuresAreOverdue) {
  const absl::CivilDay today(2026, 12, 18);
  const struct {
    v1::Measure::State state;
    absl::CivilDay due;
    bool overdue;
  } kCases[] = {
      {v1::Measure::STATE_DECIDED, today - 1, true},
      {v1::Measure::STATE_DECIDED, today, false},
      {v1::Measure::STATE_DONE, today - 1, false},
      {v1::Measure::STATE_DROPPED, today - 1, false},
  };
  for (const auto& test : kCases) {
    v1::Measure measure;
    measure.set_state(test.state);
    *measure.mutable_due_date() = ToProtoDate(test.due);
    EXPECT_EQ(IsOverdue(measure, today), test.overdue) << v1::Measure::State_Name(test.state);
  }
  EXPECT_FALSE(IsOverdue(v1::Measure(), today));
}

TEST(LifeTest, KindsOfDiagnosisKnowTheirVerbs) {
  v1::Diagnosis diagnosis;
  diagnosis.set_state(v1::Diagnosis::STATE_OPEN);
  diagnosis.set_kind(content::v1::QUESTIONNAIRE_KIND_SELF_DIAGNOSIS);
  EXPECT_EQ(ActionsOf(diagnosis),
            Verbs({"drawSample", "adoptAnswers", "answerItems", "conclude", "abandon"}));
  diagnosis.mutable_sample()->set_size(2);
  EXPECT_THAT(After(diagnosis, "drawSample"), StatusIs(absl::StatusCode::kAlreadyExists));
  diagnosis.set_content_missing(true);
  EXPECT_EQ(ActionsOf(diagnosis), Verbs({"abandon"}));
  diagnosis.clear_content_missing();
  diagnosis.clear_sample();
  diagnosis.set_kind(content::v1::QUESTIONNAIRE_KIND_PRACTICE_CHECK);
  EXPECT_EQ(ActionsOf(diagnosis), Verbs({"drawSample", "conclude", "abandon"}));
  EXPECT_THAT(After(diagnosis, "answerItems"),
              StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("PRACTICE_CHECK")));
}

TEST(LifeTest, ConcludedAndRetiredAreTheEnd) {
  v1::Diagnosis diagnosis;
  diagnosis.set_name("engagements/e/diagnoses/d");
  diagnosis.set_state(v1::Diagnosis::STATE_OPEN);
  EXPECT_EQ(ActionsOf(diagnosis), Verbs({"answerItems", "conclude", "abandon"}));
  diagnosis.set_state(v1::Diagnosis::STATE_CONCLUDED);
  EXPECT_EQ(ActionsOf(diagnosis), Verbs());
  const auto again = After(diagnosis, "conclude");
  EXPECT_THAT(again, StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("CONCLUDED")));
  EXPECT_EQ(ReasonOf(again.status()), error::v1::ERROR_REASON_STATE_CONFLICT);

  v1::Rule rule;
  rule.set_state(v1::Rule::STATE_IN_FORCE);
  EXPECT_EQ(ActionsOf(rule), Verbs({"update", "retire"}));
  rule.set_state(v1::Rule::STATE_RETIRED);
  EXPECT_EQ(ActionsOf(rule), Verbs());
  EXPECT_THAT(After(rule, "update"), StatusIs(absl::StatusCode::kFailedPrecondition));
}

}  // namespace
}  // namespace staraction::diagnosis::domain
