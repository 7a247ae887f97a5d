#include "common/base/date.h"
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
using v1::Briefing;

const std::string kA = absl::StrCat("engagements/", kEngagementA);
constexpr char kBriefing[] = "courses/six-rules-briefing";

class BriefingTest : public AttemptTest {
 protected:
  static v1::CreateBriefingRequest New(int president = 1) {
    v1::CreateBriefingRequest request;
    request.set_parent(kA);
    request.mutable_briefing()->set_president(MemberName(kClientA, president));
    request.mutable_briefing()->set_course(kBriefing);
    request.mutable_briefing()->set_place("社長室");
    return request;
  }
  absl::StatusOr<Briefing> Open(const std::string& token,
                                const v1::CreateBriefingRequest& request) {
    return CallAs(token, *briefings_, &Briefings::CreateBriefing, request);
  }
  absl::StatusOr<Briefing> Update(const std::string& token,
                                  const v1::UpdateBriefingRequest& request) {
    return CallAs(token, *briefings_, &Briefings::UpdateBriefing, request);
  }
  absl::StatusOr<Briefing> Acknowledge(const std::string& token,
                                       const v1::AcknowledgeBriefingRequest& request) {
    return CallAs(token, *briefings_, &Briefings::AcknowledgeBriefing, request);
  }
  // Every required decision, taken somehow.
  static v1::UpdateBriefingRequest Decide(const Briefing& briefing) {
    v1::UpdateBriefingRequest request;
    request.mutable_briefing()->set_name(briefing.name());
    for (const auto& point : briefing.points()) {
      if (!point.required()) continue;
      auto* decision = request.mutable_briefing()->add_decisions();
      decision->set_code(point.code());
      if (point.value_field() == "member") decision->set_member(MemberName(kClientA, 2));
      if (point.value_field() == "text") decision->set_text("まず更新から");
      if (point.value_field() == "yen") decision->set_yen(300'000);
      if (point.value_field() == "month") decision->set_month(4);
      if (point.value_field() == "truth") decision->set_truth(false);
      if (point.value_field() == "choice") decision->set_choice(point.choices(0).code());
    }
    return request;
  }
  bool Told() {
    const auto sheet = Facts(kClientA);
    EXPECT_OK(sheet);
    for (const auto& fact : sheet->facts()) {
      if (fact.code() == "briefing.acknowledged" && fact.truth()) return true;
    }
    return false;
  }
};

TEST_F(BriefingTest, ThePresidentDecidesAndAcknowledges) {
  ASSERT_OK_AND_ASSIGN(const Briefing open, Open(consultant_, New()));
  EXPECT_GT(open.agenda_size(), 3);
  EXPECT_GT(open.points_size(), 5);
  EXPECT_FALSE(open.missing_decisions().empty());
  EXPECT_THAT(open.allowed_actions(), ElementsAre("update"));
  v1::AcknowledgeBriefingRequest acknowledge;
  acknowledge.set_name(open.name());
  EXPECT_THAT(Acknowledge(president_, acknowledge), StatusIs(StatusCode::kFailedPrecondition));
  EXPECT_FALSE(Told());
  auto update = Decide(open);
  EXPECT_THAT(Update(president_, update), StatusIs(StatusCode::kPermissionDenied));
  update.mutable_briefing()->set_etag(open.etag());
  ASSERT_OK_AND_ASSIGN(const Briefing decided, Update(consultant_, update));
  EXPECT_THAT(decided.missing_decisions(), IsEmpty());
  EXPECT_EQ(decided.place(), "社長室");
  EXPECT_THAT(Update(consultant_, update), StatusIs(StatusCode::kAborted)) << "stale etag";
  for (const std::string& token : {colleague_, stranger_, Participant(1)}) {
    EXPECT_THAT(Acknowledge(token, acknowledge), StatusIs(StatusCode::kPermissionDenied));
  }
  Pass(absl::Hours(1));
  acknowledge.set_request_id("11111111-1111-4111-8111-111111111111");
  ASSERT_OK_AND_ASSIGN(const Briefing done, Acknowledge(president_, acknowledge));
  EXPECT_EQ(done.state(), Briefing::STATE_ACKNOWLEDGED);
  EXPECT_EQ(done.channel(), common::v1::CHANNEL_LINK);
  EXPECT_EQ(pg::FromTimestamp(done.effective_time()), now_);
  EXPECT_TRUE(done.has_held_date());
  EXPECT_TRUE(Told());
  ASSERT_OK_AND_ASSIGN(const Briefing again, Acknowledge(president_, acknowledge));
  EXPECT_EQ(again.DebugString(), done.DebugString());
  acknowledge.clear_request_id();
  EXPECT_THAT(Acknowledge(president_, acknowledge), StatusIs(StatusCode::kFailedPrecondition));
  update.mutable_briefing()->clear_etag();
  EXPECT_THAT(Update(consultant_, update), StatusIs(StatusCode::kFailedPrecondition));
  v1::ListBriefingsRequest list;
  list.set_parent(kA);
  ASSERT_OK_AND_ASSIGN(const auto page,
                       CallAs(president_, *briefings_, &Briefings::ListBriefings, list));
  ASSERT_EQ(page.briefings_size(), 1);
  EXPECT_EQ(page.briefings(0).agenda(0).body(), "");
  v1::GetBriefingRequest get;
  get.set_name(open.name());
  ASSERT_OK_AND_ASSIGN(const auto read,
                       CallAs(president_, *briefings_, &Briefings::GetBriefing, get));
  EXPECT_EQ(read.DebugString(), done.DebugString());
}

TEST_F(BriefingTest, AConsultantRecordsItFromPaper) {
  auto request = New();
  *request.mutable_briefing()->mutable_held_date() = ToProtoDate(TokyoDay(now_) - 3);
  ASSERT_OK_AND_ASSIGN(const Briefing open, Open(consultant_, request));
  ASSERT_OK(Update(consultant_, Decide(open)));
  v1::AcknowledgeBriefingRequest acknowledge;
  acknowledge.set_name(open.name());
  EXPECT_THAT(Acknowledge(consultant_, acknowledge), StatusIs(StatusCode::kInvalidArgument))
      << "no channel";
  acknowledge.set_channel(common::v1::CHANNEL_PAPER);
  *acknowledge.mutable_effective_time() = pg::ToTimestamp(now_ - absl::Hours(24 * 10));
  EXPECT_THAT(Acknowledge(consultant_, acknowledge), StatusIs(StatusCode::kInvalidArgument))
      << "before it was held";
  *acknowledge.mutable_effective_time() = pg::ToTimestamp(now_ - absl::Hours(24));
  acknowledge.set_scan(kA + "/trainingScans/0190a000-0000-7000-8000-000000000999");
  EXPECT_THAT(Acknowledge(consultant_, acknowledge), StatusIs(StatusCode::kInvalidArgument));
  v1::CreateTrainingScanRequest upload;
  upload.set_parent(kA);
  upload.mutable_training_scan()->set_media_type("application/pdf");
  upload.set_content("%PDF-1.7 signed");
  ASSERT_OK_AND_ASSIGN(const auto scan,
                       CallAs(consultant_, *papers_, &Papers::CreateTrainingScan, upload));
  acknowledge.set_scan(scan.name());
  ASSERT_OK_AND_ASSIGN(const Briefing done, Acknowledge(consultant_, acknowledge));
  EXPECT_EQ(done.scan(), scan.name());
  EXPECT_EQ(done.channel(), common::v1::CHANNEL_PAPER);
  EXPECT_EQ(done.effective_time().seconds(), acknowledge.effective_time().seconds());
}

TEST_F(BriefingTest, Refuses) {
  EXPECT_THAT(Open(president_, New()), StatusIs(StatusCode::kPermissionDenied));
  EXPECT_THAT(Open(consultant_, New(2)), StatusIs(StatusCode::kInvalidArgument)) << "no president";
  auto request = New();
  request.mutable_briefing()->set_president(MemberName(kClientB, 1));
  EXPECT_THAT(Open(consultant_, request), StatusIs(StatusCode::kInvalidArgument));
  request = New();
  request.mutable_briefing()->set_course(kCourse);
  EXPECT_THAT(Open(consultant_, request), StatusIs(StatusCode::kInvalidArgument));
  request = New();
  auto* decision = request.mutable_briefing()->add_decisions();
  decision->set_code("RESPONSIBLE_PERSON");
  decision->set_member(MemberName(kClientB, 1));
  EXPECT_THAT(Open(consultant_, request), StatusIs(StatusCode::kInvalidArgument));
  // Briefings have neither sessions nor tests.
  v1::CreateAttemptRequest attempt = AttemptTest::New(2, v1::Attempt::KIND_BEFORE);
  attempt.mutable_attempt()->set_course(kBriefing);
  EXPECT_THAT(Create(Participant(2), attempt), StatusIs(StatusCode::kInvalidArgument));
}

TEST_F(BriefingTest, RepeatedRequestsOpenOne) {
  auto request = New();
  request.set_request_id("11111111-1111-4111-8111-111111111111");
  ASSERT_OK_AND_ASSIGN(const Briefing first, Open(consultant_, request));
  ASSERT_OK_AND_ASSIGN(const Briefing again, Open(consultant_, request));
  EXPECT_EQ(first.DebugString(), again.DebugString());
  request.mutable_briefing()->set_place("応接室");
  EXPECT_THAT(Open(consultant_, request), StatusIs(StatusCode::kInvalidArgument));
}

}  // namespace
}  // namespace staraction::training
