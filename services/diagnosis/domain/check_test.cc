#include "services/diagnosis/domain/check.h"

#include "services/diagnosis/domain/testing.h"

namespace staraction::diagnosis::domain {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

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
      {"site by site",
       "answers {item: 'A' answer: ANSWER_PARTLY site: 'clients/c/sites/1'}"
       "answers {item: 'A' answer: ANSWER_PARTLY site: 'clients/c/sites/2'}"
       "answers {item: 'A' answer: ANSWER_PARTLY}",
       {}},
      {"seen on the screen",
       "answers {item: 'A' answer: ANSWER_PARTLY confidence: CONFIDENCE_SEEN "
       "method: CHECK_METHOD_SCREEN}",
       {}},
      {"unknown item", "answers {item: 'X' answer: ANSWER_FOLLOWED}", {"answers[0].item"}},
      {"twice",
       "answers {item: 'A' answer: ANSWER_PARTLY} answers {item: 'A' answer: ANSWER_PARTLY}",
       {"answers[1].item"}},
      {"not allowed here", "answers {item: 'C' answer: ANSWER_NOT_USED}", {"answers[0].answer"}},
      {"differs by no site",
       "answers {item: 'C' answer: ANSWER_UNKNOWN site: 'clients/c/sites/1'}",
       {"answers[0].site"}},
      {"somebody else's site",
       "answers {item: 'A' answer: ANSWER_PARTLY site: 'clients/x/sites/1'}",
       {"answers[0].site"}},
      {"seen without a way",
       "answers {item: 'A' answer: ANSWER_PARTLY confidence: CONFIDENCE_VERIFIED}",
       {"answers[0].method"}},
      {"claimed with a way",
       "answers {item: 'A' answer: ANSWER_PARTLY method: CHECK_METHOD_SCREEN}",
       {"answers[0].confidence"}},
      {"all at once",
       "answers {item: 'X' answer: ANSWER_FOLLOWED} answers {item: 'B' answer: ANSWER_UNKNOWN}",
       {"answers[0].item", "answers[1].answer"}},
  };
  for (const auto& test : kCases) {
    const auto answers = Parse<v1::Diagnosis>(test.answers).answers();
    EXPECT_EQ(FieldsOf(AnswerProblems(Check(), "clients/c", answers)), test.fields) << test.name;
  }
  const auto problems =
      AnswerProblems(Check(), "clients/c",
                     Parse<v1::Diagnosis>("answers {item: 'C' answer: ANSWER_NOT_USED}").answers());
  EXPECT_EQ(problems[0].en,
            "C does not allow ANSWER_NOT_USED; want one of ANSWER_FOLLOWED, ANSWER_UNKNOWN");
}

TEST(CheckTest, AnswersStandInOrderOfTheItemsAndAreCounted) {
  const v1::Diagnosis diagnosis = Answered(
      "answers {item: 'C' answer: ANSWER_UNKNOWN confidence: CONFIDENCE_SEEN} "
      "answers {item: 'A' answer: ANSWER_PARTLY}");
  ASSERT_EQ(diagnosis.answers_size(), 2);
  EXPECT_EQ(diagnosis.answers(0).item(), "A");
  EXPECT_EQ(diagnosis.answers(1).item(), "C");
  EXPECT_THAT(diagnosis.missing_items(), ElementsAre("B"));
  EXPECT_EQ(diagnosis.item_count(), 3);
  EXPECT_EQ(diagnosis.answered_count(), 2);
  EXPECT_EQ(diagnosis.gap_count(), 2);
  EXPECT_EQ(diagnosis.unknown_count(), 1);
  EXPECT_EQ(diagnosis.seen_count(), 1);
  EXPECT_EQ(diagnosis.not_used_count(), 0);
  EXPECT_EQ(Answered("answers {item: 'B' answer: ANSWER_NOT_USED}").not_used_count(), 1);
  const auto missing = MissingItems(Check(), diagnosis);
  ASSERT_EQ(missing.size(), 1u);
  EXPECT_EQ(missing[0].field, "B");
  EXPECT_EQ(missing[0].ja, "未回答: Bですか");
}

TEST(CheckTest, TheCompanysAnswerIsTheWorstOfItsSitesUnlessSaidLater) {
  const struct {
    const char* name;
    const char* answers;
    content::v1::Answer company;
    const char* site;
  } kCases[] = {
      {"worst",
       "answers {item: 'A' answer: ANSWER_PARTLY site: 's1' revision: 2}"
       "answers {item: 'A' answer: ANSWER_NOT_FOLLOWED site: 's2' revision: 3}",
       content::v1::ANSWER_NOT_FOLLOWED, "s2"},
      {"unknown is worse than partly",
       "answers {item: 'A' answer: ANSWER_UNKNOWN site: 's1' revision: 2}"
       "answers {item: 'A' answer: ANSWER_PARTLY site: 's2' revision: 3}",
       content::v1::ANSWER_UNKNOWN, "s1"},
      {"decided for all",
       "answers {item: 'A' answer: ANSWER_FOLLOWED revision: 4}"
       "answers {item: 'A' answer: ANSWER_NOT_FOLLOWED site: 's1' revision: 3}",
       content::v1::ANSWER_FOLLOWED, ""},
      {"a site says something later",
       "answers {item: 'A' answer: ANSWER_NOT_FOLLOWED revision: 2}"
       "answers {item: 'A' answer: ANSWER_FOLLOWED site: 's1' revision: 3}",
       content::v1::ANSWER_FOLLOWED, "s1"},
      {"both in one call",
       "answers {item: 'A' answer: ANSWER_PARTLY revision: 3}"
       "answers {item: 'A' answer: ANSWER_NOT_FOLLOWED site: 's1' revision: 3}",
       content::v1::ANSWER_PARTLY, ""},
  };
  for (const auto& test : kCases) {
    const v1::Diagnosis diagnosis = Answered(test.answers);
    ASSERT_EQ(diagnosis.answers_size(), 1) << test.name;
    EXPECT_EQ(diagnosis.answers(0).answer(), test.company) << test.name;
    EXPECT_EQ(diagnosis.answers(0).site(), test.site) << test.name;
    EXPECT_GE(diagnosis.site_answers_size(), 1) << test.name;
  }
}

