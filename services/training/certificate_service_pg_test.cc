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
using v1::CompletionCertificate;

const std::string kA = absl::StrCat("engagements/", kEngagementA);

class CertificateTest : public AttemptTest {
 protected:
  static v1::CreateCompletionCertificateRequest For(const std::string& member) {
    v1::CreateCompletionCertificateRequest request;
    request.set_parent(kA);
    request.mutable_completion_certificate()->set_member(member);
    return request;
  }
  absl::StatusOr<CompletionCertificate> Issue(
      const std::string& token, const v1::CreateCompletionCertificateRequest& request) {
    return CallAs(token, *certificates_, &Certificates::CreateCompletionCertificate, request);
  }
  absl::StatusOr<CompletionCertificate> Revoke(
      const std::string& token, const v1::RevokeCompletionCertificateRequest& request) {
    return CallAs(token, *certificates_, &Certificates::RevokeCompletionCertificate, request);
  }
  void CompleteTraining(int member) {
    Attend({member});
    ASSERT_OK_AND_ASSIGN(const Attempt open,
                         Create(Participant(member), New(member, Attempt::KIND_AFTER)));
    ASSERT_OK(Submit(Participant(member), Answers(open, {"UPDATE"})));
  }
};

TEST_F(CertificateTest, StatesWhatWasCompletedOnce) {
  const auto request = For(MemberName(kClientA, 2));
  EXPECT_THAT(Issue(consultant_, request), StatusIs(StatusCode::kFailedPrecondition));
  CompleteTraining(2);
  for (const std::string& token : {president_, colleague_, stranger_, Participant(2)}) {
    EXPECT_THAT(Issue(token, request), StatusIs(StatusCode::kPermissionDenied));
  }
  ASSERT_OK_AND_ASSIGN(const CompletionCertificate issued, Issue(consultant_, request));
  EXPECT_EQ(issued.number(), "2026-0001");
  EXPECT_EQ(issued.display_name(), "社員2");
  EXPECT_EQ(issued.company_display_name(), "株式会社きたはま製作所");
  EXPECT_EQ(issued.issuer(), "ITC大阪");
  EXPECT_EQ(issued.course(), kCourse);
  EXPECT_NE(issued.course_title(), "");
  EXPECT_EQ(issued.score_band(), "HIGH") << "13 of 14";
  EXPECT_FALSE(issued.has_score_percent());
  EXPECT_EQ(issued.complete_date().year(), 2026);
  EXPECT_THAT(issued.allowed_actions(), ElementsAre("revoke"));
  EXPECT_THAT(Issue(consultant_, request), StatusIs(StatusCode::kAlreadyExists));
  v1::GetCompletionCertificateRequest get;
  get.set_name(issued.name());
  ASSERT_OK_AND_ASSIGN(const auto read, CallAs(president_, *certificates_,
                                               &Certificates::GetCompletionCertificate, get));
  EXPECT_EQ(read.DebugString(), issued.DebugString());
  EXPECT_THAT(CallAs(colleague_, *certificates_, &Certificates::GetCompletionCertificate, get),
              StatusIs(StatusCode::kPermissionDenied));

  CompleteTraining(3);
  auto with_score = For(MemberName(kClientA, 3));
  with_score.mutable_completion_certificate()->set_show_score(true);
  with_score.set_request_id("11111111-1111-4111-8111-111111111111");
  ASSERT_OK_AND_ASSIGN(const CompletionCertificate second, Issue(consultant_, with_score));
  EXPECT_EQ(second.number(), "2026-0002");
  EXPECT_EQ(second.score_percent(), 92);
  ASSERT_OK_AND_ASSIGN(const CompletionCertificate again, Issue(consultant_, with_score));
  EXPECT_EQ(again.DebugString(), second.DebugString());
}

