#include "services/diagnosis/domain/gaps.h"

#include "services/diagnosis/domain/testing.h"

namespace staraction::diagnosis::domain {
namespace {

using ::testing::IsEmpty;

TEST(GapsTest, EveryGapGetsTheContentsMeasureAndWhatIsUnknownIsChased) {
  const v1::Diagnosis diagnosis = Answered(R"(
    answers {item: 'A' answer: ANSWER_PARTLY}
    answers {item: 'B' answer: ANSWER_NOT_USED}
    answers {item: 'C' answer: ANSWER_UNKNOWN})");
  const auto measures = ProposedMeasures(Check(), diagnosis);
  ASSERT_EQ(measures.size(), 2u);
  EXPECT_EQ(measures[0].kind(), v1::Measure::KIND_REMEDY);
  EXPECT_EQ(measures[0].text(), "Aをする");
  EXPECT_EQ(measures[0].proposed_rule_text(), "Aは{N}文字");
  EXPECT_EQ(measures[0].proposed_short_text(), "A");
  EXPECT_EQ(measures[0].rule_code(), "R1");
  EXPECT_EQ(measures[0].cost_class(), "FREE");
  EXPECT_EQ(measures[0].priority(), 1);
  EXPECT_EQ(measures[0].state(), v1::Measure::STATE_PROPOSED);
  EXPECT_EQ(measures[0].diagnosis(), "engagements/e/diagnoses/d");
  EXPECT_EQ(measures[0].latest_diagnosis(), "engagements/e/diagnoses/d");
  EXPECT_EQ(measures[0].pack(), "urn:p@1");
  EXPECT_EQ(measures[1].kind(), v1::Measure::KIND_FIND_OUT);
  EXPECT_EQ(measures[1].text(), "調べる：Cですか（）");
  EXPECT_EQ(measures[1].proposed_rule_text(), "");
  EXPECT_THAT(ProposedMeasures(Check(), Answered("answers {item: 'A' answer: ANSWER_FOLLOWED}")),
              IsEmpty());
}

TEST(GapsTest, MeasuresNameTheSitesThatLackItAndThoseThatDontKnow) {
  const v1::Diagnosis diagnosis = Answered(R"(
    answers {item: 'A' answer: ANSWER_PARTLY site: 's1' site_display_name: '本社' revision: 2}
    answers {item: 'A' answer: ANSWER_UNKNOWN site: 's2' site_display_name: '工場' revision: 2}
    answers {item: 'A' answer: ANSWER_FOLLOWED site: 's3' revision: 2})");
  const auto measures = ProposedMeasures(Check(), diagnosis);
  ASSERT_EQ(measures.size(), 2u);
  EXPECT_EQ(measures[0].kind(), v1::Measure::KIND_REMEDY);
  ASSERT_EQ(measures[0].sites_size(), 1);
  EXPECT_EQ(measures[0].sites(0).display_name(), "本社");
  EXPECT_EQ(measures[1].kind(), v1::Measure::KIND_FIND_OUT);
  ASSERT_EQ(measures[1].sites_size(), 1);
  EXPECT_EQ(measures[1].sites(0).site(), "s2");
}

TEST(GapsTest, ADecisionForTheWholeCompanyLeavesTheSitesOut) {
  const auto measures = ProposedMeasures(Check(), Answered(R"(
    answers {item: 'A' answer: ANSWER_UNKNOWN site: 's1' revision: 2}
    answers {item: 'A' answer: ANSWER_PARTLY revision: 3})"));
  ASSERT_EQ(measures.size(), 1u);
  EXPECT_EQ(measures[0].kind(), v1::Measure::KIND_REMEDY);
  EXPECT_EQ(measures[0].sites_size(), 0);
}

TEST(GapsTest, WithoutATextToFindOutTheItemsOwnMeasureIsProposed) {
  auto questions = Check();
  questions.clear_find_out_measure();
  const auto measures =
      ProposedMeasures(questions, Answered("answers {item: 'C' answer: ANSWER_UNKNOWN}"));
  ASSERT_EQ(measures.size(), 1u);
  EXPECT_EQ(measures[0].text(), "Cをする");
}

TEST(GapsTest, OpenMeasuresContinueByItemAndKind) {
  Measures open;
  *open.Add() = Parse<v1::Measure>("name: 'm1' item: 'A' kind: KIND_REMEDY");
  *open.Add() = Parse<v1::Measure>("name: 'm2' item: 'C' kind: KIND_FIND_OUT");
  const struct {
    const char* proposed;
    const char* want;
  } kCases[] = {{"item: 'A' kind: KIND_REMEDY", "m1"},
                {"item: 'A' kind: KIND_FIND_OUT", ""},
                {"item: 'C' kind: KIND_FIND_OUT", "m2"},
                {"item: 'B' kind: KIND_REMEDY", ""}};
  for (const auto& test : kCases) {
    const auto* found = Continuing(open, Parse<v1::Measure>(test.proposed));
    EXPECT_EQ(found == nullptr ? "" : found->name(), test.want) << test.proposed;
  }
}

TEST(GapsTest, WhatIsKnownNowIsFoundOut) {
  Measures open;
  *open.Add() = Parse<v1::Measure>("name: 'm1' item: 'A' kind: KIND_FIND_OUT");
  *open.Add() = Parse<v1::Measure>("name: 'm2' item: 'C' kind: KIND_FIND_OUT");
  *open.Add() = Parse<v1::Measure>("name: 'm3' item: 'A' kind: KIND_REMEDY");
  const auto found = FoundOut(open, Check(), Answered(R"(
    answers {item: 'A' answer: ANSWER_NOT_FOLLOWED} answers {item: 'C' answer: ANSWER_UNKNOWN})"));
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].name(), "m1");
  EXPECT_EQ(found[0].found_answer(), content::v1::ANSWER_NOT_FOLLOWED);
  EXPECT_THAT(FoundOut(open, Check(), Answered(R"(
    answers {item: 'A' answer: ANSWER_NOT_FOLLOWED site: 's1' revision: 2}
    answers {item: 'A' answer: ANSWER_UNKNOWN site: 's2' revision: 2})")),
              IsEmpty())
      << "one site still doesn't know";
}

}  // namespace
}  // namespace staraction::diagnosis::domain
