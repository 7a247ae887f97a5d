#include <set>

#include "common/base/date.h"
#include "common/pg/field_value.h"
#include "services/training/test_attempts.h"

namespace staraction::training {
namespace {

using absl::StatusCode;
using test::CallAs;
using test::StatusIs;
using testing::ElementsAre;
using v1::Attempt;

const std::string kA = absl::StrCat("engagements/", kEngagementA);
const std::string kB = absl::StrCat("engagements/", kEngagementB);
constexpr char kPdf[] = "%PDF-1.7 an answered test";

class PaperTest : public AttemptTest {
 protected:
  absl::StatusOr<v1::PaperTest> Print(const std::string& token, Attempt::Kind kind,
                                      int variants = 0) {
    v1::CreatePaperTestRequest request;
    request.set_parent(kA);
    request.mutable_paper_test()->set_course(kCourse);
    request.mutable_paper_test()->set_kind(kind);
    request.mutable_paper_test()->set_variant_count(variants);
    return CallAs(token, *papers_, &Papers::CreatePaperTest, request);
  }
  absl::StatusOr<v1::TrainingScan> Upload(const std::string& parent,
                                          const std::string& bytes = kPdf,
                                          const std::string& media_type = "application/pdf") {
    v1::CreateTrainingScanRequest request;
    request.set_parent(parent);
    request.mutable_training_scan()->set_media_type(media_type);
    *request.mutable_training_scan()->mutable_effective_date() = ToProtoDate(TokyoDay(now_));
    request.set_content(bytes);
    return CallAs(consultant_, *papers_, &Papers::CreateTrainingScan, request);
  }
  static v1::CreateAttemptRequest OnPaper(int member, const v1::PaperTest& paper,
                                          const std::string& variant) {
    auto request = New(member, paper.kind());
    request.mutable_attempt()->set_channel(common::v1::CHANNEL_PAPER);
    request.mutable_attempt()->set_paper_test(paper.name());
    request.mutable_attempt()->set_variant(variant);
    return request;
  }
};

TEST_F(PaperTest, PrintsVariantsWithoutTheirAnswers) {
  ASSERT_OK_AND_ASSIGN(const v1::PaperTest paper, Print(consultant_, Attempt::KIND_BEFORE));
  ASSERT_EQ(paper.variants_size(), 2);
  std::set<std::string> codes;
  for (const auto& variant : paper.variants()) {
    EXPECT_EQ(variant.questions_size(), 14);
    for (const auto& question : variant.questions()) {
      EXPECT_TRUE(codes.insert(question.code()).second) << question.code();
      EXPECT_FALSE(question.has_correct_index()) << question.code();
      EXPECT_EQ(question.explanation(), "") << question.code();
      EXPECT_GE(question.choices_size(), 3);
    }
  }
  v1::GetPaperTestRequest get;
  get.set_name(paper.name());
  ASSERT_OK_AND_ASSIGN(const auto read, CallAs(consultant_, *papers_, &Papers::GetPaperTest, get));
  EXPECT_EQ(read.DebugString(), paper.DebugString());
  v1::ListPaperTestsRequest list;
  list.set_parent(kA);
  ASSERT_OK_AND_ASSIGN(const auto page,
                       CallAs(consultant_, *papers_, &Papers::ListPaperTests, list));
  ASSERT_EQ(page.paper_tests_size(), 1);
  EXPECT_EQ(page.paper_tests(0).DebugString(), paper.DebugString());
  for (const std::string& token : {president_, colleague_, stranger_, Participant(2)}) {
    EXPECT_THAT(CallAs(token, *papers_, &Papers::GetPaperTest, get),
                StatusIs(StatusCode::kPermissionDenied));
    EXPECT_THAT(Print(token, Attempt::KIND_BEFORE), StatusIs(StatusCode::kPermissionDenied));
  }
  EXPECT_THAT(Print(consultant_, Attempt::KIND_RETEST), StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(Print(consultant_, Attempt::KIND_AFTER, 5), StatusIs(StatusCode::kInvalidArgument));
}

TEST_F(PaperTest, RepeatedRequestsPrintOnce) {
  v1::CreatePaperTestRequest request;
  request.set_parent(kA);
  request.mutable_paper_test()->set_course(kCourse);
  request.mutable_paper_test()->set_kind(Attempt::KIND_AFTER);
  request.set_request_id("11111111-1111-4111-8111-111111111111");
  ASSERT_OK_AND_ASSIGN(const auto first,
                       CallAs(consultant_, *papers_, &Papers::CreatePaperTest, request));
  ASSERT_OK_AND_ASSIGN(const auto again,
                       CallAs(consultant_, *papers_, &Papers::CreatePaperTest, request));
  EXPECT_EQ(first.DebugString(), again.DebugString());
  request.mutable_paper_test()->set_variant_count(1);
  EXPECT_THAT(CallAs(consultant_, *papers_, &Papers::CreatePaperTest, request),
              StatusIs(StatusCode::kInvalidArgument));
}

TEST_F(PaperTest, AnswersAreEnteredWithTheScan) {
  ASSERT_OK_AND_ASSIGN(const v1::PaperTest paper, Print(consultant_, Attempt::KIND_AFTER));
  const absl::Time taken = now_ + absl::Hours(20);
  Pass(absl::Hours(48));
  ASSERT_OK_AND_ASSIGN(const v1::TrainingScan scan, Upload(kA));
  ASSERT_OK_AND_ASSIGN(const Attempt open, Create(consultant_, OnPaper(2, paper, "B")));
  ASSERT_EQ(open.questions_size(), 14);
  for (int i = 0; i < 14; ++i) {
    EXPECT_EQ(open.questions(i).code(), paper.variants(1).questions(i).code()) << "in its order";
  }
  auto answers = Answers(open, {"UPDATE"});
  answers.set_scan(scan.name());
  *answers.mutable_effective_time() = pg::ToTimestamp(taken);
  ASSERT_OK_AND_ASSIGN(const Attempt done, Submit(consultant_, answers));
  EXPECT_EQ(pg::FromTimestamp(done.effective_time()), taken) << "before it was entered";
  EXPECT_EQ(done.scan(), scan.name());
  EXPECT_EQ(done.correct_count(), 13);
  EXPECT_EQ(done.paper_test(), paper.name());
  EXPECT_THAT(done.allowed_actions(), ElementsAre("correct"));
}

TEST_F(PaperTest, AnAttemptHasToFitItsPaper) {
  ASSERT_OK_AND_ASSIGN(const v1::PaperTest paper, Print(consultant_, Attempt::KIND_AFTER));
  EXPECT_THAT(Create(consultant_, OnPaper(2, paper, "C")), StatusIs(StatusCode::kInvalidArgument));
  auto request = OnPaper(2, paper, "A");
  request.mutable_attempt()->set_kind(Attempt::KIND_BEFORE);
  EXPECT_THAT(Create(consultant_, request), StatusIs(StatusCode::kInvalidArgument));
  request = OnPaper(2, paper, "A");
  request.mutable_attempt()->set_paper_test(kB +
                                            "/paperTests/0190a000-0000-7000-8000-000000000999");
  EXPECT_THAT(Create(consultant_, request), StatusIs(StatusCode::kInvalidArgument));
  request = New(2, Attempt::KIND_AFTER);
  request.mutable_attempt()->set_channel(common::v1::CHANNEL_PAPER);
  request.mutable_attempt()->set_variant("A");
  EXPECT_THAT(Create(consultant_, request), StatusIs(StatusCode::kInvalidArgument));
}

TEST_F(PaperTest, ScansAreCheckedAndKept) {
  ASSERT_OK_AND_ASSIGN(const v1::TrainingScan scan, Upload(kA));
  EXPECT_EQ(scan.size(), static_cast<int>(sizeof(kPdf) - 1));
  EXPECT_EQ(scan.sha256().size(), 64u);
  EXPECT_EQ(scan.recorded_by().substr(0, 6), "users/");
  v1::DownloadTrainingScanRequest download;
  download.set_name(scan.name());
  ASSERT_OK_AND_ASSIGN(const auto body,
                       CallAs(consultant_, *papers_, &Papers::DownloadTrainingScan, download));
  EXPECT_EQ(body.data(), kPdf);
  EXPECT_EQ(body.content_type(), "application/pdf");
  v1::GetTrainingScanRequest get;
  get.set_name(scan.name());
  ASSERT_OK_AND_ASSIGN(const auto read,
                       CallAs(consultant_, *papers_, &Papers::GetTrainingScan, get));
  EXPECT_EQ(read.DebugString(), scan.DebugString());
  for (const std::string& token : {president_, colleague_, stranger_, Participant(2)}) {
    EXPECT_THAT(CallAs(token, *papers_, &Papers::DownloadTrainingScan, download),
                StatusIs(StatusCode::kPermissionDenied));
  }
  EXPECT_THAT(Upload(kA, "GIF89a", "image/gif"), StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(Upload(kA, kPdf, "image/png"), StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(Upload(kA, ""), StatusIs(StatusCode::kInvalidArgument));

  // A scan belongs to the engagement of the act.
  ASSERT_OK_AND_ASSIGN(const v1::TrainingScan foreign, Upload(kB));
  auto request = New(3, Attempt::KIND_BEFORE);
  request.mutable_attempt()->set_channel(common::v1::CHANNEL_PAPER);
  ASSERT_OK_AND_ASSIGN(const Attempt open, Create(consultant_, request));
  auto answers = Answers(open);
  answers.set_scan(foreign.name());
  EXPECT_THAT(Submit(consultant_, answers), StatusIs(StatusCode::kInvalidArgument));
  ASSERT_OK_AND_ASSIGN(const Attempt by_link, Create(Participant(2), New(2, Attempt::KIND_BEFORE)));
  answers = Answers(by_link);
  answers.set_scan(scan.name());
  EXPECT_THAT(Submit(Participant(2), answers), StatusIs(StatusCode::kInvalidArgument));
}

TEST_F(PaperTest, ACorrectionIsANewRecord) {
  ASSERT_OK_AND_ASSIGN(const v1::PaperTest paper, Print(consultant_, Attempt::KIND_AFTER));
  ASSERT_OK_AND_ASSIGN(const Attempt open, Create(consultant_, OnPaper(2, paper, "A")));
  ASSERT_OK_AND_ASSIGN(const Attempt wrong,
                       Submit(consultant_, Answers(open, {"UPDATE", "BACKUP", "SHARING"})));
  ASSERT_FALSE(wrong.passed());
  v1::CorrectAttemptRequest request;
  request.set_name(wrong.name());
  *request.mutable_answers() = Answers(open, {"UPDATE"}).answers();
  const auto call = [&](const std::string& token) {
    Pass(absl::Minutes(1));
    return CallAs(token, *attempts_, &Attempts::CorrectAttempt, request);
  };
  EXPECT_THAT(call(consultant_), StatusIs(StatusCode::kInvalidArgument)) << "no reason";
  request.set_reason("2枚目を読み違えた");
  EXPECT_THAT(call(Participant(2)), StatusIs(StatusCode::kPermissionDenied));
  EXPECT_THAT(call(president_), StatusIs(StatusCode::kPermissionDenied));
  request.set_request_id("11111111-1111-4111-8111-111111111111");
  ASSERT_OK_AND_ASSIGN(const Attempt right, call(consultant_));
  EXPECT_NE(right.name(), wrong.name());
  EXPECT_EQ(right.corrects(), wrong.name());
  EXPECT_EQ(right.correct_reason(), "2枚目を読み違えた");
  EXPECT_TRUE(right.passed());
  EXPECT_EQ(right.effective_time().seconds(), wrong.effective_time().seconds());
  ASSERT_OK_AND_ASSIGN(const Attempt again, call(consultant_));
  EXPECT_EQ(again.DebugString(), right.DebugString());
  ASSERT_OK_AND_ASSIGN(const Attempt old, Get(consultant_, wrong.name()));
  EXPECT_EQ(old.state(), Attempt::STATE_CORRECTED);
  EXPECT_EQ(old.corrected_by(), right.name());
  EXPECT_EQ(old.correct_count(), wrong.correct_count()) << "what was entered stays";
  ASSERT_OK_AND_ASSIGN(const auto follow_ups, FollowUps(consultant_));
  ASSERT_EQ(follow_ups.follow_ups_size(), 3);
  for (const auto& each : follow_ups.follow_ups()) {
    EXPECT_EQ(each.state(), v1::FollowUp::STATE_DROPPED);
  }
  request.clear_request_id();
  EXPECT_THAT(call(consultant_), StatusIs(StatusCode::kFailedPrecondition)) << "corrected before";
  ASSERT_OK_AND_ASSIGN(const auto page, Completions(consultant_));
  EXPECT_TRUE(page.completions(1).passed());
}

TEST_F(PaperTest, WhatTheMemberAnsweredInPersonIsNotCorrected) {
  ASSERT_OK_AND_ASSIGN(const Attempt open, Create(Participant(2), New(2, Attempt::KIND_AFTER)));
  ASSERT_OK(Submit(Participant(2), Answers(open, {"UPDATE", "BACKUP", "SHARING"})));
  v1::CorrectAttemptRequest request;
  request.set_name(open.name());
  request.set_reason("よく見えなかった");
  EXPECT_THAT(CallAs(consultant_, *attempts_, &Attempts::CorrectAttempt, request),
              StatusIs(StatusCode::kFailedPrecondition));
}

}  // namespace
}  // namespace staraction::training