TEST_F(CertificateTest, IsRevokedWithAReasonAndIssuedAgain) {
  CompleteTraining(2);
  ASSERT_OK_AND_ASSIGN(const CompletionCertificate issued,
                       Issue(consultant_, For(MemberName(kClientA, 2))));
  v1::RevokeCompletionCertificateRequest request;
  request.set_name(issued.name());
  EXPECT_THAT(Revoke(consultant_, request), StatusIs(StatusCode::kInvalidArgument)) << "no reason";
  request.set_reason("氏名の表記を誤った");
  request.set_etag(Etag(99));
  EXPECT_THAT(Revoke(consultant_, request), StatusIs(StatusCode::kAborted));
  request.set_etag(issued.etag());
  EXPECT_THAT(Revoke(president_, request), StatusIs(StatusCode::kPermissionDenied));
  request.set_request_id("11111111-1111-4111-8111-111111111111");
  ASSERT_OK_AND_ASSIGN(const CompletionCertificate revoked, Revoke(consultant_, request));
  EXPECT_EQ(revoked.state(), CompletionCertificate::STATE_REVOKED);
  EXPECT_EQ(revoked.revoke_reason(), "氏名の表記を誤った");
  EXPECT_EQ(revoked.revoked_by().substr(0, 6), "users/");
  EXPECT_THAT(revoked.allowed_actions(), IsEmpty());
  ASSERT_OK_AND_ASSIGN(const CompletionCertificate repeated, Revoke(consultant_, request));
  EXPECT_EQ(repeated.DebugString(), revoked.DebugString());
  request.clear_request_id();
  request.clear_etag();
  EXPECT_THAT(Revoke(consultant_, request), StatusIs(StatusCode::kFailedPrecondition));
  ASSERT_OK_AND_ASSIGN(const CompletionCertificate second,
                       Issue(consultant_, For(MemberName(kClientA, 2))));
  EXPECT_EQ(second.number(), "2026-0002");
  v1::ListCompletionCertificatesRequest list;
  list.set_parent(kA);
  ASSERT_OK_AND_ASSIGN(const auto page, CallAs(president_, *certificates_,
                                               &Certificates::ListCompletionCertificates, list));
  EXPECT_EQ(page.completion_certificates_size(), 2);
}

TEST_F(CertificateTest, OnlyForPeopleOfTheClient) {
  EXPECT_THAT(Issue(consultant_, For(MemberName(kClientB, 1))),
              StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(Issue(consultant_, For(MemberName(kClientA, 9))),
              StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(Issue(consultant_, For("")), StatusIs(StatusCode::kInvalidArgument));
}

TEST_F(CertificateTest, AReportShowsWhatChanged) {
  v1::GetTrainingReportRequest request;
  request.set_name(kA + "/trainingReport");
  const auto read = [&](const std::string& token) {
    return CallAs(token, *reports_, &Reports::GetTrainingReport, request);
  };
  ASSERT_OK_AND_ASSIGN(const auto empty, read(consultant_));
  EXPECT_EQ(empty.coverage().counted_count(), 3);
  EXPECT_EQ(empty.coverage().completed_count(), 0);
  EXPECT_THAT(empty.topics(), IsEmpty());
  ASSERT_OK_AND_ASSIGN(const Attempt before, Create(Participant(2), New(2, Attempt::KIND_BEFORE)));
  ASSERT_OK(Submit(Participant(2), Answers(before, {"UPDATE", "BACKUP", "SHARING"})));
  Pass(absl::Hours(24));
  CompleteTraining(2);
  Pass(absl::Hours(24));
  CompleteTraining(1);

  ASSERT_OK_AND_ASSIGN(const auto report, read(consultant_));
  EXPECT_NEAR(report.effect().before_percent(), 1100.0 / 14, 1e-9);
  EXPECT_NEAR(report.effect().after_percent(), 1300.0 / 14, 1e-9);
  EXPECT_NEAR(report.effect().gain_points(), 200.0 / 14, 1e-9);
  EXPECT_EQ(report.topics_size(), 7);
  EXPECT_EQ(report.tested_count(), 2);
  EXPECT_EQ(report.passed_count(), 2);
  EXPECT_EQ(report.coverage().completed_count(), 2);
  ASSERT_EQ(report.departments_size(), 2);
  EXPECT_EQ(report.departments(0).department(), "");
  EXPECT_EQ(report.departments(0).coverage().completed_count(), 1);
  EXPECT_EQ(report.departments(1).coverage().counted_count(), 2);
  std::vector<int> completed;
  for (const auto& point : report.history()) {
    completed.push_back(point.coverage().completed_count());
  }
  EXPECT_THAT(completed, ElementsAre(0, 1, 2)) << "as known at the end of each day";
  EXPECT_GT(report.items_size(), 14);
  for (const auto& cell : report.weak_topics()) EXPECT_TRUE(cell.hidden());

  // The company's people learn nothing about so few, and nothing of the questions.
  ASSERT_OK_AND_ASSIGN(const auto shown, read(president_));
  EXPECT_TRUE(shown.effect().hidden());
  EXPECT_FALSE(shown.effect().has_before_percent());
  EXPECT_THAT(shown.items(), IsEmpty());
  EXPECT_EQ(shown.coverage().completed_count(), 2);
  for (const std::string& token : {colleague_, stranger_, Participant(2)}) {
    EXPECT_THAT(read(token), StatusIs(StatusCode::kPermissionDenied));
  }
}

}  // namespace
}  // namespace staraction::training
