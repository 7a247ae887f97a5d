#include "services/diagnosis/domain/check.h"

#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

namespace staraction::diagnosis::domain {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

template <typename T>
T Parse(const std::string& text) {
  T message;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &message)) << text;
  return message;
}

const content::v1::Questionnaire& Check() {
  static const auto* check = new content::v1::Questionnaire(Parse<content::v1::Questionnaire>(R"(
    id: "check"
    choices { answer: ANSWER_FOLLOWED }
    choices { answer: ANSWER_PARTLY gap: true }
    choices { answer: ANSWER_UNKNOWN gap: true }
    choices { answer: ANSWER_NOT_USED }
    items { code: "A" rule: "R1" answers: [ANSWER_FOLLOWED, ANSWER_PARTLY, ANSWER_UNKNOWN]
            question { ja: "Aですか" }
            proposed_measure { ja: "Aをする" } proposed_rule { ja: "Aをせよ" } }
    items { code: "B" rule: "R1" answers: [ANSWER_FOLLOWED, ANSWER_PARTLY, ANSWER_NOT_USED]
            question { ja: "Bですか" }
            proposed_measure { ja: "Bをする" } proposed_rule { ja: "Bをせよ" } }
    items { code: "C" rule: "R2" answers: [ANSWER_FOLLOWED, ANSWER_UNKNOWN]
            question { ja: "Cですか" }
            proposed_measure { ja: "Cをする" } proposed_rule { ja: "Cをせよ" } })"));
  return *check;
}

v1::Diagnosis Answered(const std::string& answers) {
  v1::Diagnosis diagnosis;
  diagnosis.set_name("engagements/e/diagnoses/d");
  diagnosis.set_pack("urn:p@1");
  auto given = Parse<v1::Diagnosis>(answers);
  for (auto& answer : *given.mutable_answers()) answer.set_gap(IsGap(Check(), answer.answer()));
  SetAnswers(Check(), given.answers(), diagnosis);
  return diagnosis;
}

TEST(CheckTest, OnlyChoicesThatTheContentMarksAreGaps) {
  EXPECT_FALSE(IsGap(Check(), content::v1::ANSWER_FOLLOWED));
  EXPECT_TRUE(IsGap(Check(), content::v1::ANSWER_PARTLY));
  EXPECT_TRUE(IsGap(Check(), content::v1::ANSWER_UNKNOWN));
  EXPECT_FALSE(IsGap(Check(), content::v1::ANSWER_NOT_USED));
}

TEST(CheckTest, AnswerProblemsNameFieldAndWhatIsWanted) {
  const struct {
    const char* name;
    const char* answers;
    std::vector<std::string> fields;
  } kCases[] = {
      {"good",
       "answers {item: 'A' answer: ANSWER_PARTLY} answers {item: 'B' answer: ANSWER_NOT_USED}",
       {}},
      {"unknown item", "answers {item: 'X' answer: ANSWER_FOLLOWED}", {"answers[0].item"}},
      {"twice",
       "answers {item: 'A' answer: ANSWER_PARTLY} answers {item: 'A' answer: ANSWER_PARTLY}",
       {"answers[1].item"}},
      {"not allowed here", "answers {item: 'C' answer: ANSWER_NOT_USED}", {"answers[0].answer"}},
      {"all at once",
       "answers {item: 'X' answer: ANSWER_FOLLOWED} answers {item: 'B' answer: ANSWER_UNKNOWN}",
       {"answers[0].item", "answers[1].answer"}},
  };
  for (const auto& test : kCases) {
    std::vector<std::string> fields;
    for (const Violation& problem :
         AnswerProblems(Check(), Parse<v1::Diagnosis>(test.answers).answers())) {
      fields.push_back(problem.field);
      EXPECT_FALSE(problem.en.empty() || problem.ja.empty()) << test.name;
    }
    EXPECT_EQ(fields, test.fields) << test.name;
  }
  const auto problems = AnswerProblems(
      Check(), Parse<v1::Diagnosis>("answers {item: 'C' answer: ANSWER_NOT_USED}").answers());
  EXPECT_EQ(problems[0].en,
            "C does not allow ANSWER_NOT_USED; want one of ANSWER_FOLLOWED, ANSWER_UNKNOWN");
}

TEST(CheckTest, AnswersStandInOrderOfTheItemsAndAreCounted) {
  const v1::Diagnosis diagnosis = Answered(
      "answers {item: 'C' answer: ANSWER_UNKNOWN} answers {item: 'A' answer: ANSWER_PARTLY}");
  ASSERT_EQ(diagnosis.answers_size(), 2);
  EXPECT_EQ(diagnosis.answers(0).item(), "A");
  EXPECT_EQ(diagnosis.answers(1).item(), "C");
  EXPECT_THAT(diagnosis.missing_items(), ElementsAre("B"));
  EXPECT_EQ(diagnosis.item_count(), 3);
  EXPECT_EQ(diagnosis.answered_count(), 2);
  EXPECT_EQ(diagnosis.gap_count(), 2);
  const auto missing = MissingItems(Check(), diagnosis);
  ASSERT_EQ(missing.size(), 1u);
  EXPECT_EQ(missing[0].field, "B");
  EXPECT_EQ(missing[0].ja, "未回答: Bですか");
}

TEST(CheckTest, EveryGapGetsTheContentsMeasureAndRule) {
  const v1::Diagnosis diagnosis = Answered(R"(
    answers {item: 'A' answer: ANSWER_UNKNOWN}
    answers {item: 'B' answer: ANSWER_NOT_USED}
    answers {item: 'C' answer: ANSWER_UNKNOWN})");
  const auto measures = ProposedMeasures(Check(), diagnosis);
  ASSERT_EQ(measures.size(), 2u);
  EXPECT_EQ(measures[0].text(), "Aをする");
  EXPECT_EQ(measures[0].proposed_rule_text(), "Aをせよ");
  EXPECT_EQ(measures[0].rule_code(), "R1");
  EXPECT_EQ(measures[0].state(), v1::Measure::STATE_PROPOSED);
  EXPECT_EQ(measures[0].diagnosis(), "engagements/e/diagnoses/d");
  EXPECT_EQ(measures[0].pack(), "urn:p@1");
  EXPECT_EQ(measures[1].item(), "C");
  EXPECT_THAT(ProposedMeasures(Check(), Answered("answers {item: 'A' answer: ANSWER_FOLLOWED}")),
              IsEmpty());
}

}  // namespace
}  // namespace staraction::diagnosis::domain
