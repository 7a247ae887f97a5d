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

TEST_F(AttemptTest, TheRecordSaysWhetherASecondFactorWasShown) {
  for (const bool factor : {false, true}) {
    const int member = factor ? 3 : 2;
    const std::string token = factor ? ParticipantWithFactor(member) : Participant(member);
    ASSERT_OK_AND_ASSIGN(const Attempt open, Create(token, New(member, Attempt::KIND_BEFORE)));
    ASSERT_OK_AND_ASSIGN(const Attempt done, Submit(token, Answers(open)));
    EXPECT_EQ(done.second_factor(), factor);
    EXPECT_EQ(done.channel(), factor ? common::v1::CHANNEL_TABLET : common::v1::CHANNEL_LINK);
  }
}

TEST_F(AttemptTest, ParticipantTakesTheTestByLink) {
  ASSERT_OK_AND_ASSIGN(const Attempt open, Create(Participant(2), New(2, Attempt::KIND_BEFORE)));
  EXPECT_EQ(open.questions_size(), 14);
  EXPECT_EQ(open.seed(), 1);
  EXPECT_EQ(open.channel(), common::v1::CHANNEL_LINK);
  EXPECT_EQ(open.state(), Attempt::STATE_OPEN);
  EXPECT_THAT(open.allowed_actions(), ElementsAre("submit"));
  ExpectNoAnswers(open);
  ASSERT_OK_AND_ASSIGN(const Attempt read, Get(Participant(2), open.name()));
  EXPECT_EQ(read.DebugString(), open.DebugString());
  ASSERT_OK_AND_ASSIGN(const Attempt by_consultant, Get(consultant_, open.name()));
  ExpectNoAnswers(by_consultant);

  ASSERT_OK_AND_ASSIGN(const Attempt done,
                       Submit(Participant(2), Answers(open, {"UPDATE", "BACKUP", "SHARING"})));
  EXPECT_EQ(done.correct_count(), 11);
  EXPECT_EQ(done.score_percent(), 78);
  EXPECT_FALSE(done.passed());
  EXPECT_THAT(done.missed_topics(), ElementsAre("UPDATE", "SHARING", "BACKUP"));
  EXPECT_EQ(done.recorded_by(), MemberName(kClientA, 2));
  EXPECT_EQ(pg::FromTimestamp(done.effective_time()), now_);
  EXPECT_EQ(pg::FromTimestamp(done.submit_time()), now_);
  for (const auto& question : done.questions()) {
    EXPECT_EQ(question.correct_index(), right_[question.code()]) << question.code();
    EXPECT_TRUE(question.has_chosen_index()) << question.code();
    EXPECT_NE(question.explanation(), "") << question.code();
  }
  EXPECT_THAT(Submit(Participant(2), Answers(open)), StatusIs(StatusCode::kFailedPrecondition));
  // A test before the training obliges to nothing.
  ASSERT_OK_AND_ASSIGN(const auto follow_ups, FollowUps(consultant_));
  EXPECT_THAT(follow_ups.follow_ups(), IsEmpty());
}

// Every reply that names a question before it is graded, by its bytes: a field that is added later
// cannot slip through.
TEST_F(AttemptTest, NoReplyTellsARightAnswerBeforeGrading) {
  std::vector<std::string> replies;
  ASSERT_OK_AND_ASSIGN(const Attempt open, Create(Participant(2), New(2, Attempt::KIND_AFTER)));
  replies.push_back(open.SerializeAsString());
  for (const std::string& token : {Participant(2), consultant_}) {
    ASSERT_OK_AND_ASSIGN(const Attempt read, Get(token, open.name()));
    v1::ListAttemptsRequest list;
    list.set_parent(kA);
    ASSERT_OK_AND_ASSIGN(const auto page, CallAs(token, *attempts_, &Attempts::ListAttempts, list));
    replies.push_back(read.SerializeAsString());
    replies.push_back(page.SerializeAsString());
  }
  v1::GetCourseRequest get;
  get.set_name(kCourse);
  ASSERT_OK_AND_ASSIGN(const auto course,
                       CallAs(Participant(2), *courses_, &Courses::GetCourse, get));
  v1::CreatePaperTestRequest print;
  print.set_parent(kA);
  print.mutable_paper_test()->set_course(kCourse);
  print.mutable_paper_test()->set_kind(Attempt::KIND_AFTER);
  ASSERT_OK_AND_ASSIGN(const auto paper,
                       CallAs(consultant_, *papers_, &Papers::CreatePaperTest, print));
  v1::GetTrainingReportRequest report;
  report.set_name(kA + "/trainingReport");
  ASSERT_OK_AND_ASSIGN(const auto figures,
                       CallAs(consultant_, *reports_, &Reports::GetTrainingReport, report));
  for (const google::protobuf::Message* each :
       std::vector<const google::protobuf::Message*>{&course, &paper, &figures}) {
    replies.push_back(each->SerializeAsString());
  }
  for (const std::string& reply : replies) {
    for (const std::string& explanation : explanations_) {
      EXPECT_EQ(reply.find(explanation), std::string::npos) << explanation;
    }
  }
  ExpectNoAnswers(open);
  for (const auto& variant : paper.variants()) {
    for (const auto& question : variant.questions()) EXPECT_FALSE(question.has_correct_index());
  }
}

