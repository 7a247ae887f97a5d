#include "services/diagnosis/domain/compare.h"

#include "services/diagnosis/domain/testing.h"

namespace staraction::diagnosis::domain {
namespace {

// A list without C and with D.
content::v1::Questionnaire OldCheck() {
  auto check = Check();
  auto* last = check.mutable_items(2);
  last->set_code("D");
  last->mutable_question()->set_ja("Dですか");
  return check;
}

TEST(CompareTest, EveryItemHasItsChange) {
  const struct {
    const char* name;
    const char* before;
    const char* after;
    v1::ItemChange change;
  } kCases[] = {
      {"closed", "ANSWER_PARTLY", "ANSWER_FOLLOWED", v1::ITEM_CHANGE_GAP_CLOSED},
      {"opened", "ANSWER_FOLLOWED", "ANSWER_UNKNOWN", v1::ITEM_CHANGE_GAP_OPENED},
      {"remains", "ANSWER_NOT_FOLLOWED", "ANSWER_PARTLY", v1::ITEM_CHANGE_GAP_REMAINS},
      {"kept", "ANSWER_FOLLOWED", "ANSWER_FOLLOWED", v1::ITEM_CHANGE_KEPT},
      {"carried over", "ANSWER_FOLLOWED", "ANSWER_FOLLOWED carried: true",
       v1::ITEM_CHANGE_UNANSWERED},
  };
  for (const auto& test : kCases) {
    const auto before = Answered(std::string("answers {item: 'A' answer: ") + test.before + "}");
    const auto after = Answered(std::string("answers {item: 'A' answer: ") + test.after + "}");
    EXPECT_EQ(Compare({Check(), before}, {Check(), after}).items(0).change(), test.change)
        << test.name;
  }
}

TEST(CompareTest, ListsOfTwoEditionsJoinByCodeAndTheCountsAddUp) {
  const auto old_check = OldCheck();
  auto before = Answered(R"(
    answers {item: 'A' answer: ANSWER_PARTLY confidence: CONFIDENCE_CLAIMED}
    answers {item: 'B' answer: ANSWER_FOLLOWED} answers {item: 'D' answer: ANSWER_UNKNOWN})",
                         old_check);
  before.set_name("engagements/e/diagnoses/before");
  const auto after = Answered(R"(
    answers {item: 'A' answer: ANSWER_FOLLOWED confidence: CONFIDENCE_VERIFIED}
    answers {item: 'B' answer: ANSWER_PARTLY} answers {item: 'C' answer: ANSWER_UNKNOWN})");
  const auto comparison = Compare({old_check, before}, {Check(), after});
  EXPECT_EQ(comparison.base(), "engagements/e/diagnoses/before");
  ASSERT_EQ(comparison.items_size(), 4);
  EXPECT_EQ(comparison.items(0).before_confidence(), v1::CONFIDENCE_CLAIMED);
  EXPECT_EQ(comparison.items(0).after_confidence(), v1::CONFIDENCE_VERIFIED);
  EXPECT_EQ(comparison.items(1).change(), v1::ITEM_CHANGE_GAP_OPENED);
  EXPECT_EQ(comparison.items(2).change(), v1::ITEM_CHANGE_NEW_ITEM);
  EXPECT_EQ(comparison.items(3).item(), "D");
  EXPECT_EQ(comparison.items(3).change(), v1::ITEM_CHANGE_ITEM_REMOVED);

  const v1::GapCounts& total = comparison.total();
  EXPECT_EQ(total.items_before(), 3);
  EXPECT_EQ(total.items_after(), 3);
  EXPECT_EQ(total.gaps_before(), 2);
  EXPECT_EQ(total.gaps_after(), 2);
  EXPECT_EQ(total.gaps_after(), total.remaining() + total.opened() + total.new_item_gaps());
  EXPECT_EQ(total.closed(), 1);
  ASSERT_EQ(comparison.rules_size(), 2);
  EXPECT_EQ(comparison.rules(0).rule_code(), "R1");
  EXPECT_EQ(comparison.rules(0).counts().closed(), 1);
  EXPECT_EQ(comparison.rules(0).counts().opened(), 1);
  EXPECT_EQ(comparison.rules(1).counts().new_item_gaps(), 1);
}

TEST(CompareTest, MeasuresAreCountedByStateAndRule) {
  google::protobuf::RepeatedPtrField<v1::Measure> measures;
  *measures.Add() = Parse<v1::Measure>("state: STATE_DONE rule: 'clients/c/rules/r'");
  *measures.Add() = Parse<v1::Measure>("state: STATE_DONE");
  *measures.Add() = Parse<v1::Measure>("state: STATE_DROPPED");
  const auto counts = CountMeasures(measures);
  EXPECT_EQ(counts.done(), 2);
  EXPECT_EQ(counts.dropped(), 1);
  EXPECT_EQ(counts.proposed() + counts.decided() + counts.verified(), 0);
  EXPECT_EQ(counts.rules(), 1);
}

}  // namespace
}  // namespace staraction::diagnosis::domain
