#include "services/training/domain/attempt_rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <string>

#include "common/status/errors.h"
#include "common/testing/status_matchers.h"
#include "services/training/domain/session_rules.h"

namespace staraction::training {
namespace {

using absl::StatusCode;
using test::IsOk;
using test::StatusIs;
using v1::Attempt;

Attempt Past(Attempt::Kind kind, bool passed) {
  Attempt attempt;
  attempt.set_kind(kind);
  attempt.set_passed(passed);
  attempt.set_state(Attempt::STATE_SUBMITTED);
  return attempt;
}

struct NextCase {
  std::string name;
  Attempt::Kind kind;
  std::vector<Attempt> earlier;
  int open_follow_ups;
  StatusCode want;
};

class NextTest : public testing::TestWithParam<NextCase> {};

TEST_P(NextTest, Allows) {
  const auto& c = GetParam();
  EXPECT_EQ(CheckNextAttempt(c.kind, c.earlier, c.open_follow_ups).code(), c.want);
}

const Attempt kBefore = Past(Attempt::KIND_BEFORE, false);
const Attempt kFailed = Past(Attempt::KIND_AFTER, false);
const Attempt kPassed = Past(Attempt::KIND_AFTER, true);
const Attempt kFailedRetest = Past(Attempt::KIND_RETEST, false);
const Attempt kPassedRetest = Past(Attempt::KIND_RETEST, true);
constexpr StatusCode kFine = StatusCode::kOk;
constexpr StatusCode kNo = StatusCode::kFailedPrecondition;

INSTANTIATE_TEST_SUITE_P(
    Kinds, NextTest,
    testing::Values(
        NextCase{"FirstBefore", Attempt::KIND_BEFORE, {}, 0, kFine},
        NextCase{"SecondBefore", Attempt::KIND_BEFORE, {kBefore}, 0, kNo},
        NextCase{"BeforeComesTooLate", Attempt::KIND_BEFORE, {kPassed}, 0, kNo},
        NextCase{"AfterAlone", Attempt::KIND_AFTER, {}, 0, kFine},
        NextCase{"AfterBefore", Attempt::KIND_AFTER, {kBefore}, 0, kFine},
        NextCase{"SecondAfter", Attempt::KIND_AFTER, {kBefore, kFailed}, 0, kNo},
        NextCase{"RetestOfNothing", Attempt::KIND_RETEST, {}, 0, kNo},
        NextCase{"RetestOfBefore", Attempt::KIND_RETEST, {kBefore}, 0, kNo},
        NextCase{"RetestOfPassed", Attempt::KIND_RETEST, {kPassed}, 0, kNo},
        NextCase{"RetestWithOpenFollowUps", Attempt::KIND_RETEST, {kFailed}, 2, kNo},
        NextCase{"Retest", Attempt::KIND_RETEST, {kBefore, kFailed}, 0, kFine},
        NextCase{"SecondRetest", Attempt::KIND_RETEST, {kFailed, kFailedRetest}, 0, kFine},
        NextCase{"RetestAfterPassedOne", Attempt::KIND_RETEST, {kFailed, kPassedRetest}, 0, kNo},
        NextCase{"NoKind", Attempt::KIND_UNSPECIFIED, {}, 0, StatusCode::kInvalidArgument}),
    [](const auto& each) { return each.param.name; });

// Five questions, two topics; the right answer is always 0, which JSON and masks like to lose.
Attempt Open() {
  Attempt attempt;
  attempt.set_name("engagements/e/attempts/a");
  attempt.set_kind(Attempt::KIND_AFTER);
  attempt.set_state(Attempt::STATE_OPEN);
  attempt.set_pass_percent(80);
  for (const char* code : {"A1", "A2", "A3", "B1", "B2"}) {
    auto* question = attempt.add_questions();
    question->set_code(code);
    question->set_topic(std::string(1, code[0]));
    question->add_choices("ア");
    question->add_choices("イ");
    question->set_correct_index(0);
    question->set_explanation("理由");
  }
  return attempt;
}

struct GradeCase {
  std::string name;
  // Chosen index of A1, A2, A3, B1, B2.
  std::vector<std::optional<int>> chosen;
  int correct;
  int score;
  bool passed;
  std::vector<std::string> missed;
};

class GradeTest : public testing::TestWithParam<GradeCase> {};

TEST_P(GradeTest, Counts) {
  Attempt attempt = Open();
  Answers answers;
  for (size_t i = 0; i < GetParam().chosen.size(); ++i) {
    if (!GetParam().chosen[i]) continue;
    auto* answer = answers.Add();
    answer->set_question(attempt.questions(static_cast<int>(i)).code());
    answer->set_choice_index(*GetParam().chosen[i]);
  }
  ASSERT_OK(Grade(answers, attempt));
  EXPECT_EQ(attempt.correct_count(), GetParam().correct);
  EXPECT_EQ(attempt.score_percent(), GetParam().score);
  EXPECT_EQ(attempt.passed(), GetParam().passed);
  EXPECT_THAT(attempt.missed_topics(), testing::ElementsAreArray(GetParam().missed));
  EXPECT_EQ(NeedsFollowUp(attempt), !GetParam().passed);
  EXPECT_EQ(attempt.state(), Attempt::STATE_SUBMITTED);
}

INSTANTIATE_TEST_SUITE_P(
    Answers, GradeTest,
    testing::Values(GradeCase{"AllRight", {0, 0, 0, 0, 0}, 5, 100, true, {}},
                    GradeCase{"AtTheLine", {0, 0, 1, 0, 0}, 4, 80, true, {"A"}},
                    GradeCase{"BelowTheLine", {0, 0, 1, 0, 1}, 3, 60, false, {"A", "B"}},
                    GradeCase{"LeftOutIsWrong", {0, {}, {}, 0, 0}, 3, 60, false, {"A"}},
                    GradeCase{"Nothing", {{}, {}, {}, {}, {}}, 0, 0, false, {"A", "B"}}),
    [](const auto& each) { return each.param.name; });

TEST(GradeLineTest, RoundedScoreDoesNotPass) {
  Attempt attempt = Open();
  attempt.set_pass_percent(67);
  while (attempt.questions_size() > 3) attempt.mutable_questions()->RemoveLast();
  Answers answers;  // two of three: 66.7 %
  for (const char* code : {"A1", "A2"}) {
    answers.Add()->set_question(code);
    answers.rbegin()->set_choice_index(0);
  }
  ASSERT_OK(Grade(answers, attempt));
  EXPECT_EQ(attempt.score_percent(), 66);
  EXPECT_FALSE(attempt.passed());
}

TEST(GradeLineTest, BeforeNeverNeedsFollowUp) {
  EXPECT_FALSE(NeedsFollowUp(kBefore));
}

TEST(GradeProblemsTest, TellsAllAndChangesNothing) {
  Attempt attempt = Open();
  const std::string before = attempt.SerializeAsString();
  Answers answers;
  const auto add = [&](const char* question, int choice) {
    answers.Add()->set_question(question);
    answers.rbegin()->set_choice_index(choice);
  };
  add("A1", 0);
  add("C9", 0);  // not asked
  add("A1", 1);  // twice
  add("B1", 2);  // no such choice
  const absl::Status status = Grade(answers, attempt);
  ASSERT_THAT(status, StatusIs(StatusCode::kInvalidArgument));
  const auto bad = GetDetail<google::rpc::BadRequest>(status);
  ASSERT_TRUE(bad.has_value());
  std::vector<std::string> fields;
  for (const auto& violation : bad->field_violations()) fields.push_back(violation.field());
  EXPECT_THAT(fields, testing::ElementsAre("answers[1].question", "answers[2].question",
                                           "answers[3].choice_index"));
  EXPECT_EQ(attempt.SerializeAsString(), before);
}

TEST(ShownTest, HidesRightAnswersUntilSubmitted) {
  const Attempt open = Shown(Open());
  for (const auto& question : open.questions()) {
    EXPECT_FALSE(question.has_correct_index()) << question.code();
    EXPECT_EQ(question.explanation(), "") << question.code();
  }
  EXPECT_THAT(open.allowed_actions(), testing::ElementsAre("submit"));

  Attempt graded = Open();
  ASSERT_OK(Grade({}, graded));
  const Attempt shown = Shown(graded);
  for (const auto& question : shown.questions()) {
    EXPECT_TRUE(question.has_correct_index()) << question.code();
    EXPECT_EQ(question.explanation(), "理由") << question.code();
  }
  EXPECT_THAT(shown.allowed_actions(), testing::IsEmpty());
}

struct TimesCase {
  std::string name;
  int64_t start, end;  // seconds
  bool fine;
};

class TimesTest : public testing::TestWithParam<TimesCase> {};

TEST_P(TimesTest, Checks) {
  v1::Session session;
  session.mutable_start_time()->set_seconds(GetParam().start);
  session.mutable_end_time()->set_seconds(GetParam().end);
  EXPECT_EQ(CheckTimes(session).ok(), GetParam().fine);
}

INSTANTIATE_TEST_SUITE_P(Sessions, TimesTest,
                         testing::Values(TimesCase{"OneHour", 1000, 4600, true},
                                         TimesCase{"WholeDay", 1000, 87400, true},
                                         TimesCase{"LongerThanADay", 1000, 87401, false},
                                         TimesCase{"NoTime", 1000, 1000, false},
                                         TimesCase{"Backwards", 4600, 1000, false}),
                         [](const auto& each) { return each.param.name; });

TEST(BegunTest, OnlyFromTheStart) {
  v1::Session session;
  session.mutable_start_time()->set_seconds(1000);
  EXPECT_THAT(CheckBegun(session, absl::FromUnixSeconds(999)),
              StatusIs(StatusCode::kFailedPrecondition));
  EXPECT_OK(CheckBegun(session, absl::FromUnixSeconds(1000)));
}

TEST(CoverTest, CountsThoseWhoCount) {
  std::vector<v1::Completion> all(5);
  for (auto& completion : all) completion.set_counted(true);
  all[0].set_complete(true);
  all[0].set_president(true);
  all[1].set_complete(true);
  all[2].set_counted(false);  // on leave, though complete
  all[2].set_complete(true);
  const auto coverage = Cover(all);
  EXPECT_EQ(coverage.counted_count(), 4);
  EXPECT_EQ(coverage.completed_count(), 2);
  EXPECT_DOUBLE_EQ(coverage.ratio(), 0.5);
  EXPECT_TRUE(coverage.president_complete());
  EXPECT_EQ(Cover({}).ratio(), 0);
}

TEST(CoverTest, WhoCounts) {
  const std::pair<engagement::v1::MemberStatus, bool> cases[] = {
      {engagement::v1::MEMBER_STATUS_UNSPECIFIED, true},
      {engagement::v1::MEMBER_STATUS_ACTIVE, true},
      {engagement::v1::MEMBER_STATUS_ON_LEAVE, false},
      {engagement::v1::MEMBER_STATUS_LEFT, false}};
  for (const auto& [status, counted] : cases) {
    engagement::v1::Member member;
    member.set_status(status);
    EXPECT_EQ(Counted(member), counted) << engagement::v1::MemberStatus_Name(status);
  }
}

}  // namespace
}  // namespace staraction::training