TEST_F(AttemptTest, NobodyActsForSomebodyElse) {
  ASSERT_OK_AND_ASSIGN(const Attempt open, Create(Participant(2), New(2, Attempt::KIND_AFTER)));
  EXPECT_THAT(Create(Participant(3), New(2, Attempt::KIND_AFTER)),
              StatusIs(StatusCode::kPermissionDenied));
  EXPECT_THAT(Get(Participant(3), open.name()), StatusIs(StatusCode::kPermissionDenied));
  EXPECT_THAT(Get(Participant(3), kA + "/attempts/0190a000-0000-7000-8000-000000000999"),
              StatusIs(StatusCode::kPermissionDenied));
  EXPECT_THAT(Get(consultant_, kA + "/attempts/0190a000-0000-7000-8000-000000000999"),
              StatusIs(StatusCode::kNotFound));
  EXPECT_THAT(Submit(Participant(3), Answers(open)), StatusIs(StatusCode::kPermissionDenied));
  for (const std::string& token : {president_, colleague_, stranger_}) {
    EXPECT_THAT(Get(token, open.name()), StatusIs(StatusCode::kPermissionDenied));
    EXPECT_THAT(Submit(token, Answers(open)), StatusIs(StatusCode::kPermissionDenied));
  }
  v1::ListAttemptsRequest list;
  list.set_parent(kA);
  ASSERT_OK_AND_ASSIGN(const auto own,
                       CallAs(Participant(2), *attempts_, &Attempts::ListAttempts, list));
  ASSERT_EQ(own.attempts_size(), 1);
  ExpectNoAnswers(own.attempts(0));
  ASSERT_OK_AND_ASSIGN(const auto others,
                       CallAs(Participant(3), *attempts_, &Attempts::ListAttempts, list));
  EXPECT_THAT(others.attempts(), IsEmpty());
  ASSERT_OK_AND_ASSIGN(const auto all,
                       CallAs(consultant_, *attempts_, &Attempts::ListAttempts, list));
  EXPECT_EQ(all.attempts_size(), 1);
  list.set_member(MemberName(kClientA, 2));
  EXPECT_THAT(CallAs(Participant(3), *attempts_, &Attempts::ListAttempts, list),
              StatusIs(StatusCode::kPermissionDenied));
}

TEST_F(AttemptTest, OneOpenAttemptAtATime) {
  ASSERT_OK_AND_ASSIGN(const Attempt open, Create(Participant(2), New(2, Attempt::KIND_BEFORE)));
  const auto second = Create(Participant(2), New(2, Attempt::KIND_AFTER));
  ASSERT_THAT(second, StatusIs(StatusCode::kAlreadyExists));
  EXPECT_NE(second.status().ToString().find(open.name()), std::string::npos) << second.status();
  EXPECT_OK(Create(Participant(3), New(3, Attempt::KIND_BEFORE)));
}

