#include <set>

#include "common/pg/field_value.h"
#include "common/resource/etag.h"
#include "services/training/test_attempts.h"

namespace staraction::training {
namespace {

using absl::StatusCode;
using test::CallAs;
using test::StatusIs;
using testing::ElementsAre;
using testing::IsEmpty;
using v1::Attempt;

const std::string kA = absl::StrCat("engagements/", kEngagementA);

// "code subject text" of all.
std::set<std::string> Told(const fact::v1::FactSheet& sheet) {
  std::set<std::string> told;
  for (const auto& fact : sheet.facts()) {
    told.insert(absl::StrCat(fact.code(), " ", fact.subject(), " ", fact.text()));
  }
  return told;
}

TEST_F(AttemptTest, AnExpiredAttemptCanBeAbandoned) {
  ASSERT_OK_AND_ASSIGN(const Attempt open, Create(Participant(2), New(2, Attempt::KIND_BEFORE)));
  v1::AbandonAttemptRequest abandon;
  abandon.set_name(open.name());
  const auto call = [&](const std::string& token) {
    return CallAs(token, *attempts_, &Attempts::AbandonAttempt, abandon);
  };
  EXPECT_THAT(call(Participant(2)), StatusIs(StatusCode::kFailedPrecondition)) << "too early";
  Pass(absl::Hours(24 * 14));
  ASSERT_OK_AND_ASSIGN(const Attempt expired, Get(Participant(2), open.name()));
  EXPECT_THAT(expired.allowed_actions(), ElementsAre("submit", "abandon"));
  EXPECT_THAT(call(Participant(3)), StatusIs(StatusCode::kPermissionDenied));
  EXPECT_THAT(call(president_), StatusIs(StatusCode::kPermissionDenied));
  abandon.set_request_id("33333333-3333-4333-8333-333333333333");
  ASSERT_OK_AND_ASSIGN(const Attempt abandoned, call(Participant(2)));
  EXPECT_EQ(abandoned.state(), Attempt::STATE_ABANDONED);
  ExpectNoAnswers(abandoned);
  ASSERT_OK_AND_ASSIGN(const Attempt again, call(Participant(2)));
  EXPECT_EQ(again.DebugString(), abandoned.DebugString());
  EXPECT_THAT(Submit(Participant(2), Answers(open)), StatusIs(StatusCode::kFailedPrecondition));
  // Another one of the kind asks what was not seen yet.
  ASSERT_OK_AND_ASSIGN(const Attempt other, Create(Participant(2), New(2, Attempt::KIND_BEFORE)));
  std::set<std::string> seen;
  for (const auto& question : open.questions()) seen.insert(question.code());
  for (const auto& question : other.questions()) EXPECT_EQ(seen.count(question.code()), 0u);
}

TEST_F(AttemptTest, AfterThreeRetestsASessionComesFirst) {
  ASSERT_OK_AND_ASSIGN(Attempt attempt, Create(Participant(2), New(2, Attempt::KIND_AFTER)));
  const std::set<std::string> wrong = {"UPDATE", "MALWARE", "BACKUP"};
  for (int retest = 0; retest < 4; ++retest) {
    ASSERT_OK(Submit(Participant(2), Answers(attempt, wrong)));
    ASSERT_OK_AND_ASSIGN(const auto page, FollowUps(Participant(2)));
    for (const auto& follow_up : page.follow_ups()) {
      if (follow_up.state() != v1::FollowUp::STATE_OPEN) continue;
      v1::CompleteFollowUpRequest complete;
      complete.set_name(follow_up.name());
      ASSERT_OK(Complete(Participant(2), complete));
    }
    const auto next = Create(Participant(2), New(2, Attempt::KIND_RETEST));
    if (retest == 3) {
      ASSERT_THAT(next, StatusIs(StatusCode::kFailedPrecondition));
      break;
    }
    ASSERT_OK(next);
    attempt = *next;
  }
  ASSERT_OK_AND_ASSIGN(const auto page, Completions(consultant_));
  EXPECT_EQ(page.completions(1).next_step(), "session");
  Pass(absl::Hours(3));
  Attend({2});
  ASSERT_OK_AND_ASSIGN(attempt, Create(Participant(2), New(2, Attempt::KIND_RETEST)));
  EXPECT_OK(Submit(Participant(2), Answers(attempt)));
}

TEST_F(AttemptTest, CompletionNeedsAttendanceAndAPassedTest) {
  const auto pass = [this](int member) {
    ASSERT_OK_AND_ASSIGN(const Attempt open,
                         Create(Participant(member), New(member, Attempt::KIND_AFTER)));
    ASSERT_OK(Submit(Participant(member), Answers(open)));
  };
  pass(1);
  pass(2);
  ASSERT_OK_AND_ASSIGN(const auto none, Facts(kClientA));
  EXPECT_EQ(Told(none),
            (std::set<std::string>{"training.test_after  ", "training.due  test_before",
                                   "training.due " + MemberName(kClientA, 1) + " session",
                                   "training.due " + MemberName(kClientA, 2) + " session"}));
  Attend({1, 2, 3, 4});
  pass(4);  // on leave
  ASSERT_OK_AND_ASSIGN(const auto page, Completions(president_));
  ASSERT_EQ(page.completions_size(), 4);
  EXPECT_EQ(page.coverage().counted_count(), 3);
  EXPECT_EQ(page.coverage().completed_count(), 2);
  EXPECT_DOUBLE_EQ(page.coverage().ratio(), 2.0 / 3);
  EXPECT_TRUE(page.coverage().president_complete());
  EXPECT_EQ(page.coverage().roster_date().year(), 2026);
  const auto& second = page.completions(1);
  EXPECT_EQ(second.member(), MemberName(kClientA, 2));
  EXPECT_EQ(second.name(), kA + "/completions/0190a000-0000-7000-8000-000000000002");
  EXPECT_TRUE(second.attended() && second.passed() && second.complete() && second.counted());
  const auto& third = page.completions(2);
  EXPECT_TRUE(third.attended() && !third.passed() && !third.complete());
  EXPECT_EQ(third.next_step(), "test_after");
  EXPECT_EQ(second.next_step(), "");
  EXPECT_EQ(page.completions(3).not_counted_reason(), "休職中");
  EXPECT_FALSE(page.completions(3).counted());
  EXPECT_THAT(Completions(Participant(1)), StatusIs(StatusCode::kPermissionDenied));
  EXPECT_THAT(Completions(colleague_), StatusIs(StatusCode::kPermissionDenied));

  ASSERT_OK_AND_ASSIGN(const auto sheet, Facts(kClientA));
  EXPECT_GT(sheet.version(), none.version());
  EXPECT_EQ(Told(sheet),
            (std::set<std::string>{"training.test_after  ", "training.due  test_before",
                                   "training.completed " + MemberName(kClientA, 1) + " ",
                                   "training.completed " + MemberName(kClientA, 2) + " ",
                                   "training.completed " + MemberName(kClientA, 4) + " ",
                                   "training.due " + MemberName(kClientA, 3) + " test_after"}));
  for (const auto& fact : sheet.facts()) {
    EXPECT_EQ(fact.engagement(), kA);
    EXPECT_GT(fact.effective_time().seconds(), 0);
    // All passed with every answer right.
    EXPECT_EQ(fact.ratio(), fact.code() == "training.test_after" ? 1 : 0);
  }
  ASSERT_OK_AND_ASSIGN(const auto of_b, Facts(kClientB));
  EXPECT_THAT(of_b.facts(), IsEmpty());

  // A correction of the attendance list takes it back.
  Attend({1}, true);
  ASSERT_OK_AND_ASSIGN(const auto corrected, Completions(consultant_));
  EXPECT_FALSE(corrected.coverage().president_complete());
  EXPECT_EQ(corrected.coverage().completed_count(), 1);
}

TEST_F(AttemptTest, CompletionsGoPageByPage) {
  v1::ListCompletionsRequest request;
  request.set_parent(kA);
  request.set_page_size(3);
  ASSERT_OK_AND_ASSIGN(const auto first,
                       CallAs(president_, *attempts_, &Attempts::ListCompletions, request));
  EXPECT_EQ(first.completions_size(), 3);
  EXPECT_EQ(first.coverage().counted_count(), 3);
  request.set_page_token(first.next_page_token());
  ASSERT_OK_AND_ASSIGN(const auto second,
                       CallAs(president_, *attempts_, &Attempts::ListCompletions, request));
  ASSERT_EQ(second.completions_size(), 1);
  EXPECT_EQ(second.completions(0).member(), MemberName(kClientA, 4));
  EXPECT_EQ(second.next_page_token(), "");
}

}  // namespace
}  // namespace staraction::training