TEST(CheckTest, ADecisionAgainstTheSitesNeedsAReason) {
  const auto present = Parse<v1::Diagnosis>(
                           "answers {item: 'A' answer: ANSWER_NOT_FOLLOWED site: 's1' "
                           "site_display_name: '工場'} answers {item: 'A' answer: ANSWER_FOLLOWED}")
                           .answers();
  const auto given = [](const std::string& more) {
    return Parse<v1::Diagnosis>("answers {item: 'A' " + more + "}").answers();
  };
  const auto problems = DecisionProblems(Check(), present, given("answer: ANSWER_FOLLOWED"));
  EXPECT_THAT(FieldsOf(problems), ElementsAre("answers[0].decision_reason"));
  EXPECT_THAT(problems[0].ja, HasSubstr("工場"));
  for (const char* good : {"answer: ANSWER_FOLLOWED decision_reason: '来月閉鎖'",
                           "answer: ANSWER_NOT_FOLLOWED", "answer: ANSWER_FOLLOWED site: 's1'"}) {
    EXPECT_THAT(DecisionProblems(Check(), present, given(good)), IsEmpty()) << good;
  }
  EXPECT_THAT(
      DecisionProblems(Check(), given("answer: ANSWER_FOLLOWED"), given("answer: ANSWER_FOLLOWED")),
      IsEmpty())
      << "no site said anything";
}

TEST(CheckTest, CarriedAnswersWaitToBeConfirmed) {
  const v1::Diagnosis base = Answered(R"(
    answers {item: 'A' answer: ANSWER_PARTLY revision: 2 note: '古い'}
    answers {item: 'A' answer: ANSWER_FOLLOWED site: 's1' revision: 3 confidence: CONFIDENCE_SEEN}
    answers {item: 'A' answer: ANSWER_UNKNOWN site: 's2' revision: 3}
    answers {item: 'B' answer: ANSWER_NOT_USED revision: 2}
    answers {item: 'C' answer: ANSWER_FOLLOWED revision: 2})");
  auto questions = Check();
  questions.mutable_items(2)->clear_answers();
  questions.mutable_items(2)->add_answers(content::v1::ANSWER_UNKNOWN);
  Answers carried = CarriedAnswers(questions, base);
  ASSERT_EQ(carried.size(), 3) << "not C, which no longer allows the answer, nor A of the company";
  EXPECT_EQ(carried[0].site(), "s1");
  EXPECT_EQ(carried[0].confidence(), v1::CONFIDENCE_CLAIMED) << "to be seen again";
  EXPECT_EQ(carried[2].item(), "B");
  for (auto& answer : carried) answer.set_revision(1);

  v1::Diagnosis diagnosis;
  SetAnswers(questions, carried, diagnosis);
  EXPECT_THAT(diagnosis.missing_items(), ElementsAre("A", "B", "C"));
  EXPECT_EQ(diagnosis.answers_size(), 2);
  EXPECT_EQ(diagnosis.answered_count(), 0);
  EXPECT_EQ(diagnosis.gap_count(), 0);
  EXPECT_EQ(MissingItems(questions, diagnosis)[1].en, "last time's answer is not confirmed yet");

  carried[1].set_carried(false);  // s2 has answered, s1 has not
  SetAnswers(questions, carried, diagnosis);
  EXPECT_THAT(diagnosis.missing_items(), ElementsAre("A", "B", "C"));
  carried[0].set_carried(false);
  SetAnswers(questions, carried, diagnosis);
  EXPECT_THAT(diagnosis.missing_items(), ElementsAre("B", "C"));
  EXPECT_EQ(diagnosis.unknown_count(), 1);
}

TEST(CheckTest, MarksSayWhatIsNewAndWhatHasChanged) {
  auto old_questions = Check();
  old_questions.mutable_items(0)->mutable_question()->set_ja("前はAでしたか");
  old_questions.mutable_items()->RemoveLast();
  const v1::Diagnosis base = Answered(
      "answers {item: 'A' answer: ANSWER_PARTLY} answers {item: 'B' answer: ANSWER_FOLLOWED}",
      old_questions);
  const v1::Diagnosis now = Answered(
      "answers {item: 'A' answer: ANSWER_FOLLOWED} "
      "answers {item: 'B' answer: ANSWER_FOLLOWED carried: true}");
  const auto marks = MarksOf(Check(), now, old_questions, base);
  ASSERT_EQ(marks.size(), 3);
  EXPECT_EQ(marks[0].kind(), v1::ItemMark::KIND_REWORDED);
  EXPECT_TRUE(marks[0].changed() && marks[0].confirmed() && marks[0].previous_gap());
  EXPECT_EQ(marks[1].kind(), v1::ItemMark::KIND_SAME);
  EXPECT_FALSE(marks[1].changed() || marks[1].confirmed());
  EXPECT_EQ(marks[1].previous(), content::v1::ANSWER_FOLLOWED);
  EXPECT_EQ(marks[2].kind(), v1::ItemMark::KIND_NEW);
}

}  // namespace
}  // namespace staraction::diagnosis::domain