TEST_F(AttemptTest, RepeatedRequestsDrawOnce) {
  auto request = New(2, Attempt::KIND_BEFORE);
  request.set_request_id("11111111-1111-4111-8111-111111111111");
  ASSERT_OK_AND_ASSIGN(const Attempt first, Create(Participant(2), request));
  ASSERT_OK_AND_ASSIGN(const Attempt again, Create(Participant(2), request));
  EXPECT_EQ(first.DebugString(), again.DebugString());
  request.mutable_attempt()->set_kind(Attempt::KIND_AFTER);
  EXPECT_THAT(Create(Participant(2), request), StatusIs(StatusCode::kInvalidArgument));
  auto submit = Answers(first);
  submit.set_request_id("22222222-2222-4222-8222-222222222222");
  ASSERT_OK_AND_ASSIGN(const Attempt done, Submit(Participant(2), submit));
  ASSERT_OK_AND_ASSIGN(const Attempt done_again, Submit(Participant(2), submit));
  EXPECT_EQ(done.DebugString(), done_again.DebugString());
}

TEST_F(AttemptTest, ConsultantEntersATestOnPaper) {
  auto request = New(3, Attempt::KIND_AFTER);
  EXPECT_THAT(Create(consultant_, request), StatusIs(StatusCode::kInvalidArgument)) << "no channel";
  request.mutable_attempt()->set_channel(common::v1::CHANNEL_LINK);
  EXPECT_THAT(Create(consultant_, request), StatusIs(StatusCode::kInvalidArgument));
  request.mutable_attempt()->set_channel(common::v1::CHANNEL_PAPER);
  ASSERT_OK_AND_ASSIGN(const Attempt open, Create(consultant_, request));
  const absl::Time taken = now_ + absl::Minutes(20);
  Pass(absl::Hours(5));
  auto answers = Answers(open);
  *answers.mutable_effective_time() = pg::ToTimestamp(now_ + absl::Hours(1));
  EXPECT_THAT(Submit(consultant_, answers), StatusIs(StatusCode::kInvalidArgument)) << "future";
  *answers.mutable_effective_time() = pg::ToTimestamp(taken - absl::Hours(1));
  EXPECT_THAT(Submit(consultant_, answers), StatusIs(StatusCode::kInvalidArgument)) << "too early";
  *answers.mutable_effective_time() = pg::ToTimestamp(taken);
  answers.set_etag(Etag(99));
  EXPECT_THAT(Submit(consultant_, answers), StatusIs(StatusCode::kAborted));
  answers.set_etag(open.etag());
  ASSERT_OK_AND_ASSIGN(const Attempt done, Submit(consultant_, answers));
  EXPECT_TRUE(done.passed());
  EXPECT_EQ(done.channel(), common::v1::CHANNEL_PAPER);
  EXPECT_EQ(done.recorded_by().substr(0, 6), "users/");
  EXPECT_EQ(pg::FromTimestamp(done.effective_time()), taken);
}

TEST_F(AttemptTest, RefusesBadRequests) {
  auto request = New(9, Attempt::KIND_AFTER);
  request.mutable_attempt()->set_channel(common::v1::CHANNEL_PAPER);
  EXPECT_THAT(Create(consultant_, request), StatusIs(StatusCode::kInvalidArgument)) << "unknown";
  request.mutable_attempt()->set_member(MemberName(kClientB, 1));
  EXPECT_THAT(Create(consultant_, request), StatusIs(StatusCode::kInvalidArgument)) << "foreign";
  auto link = New(2, Attempt::KIND_AFTER);
  link.mutable_attempt()->set_course("courses/none");
  EXPECT_THAT(Create(Participant(2), link), StatusIs(StatusCode::kInvalidArgument));
  link = New(2, Attempt::KIND_AFTER);
  link.mutable_attempt()->set_channel(common::v1::CHANNEL_PAPER);
  EXPECT_THAT(Create(Participant(2), link), StatusIs(StatusCode::kInvalidArgument));
  link = New(2, Attempt::KIND_RETEST);
  EXPECT_THAT(Create(Participant(2), link), StatusIs(StatusCode::kFailedPrecondition));
  ASSERT_OK_AND_ASSIGN(const Attempt open, Create(Participant(2), New(2, Attempt::KIND_AFTER)));
  auto answers = Answers(open);
  answers.mutable_answers(0)->set_question("NONE");
  EXPECT_THAT(Submit(Participant(2), answers), StatusIs(StatusCode::kInvalidArgument));
  answers = Answers(open);
  answers.mutable_answers(0)->clear_choice_index();
  EXPECT_THAT(Submit(Participant(2), answers), StatusIs(StatusCode::kInvalidArgument));
  answers = Answers(open);
  *answers.mutable_effective_time() = pg::ToTimestamp(now_);
  EXPECT_THAT(Submit(Participant(2), answers), StatusIs(StatusCode::kInvalidArgument));
}

