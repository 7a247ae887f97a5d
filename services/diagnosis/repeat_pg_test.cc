// A second check from the first one's answers, and the two side by side.

#include "services/diagnosis/testing.h"

namespace staraction::diagnosis {
namespace {

using absl::StatusCode;
using test::StatusIs;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

class RepeatTest : public DiagnosisTest {
 protected:
  absl::StatusOr<v1::DiagnosisComparison> Compare(const std::string& name,
                                                  const std::string& more = "") {
    return As("president", *diagnoses_, &Diagnoses::CompareDiagnoses,
              "name: '" + name + "' " + more);
  }
  // A concluded check of the five rules with so many gaps.
  std::string FiveRulesWith(int gaps) {
    const auto created = CreateWith("questionnaire: 'questionnaires/rule-check-five'");
    EXPECT_OK(created);
    AnswerAll(*created, gaps);
    EXPECT_OK(Conclude(created->name()));
    return created->name();
  }
  absl::StatusOr<v1::Diagnosis> SixFrom(const std::string& base) {
    return CreateWith("questionnaire: 'questionnaires/rule-check-six' base: '" + base + "'");
  }
};

TEST_F(RepeatTest, TheSecondBeginsWithTheFirstOnesAnswersToBeConfirmed) {
  const std::string five = FiveRulesWith(2);
  const auto six = SixFrom(five);
  ASSERT_OK(six);
  EXPECT_EQ(six->base(), five);
  EXPECT_EQ(six->item_count(), 31);
  EXPECT_EQ(six->answers_size(), 26);
  EXPECT_EQ(six->answered_count(), 0);
  EXPECT_EQ(six->missing_items_size(), 31);
  EXPECT_EQ(ReasonOf(Conclude(six->name()).status()), error::v1::ERROR_REASON_CRITERIA_UNMET);
  ASSERT_OK(Answer("president", six->name(),
                   "answers { item: 'RC_UPDATE_PC' answer: ANSWER_FOLLOWED } "
                   "answers { item: 'RC_UPDATE_MOBILE' answer: ANSWER_NOT_FOLLOWED }"));
  const auto got = Get(six->name());
  ASSERT_OK(got);
  EXPECT_EQ(got->answered_count(), 2);
  ASSERT_EQ(got->marks_size(), 31);
  EXPECT_TRUE(got->marks(0).changed() && got->marks(0).confirmed() && got->marks(0).previous_gap());
  EXPECT_FALSE(got->marks(1).changed());
  EXPECT_TRUE(got->marks(1).confirmed());
  EXPECT_FALSE(got->marks(2).confirmed());
  EXPECT_TRUE(got->answers(2).carried());
  EXPECT_EQ(got->marks(30).kind(), v1::ItemMark::KIND_NEW);
}

TEST_F(RepeatTest, ABaseIsConcludedAndOfTheSameClient) {
  const auto open = Create();
  ASSERT_OK(open);
  EXPECT_EQ(ReasonOf(CreateWith("questionnaire: 'questionnaires/rule-check-five' base: '" +
                                open->name() + "'")
                         .status()),
            error::v1::ERROR_REASON_STATE_CONFLICT);
  for (const std::string& base : {std::string("engagements/x"),
                                  kEngagement + "/diagnoses/0190a000-0000-7000-8000-0000000000ff",
                                  std::string("engagements/") + kOtherEngagementId +
                                      "/diagnoses/0190a000-0000-7000-8000-0000000000ff"}) {
    const auto refused =
        CreateWith("questionnaire: 'questionnaires/rule-check-five' base: '" + base + "'");
    EXPECT_THAT(BadFields(refused.status()), ElementsAre("diagnosis.base")) << base;
  }
}

TEST_F(RepeatTest, ComparisonNamesWhatClosedAndOpenedOverTwoLists) {
  const std::string five = FiveRulesWith(3);
  for (const auto& measure : MeasuresOf(five)) {
    ASSERT_OK(Decide(measure.name()));
    ASSERT_OK(As("president", *rulebook_, &Rulebook::MakeRule, "name: '" + measure.name() + "'"));
    ASSERT_OK(
        As("manager", *rulebook_, &Rulebook::CompleteMeasure, "name: '" + measure.name() + "'"));
  }
  const auto six = SixFrom(five);
  ASSERT_OK(six);
  AnswerAll(*six, 1);  // of the three gaps the first remains
  ASSERT_OK(Answer("president", six->name(),
                   "answers { item: 'RC_THREATS_INFO' answer: ANSWER_PARTLY } "
                   "answers { item: 'RC_BACKUP_KEPT' answer: ANSWER_UNKNOWN }"));
  ASSERT_OK(Conclude(six->name()));
  const auto comparison = Compare(six->name());
  ASSERT_OK(comparison);
  EXPECT_EQ(comparison->base(), five);
  const v1::GapCounts& total = comparison->total();
  EXPECT_EQ(total.gaps_before(), 3);
  EXPECT_EQ(total.closed(), 2);
  EXPECT_EQ(total.remaining(), 1);
  EXPECT_EQ(total.opened(), 1);
  EXPECT_EQ(total.new_item_gaps(), 1);
  EXPECT_EQ(total.gaps_after(), 3);
  EXPECT_EQ(comparison->measures().done(), 3);
  EXPECT_EQ(comparison->measures().rules(), 3);
  ASSERT_EQ(comparison->rules_size(), 6);
  EXPECT_EQ(comparison->rules(0).rule_title(), "更新を先送りしない");
  EXPECT_EQ(comparison->rules(0).counts().closed(), 2);
  ASSERT_EQ(comparison->items_size(), 31);
  EXPECT_THAT(comparison->items(0).question(), HasSubstr("パソコン"));

  const auto back = Compare(five, "base: '" + six->name() + "'");
  ASSERT_OK(back);
  EXPECT_EQ(back->items_size(), 31);
  EXPECT_EQ(back->items(30).change(), v1::ITEM_CHANGE_ITEM_REMOVED);
  EXPECT_FALSE(back->items(30).question().empty());
  const auto facts = Facts(kEngagement);
  EXPECT_THAT(facts, ::testing::IsSupersetOf({"check.gaps_before=3", "check.gaps_after=3",
                                              "measure.done=3", "check.open_gaps=3"}));
}

TEST_F(RepeatTest, WithoutAnEarlierOneThereIsNothingToCompare) {
  const auto created = Create();
  ASSERT_OK(created);
  EXPECT_EQ(ReasonOf(Compare(created->name()).status()), error::v1::ERROR_REASON_CRITERIA_UNMET);
  EXPECT_THAT(BadFields(Compare(created->name(), "base: 'engagements/x'").status()),
              ElementsAre("base"));
  EXPECT_THAT(
      As("other", *diagnoses_, &Diagnoses::CompareDiagnoses, "name: '" + created->name() + "'"),
      StatusIs(StatusCode::kPermissionDenied));
}

TEST_F(RepeatTest, OpenMeasuresGoOnInsteadOfBeingMadeTwice) {
  const auto first = ConcludedWith(3);
  ASSERT_EQ(first.size(), 3u);
  ASSERT_OK(Decide(first[0].name()));
  ASSERT_OK(Decide(first[1].name()));
  ASSERT_OK(
      As("manager", *rulebook_, &Rulebook::CompleteMeasure, "name: '" + first[1].name() + "'"));
  const auto second = ConcludedWith(3);
  ASSERT_EQ(second.size(), 3u);
  EXPECT_EQ(second[0].name(), first[0].name()) << "decided: goes on";
  EXPECT_EQ(second[0].state(), v1::Measure::STATE_DECIDED);
  EXPECT_NE(second[0].latest_diagnosis(), second[0].diagnosis());
  EXPECT_EQ(second[1].name(), first[2].name()) << "proposed: goes on";
  EXPECT_EQ(second[2].item(), first[1].item()) << "done, and the gap is there: a new one";
  EXPECT_EQ(second[2].state(), v1::Measure::STATE_PROPOSED);
  const auto got =
      As("president", *rulebook_, &Rulebook::GetMeasure, "name: '" + first[0].name() + "'");
  ASSERT_OK(got);
  EXPECT_EQ(got->acts(1).action(), "foundAgain");
}

TEST_F(RepeatTest, WhatTheNextCheckKnowsIsNoLongerChased) {
  const auto created = Create();
  ASSERT_OK(created);
  AnswerAll(*created, 0);
  ASSERT_OK(Answer("president", created->name(),
                   "answers { item: 'RC_UPDATE_PC' answer: ANSWER_UNKNOWN }"));
  ASSERT_OK(Conclude(created->name()));
  const auto chase = MeasuresOf(created->name());
  ASSERT_EQ(chase.size(), 1u);
  ConcludedWith(0);
  const auto got =
      As("president", *rulebook_, &Rulebook::GetMeasure, "name: '" + chase[0].name() + "'");
  ASSERT_OK(got);
  EXPECT_EQ(got->state(), v1::Measure::STATE_DONE);
  EXPECT_EQ(got->found_answer(), content::v1::ANSWER_FOLLOWED);
}

}  // namespace
}  // namespace staraction::diagnosis
