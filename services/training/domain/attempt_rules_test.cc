#include "services/training/domain/attempt_rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <string>

#include "common/base/timestamp.h"
#include "common/status/errors.h"
#include "common/testing/status_matchers.h"

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
  Standing standing;
  standing.graded = c.earlier;
  standing.open_follow_ups = c.open_follow_ups;
  standing.max_retests = 2;
  EXPECT_EQ(CheckNextAttempt(c.kind, standing).code(), c.want);
}

constexpr absl::Time kNow = absl::FromUnixSeconds(1'000'000);
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
        NextCase{
            "LimitReached", Attempt::KIND_RETEST, {kFailed, kFailedRetest, kFailedRetest}, 0, kNo},
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
  const Attempt open = Shown(Open(), kNow);
  for (const auto& question : open.questions()) {
    EXPECT_FALSE(question.has_correct_index()) << question.code();
    EXPECT_EQ(question.explanation(), "") << question.code();
  }
  EXPECT_THAT(open.allowed_actions(), testing::ElementsAre("submit"));

  Attempt graded = Open();
  ASSERT_OK(Grade({}, graded));
  const Attempt shown = Shown(graded, kNow);
  for (const auto& question : shown.questions()) {
    EXPECT_TRUE(question.has_correct_index()) << question.code();
    EXPECT_EQ(question.explanation(), "理由") << question.code();
  }
  EXPECT_THAT(shown.allowed_actions(), testing::IsEmpty());
}

TEST(LimitTest, AttendingAgainAllowsMoreRetests) {
  Standing standing;
  standing.graded = {kFailed, kFailedRetest, kFailedRetest};
  standing.graded[1].mutable_effective_time()->set_seconds(100);
  standing.graded[2].mutable_effective_time()->set_seconds(300);
  standing.max_retests = 2;
  EXPECT_EQ(RetestsInARow(standing), 2);
  standing.last_attended = absl::FromUnixSeconds(200);
  EXPECT_EQ(RetestsInARow(standing), 1);
  EXPECT_OK(CheckNextAttempt(Attempt::KIND_RETEST, standing));
  standing.max_retests = 0;
  standing.last_attended.reset();
  EXPECT_OK(CheckNextAttempt(Attempt::KIND_RETEST, standing)) << "no limit";
}

TEST(AbandonTest, OnlyOpenAndExpired) {
  Attempt attempt = Open();
  EXPECT_THAT(CheckAbandon(attempt, kNow), StatusIs(kNo)) << "never expires";
  *attempt.mutable_expire_time() = ToTimestamp(kNow);
  EXPECT_OK(CheckAbandon(attempt, kNow));
  EXPECT_THAT(CheckAbandon(attempt, kNow - absl::Seconds(1)), StatusIs(kNo));
  EXPECT_THAT(Shown(attempt, kNow).allowed_actions(), testing::ElementsAre("submit", "abandon"));
  attempt.set_state(Attempt::STATE_SUBMITTED);
  EXPECT_THAT(CheckAbandon(attempt, kNow), StatusIs(kNo));
}

struct CorrectCase {
  std::string name;
  Attempt::Kind kind;
  common::v1::Channel channel;
  Attempt::State state;
  bool last;  // whether it is the member's last graded one
  StatusCode want;
};

class CorrectTest : public testing::TestWithParam<CorrectCase> {};

TEST_P(CorrectTest, Allows) {
  Attempt attempt = Past(GetParam().kind, false);
  attempt.set_name("engagements/e/attempts/a");
  attempt.set_channel(GetParam().channel);
  attempt.set_state(GetParam().state);
  std::vector<Attempt> graded = {attempt};
  if (!GetParam().last) graded.push_back(kFailedRetest);
  EXPECT_EQ(CheckCorrect(attempt, graded).code(), GetParam().want);
}

INSTANTIATE_TEST_SUITE_P(
    Attempts, CorrectTest,
    testing::Values(CorrectCase{"Paper", Attempt::KIND_AFTER, common::v1::CHANNEL_PAPER,
                                Attempt::STATE_SUBMITTED, true, kFine},
                    CorrectCase{"Telephone", Attempt::KIND_AFTER, common::v1::CHANNEL_TELEPHONE,
                                Attempt::STATE_SUBMITTED, true, kFine},
                    CorrectCase{"InPerson", Attempt::KIND_AFTER, common::v1::CHANNEL_LINK,
                                Attempt::STATE_SUBMITTED, true, kNo},
                    CorrectCase{"Open", Attempt::KIND_AFTER, common::v1::CHANNEL_PAPER,
                                Attempt::STATE_OPEN, true, kNo},
                    CorrectCase{"CorrectedBefore", Attempt::KIND_AFTER, common::v1::CHANNEL_PAPER,
                                Attempt::STATE_CORRECTED, true, kNo},
                    CorrectCase{"RetestFollowed", Attempt::KIND_AFTER, common::v1::CHANNEL_PAPER,
                                Attempt::STATE_SUBMITTED, false, kNo},
                    CorrectCase{"BeforeDecidesNothing", Attempt::KIND_BEFORE,
                                common::v1::CHANNEL_PAPER, Attempt::STATE_SUBMITTED, false, kFine}),
    [](const auto& each) { return each.param.name; });

}  // namespace
}  // namespace staraction::training