TEST_F(AttemptTest, MissedTopicsAreTaughtAgainBeforeTheRetest) {
  ASSERT_OK_AND_ASSIGN(const Attempt open, Create(Participant(2), New(2, Attempt::KIND_AFTER)));
  const std::set<std::string> wrong = {"UPDATE", "MALWARE", "BACKUP"};
  ASSERT_OK_AND_ASSIGN(const Attempt failed, Submit(Participant(2), Answers(open, wrong)));
  EXPECT_FALSE(failed.passed());
  ASSERT_OK_AND_ASSIGN(const auto page, FollowUps(Participant(2)));
  ASSERT_EQ(page.follow_ups_size(), 3);
  ASSERT_OK_AND_ASSIGN(const auto others, FollowUps(Participant(3)));
  EXPECT_THAT(others.follow_ups(), IsEmpty());

  v1::CompleteFollowUpRequest complete;
  complete.set_name(page.follow_ups(0).name());
  complete.set_note("モジュールを\n読み直した");
  EXPECT_THAT(Complete(Participant(3), complete), StatusIs(StatusCode::kPermissionDenied));
  EXPECT_THAT(Complete(president_, complete), StatusIs(StatusCode::kPermissionDenied));
  complete.set_etag(Etag(99));
  EXPECT_THAT(Complete(Participant(2), complete), StatusIs(StatusCode::kAborted));
  complete.clear_etag();
  ASSERT_OK_AND_ASSIGN(const v1::FollowUp done, Complete(Participant(2), complete));
  EXPECT_EQ(done.state(), v1::FollowUp::STATE_COMPLETE);
  EXPECT_EQ(done.attempt(), failed.name());
  EXPECT_EQ(done.channel(), common::v1::CHANNEL_LINK);
  EXPECT_EQ(done.recorded_by(), MemberName(kClientA, 2));
  EXPECT_NE(done.title(), done.topic());
  EXPECT_TRUE(wrong.count(done.topic()) > 0) << done.topic();
  EXPECT_THAT(done.allowed_actions(), IsEmpty());
  EXPECT_THAT(Complete(Participant(2), complete), StatusIs(StatusCode::kFailedPrecondition));
  v1::GetFollowUpRequest get;
  get.set_name(done.name());
  ASSERT_OK_AND_ASSIGN(const auto read,
                       CallAs(consultant_, *attempts_, &Attempts::GetFollowUp, get));
  EXPECT_EQ(read.DebugString(), done.DebugString());

  EXPECT_THAT(Create(Participant(2), New(2, Attempt::KIND_RETEST)),
              StatusIs(StatusCode::kFailedPrecondition));
  for (int i = 1; i < 3; ++i) {
    complete.set_name(page.follow_ups(i).name());
    complete.clear_channel();
    EXPECT_THAT(Complete(consultant_, complete), StatusIs(StatusCode::kInvalidArgument));
    complete.set_channel(common::v1::CHANNEL_CONSULTANT);
    ASSERT_OK(Complete(consultant_, complete));
  }
  ASSERT_OK_AND_ASSIGN(const Attempt retest, Create(Participant(2), New(2, Attempt::KIND_RETEST)));
  EXPECT_EQ(retest.questions_size(), 6);
  std::set<std::string> asked;
  for (const auto& question : open.questions()) asked.insert(question.code());
  for (const auto& question : retest.questions()) {
    EXPECT_TRUE(wrong.count(question.topic()) > 0) << question.topic();
    EXPECT_EQ(asked.count(question.code()), 0u) << question.code();
  }
  ASSERT_OK_AND_ASSIGN(const Attempt passed, Submit(Participant(2), Answers(retest)));
  EXPECT_TRUE(passed.passed());
}

TEST_F(AttemptTest, SurvivesARestart) {
  ASSERT_OK_AND_ASSIGN(const Attempt open, Create(Participant(2), New(2, Attempt::KIND_AFTER)));
  service_->Restart();
  attempts_ = v1::AttemptService::NewStub(service_->channel());
  ASSERT_OK_AND_ASSIGN(const Attempt done, Submit(Participant(2), Answers(open)));
  EXPECT_TRUE(done.passed());
  EXPECT_EQ(done.score_percent(), 100);
}

}  // namespace
}  // namespace staraction::training
