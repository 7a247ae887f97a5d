#include <set>

#include "common/pg/field_value.h"
#include "common/resource/etag.h"
#include "services/training/test_sessions.h"

namespace staraction::training {
namespace {

using absl::StatusCode;
using test::CallAs;
using test::StatusIs;
using testing::ElementsAre;
using testing::IsEmpty;

const std::string kA = absl::StrCat("engagements/", kEngagementA);
const std::string kA2 = absl::StrCat("engagements/", kEngagementA2);
const std::string kB = absl::StrCat("engagements/", kEngagementB);

TEST_F(SessionTest, AttendanceOfSeveralCompanies) {
  ASSERT_OK_AND_ASSIGN(const v1::Session session, Create(consultant_, Plan({kA, kB})));
  auto request = Attendance(
      session.name(), {MemberName(kClientA, 1), MemberName(kClientA, 2), MemberName(kClientB, 1)});
  EXPECT_THAT(Record(request), StatusIs(StatusCode::kFailedPrecondition)) << "not begun";
  Pass(absl::Hours(4));
  ASSERT_OK_AND_ASSIGN(const auto first, Record(request));
  EXPECT_EQ(first.recorded_count(), 3);
  EXPECT_EQ(first.session().state(), v1::Session::STATE_HELD);
  EXPECT_EQ(first.session().present_count(), 3);
  EXPECT_THAT(first.session().allowed_actions(), ElementsAre("recordAttendance"));
  EXPECT_EQ(service_->database().Query(absl::StrCat(
                "select count(*) as value from training.attendance where client_id = '", kClientB,
                "' and engagement_id = '", kEngagementB, "'")),
            "1");

  ASSERT_OK_AND_ASSIGN(const auto again, Record(request));
  EXPECT_EQ(again.recorded_count(), 0);
  EXPECT_EQ(again.unchanged_count(), 3);

  auto correction = Attendance(session.name(), {MemberName(kClientA, 2)});
  correction.mutable_entries(0)->set_absent(true);
  ASSERT_OK_AND_ASSIGN(const auto corrected, Record(correction));
  EXPECT_EQ(corrected.recorded_count(), 1);
  EXPECT_EQ(corrected.session().present_count(), 2);

  v1::ListAttendancesRequest list;
  list.set_parent(session.name());
  ASSERT_OK_AND_ASSIGN(const auto all,
                       CallAs(consultant_, *sessions_, &Sessions::ListAttendances, list));
  ASSERT_EQ(all.attendances_size(), 4);
  int absent = 0;
  for (const auto& attendance : all.attendances()) {
    EXPECT_EQ(attendance.channel(), common::v1::CHANNEL_PAPER);
    EXPECT_EQ(attendance.recorded_by().substr(0, 6), "users/");
    EXPECT_EQ(attendance.effective_time().seconds(), session.end_time().seconds());
    EXPECT_EQ(attendance.engagement(),
              attendance.member().find(kClientA) != std::string::npos ? kA : kB);
    if (!attendance.present()) {
      ++absent;
      EXPECT_EQ(attendance.member(), MemberName(kClientA, 2));
    }
  }
  EXPECT_EQ(absent, 1);
  EXPECT_THAT(CallAs(president_, *sessions_, &Sessions::ListAttendances, list),
              StatusIs(StatusCode::kPermissionDenied));

  v1::UpdateSessionRequest update;
  update.mutable_session()->set_name(session.name());
  update.mutable_session()->set_place("too late");
  EXPECT_THAT(CallAs(consultant_, *sessions_, &Sessions::UpdateSession, update),
              StatusIs(StatusCode::kFailedPrecondition));
  // Each company's list counts its own people.
  ASSERT_OK_AND_ASSIGN(const auto of_a, List(president_, kA));
  EXPECT_EQ(of_a.sessions(0).present_count(), 1);
}

TEST_F(SessionTest, AttendanceIsAllOrNothing) {
  ASSERT_OK_AND_ASSIGN(const v1::Session session, Create(consultant_, Plan({kA})));
  Pass(absl::Hours(4));
  EXPECT_THAT(Record(Attendance(session.name(), {MemberName(kClientA, 1), MemberName(kClientA, 9),
                                                 MemberName(kClientB, 1)})),
              StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(
      Record(Attendance(session.name(), {MemberName(kClientA, 1), MemberName(kClientA, 1)})),
      StatusIs(StatusCode::kInvalidArgument));
  auto request = Attendance(session.name(), {MemberName(kClientA, 1)});
  request.clear_channel();
  EXPECT_THAT(Record(request), StatusIs(StatusCode::kInvalidArgument));
  request.set_channel(common::v1::CHANNEL_PAPER);
  request.set_etag(Etag(99));
  EXPECT_THAT(Record(request), StatusIs(StatusCode::kAborted));
  EXPECT_EQ(service_->database().Query("select count(*) as value from training.attendance"), "0");
  ASSERT_OK_AND_ASSIGN(const v1::Session unchanged, Get(consultant_, session.name()));
  EXPECT_EQ(unchanged.state(), v1::Session::STATE_PLANNED);
}

TEST_F(SessionTest, ParticipantsCheckInWithTheCode) {
  auto plan = Plan({kA, kB});
  plan.mutable_session()->set_trainer("講師 太郎");
  plan.mutable_session()->set_seat_count(40);
  ASSERT_OK_AND_ASSIGN(const v1::Session session, Create(consultant_, plan));
  ASSERT_EQ(session.check_in_code().size(), 6u);
  EXPECT_EQ(session.trainer(), "講師 太郎");
  ASSERT_OK_AND_ASSIGN(const auto of_a, List(president_, kA));
  EXPECT_EQ(of_a.sessions(0).check_in_code(), "") << "not for the company";
  v1::CheckInRequest request;
  request.set_engagement(kA);
  request.set_member(MemberName(kClientA, 2));
  request.set_code(session.check_in_code());
  const auto check_in = [&](const std::string& token) {
    return CallAs(token, *sessions_, &Sessions::CheckIn, request);
  };
  EXPECT_THAT(check_in(Participant(2)), StatusIs(StatusCode::kFailedPrecondition)) << "too early";
  Pass(absl::Minutes(50));
  EXPECT_THAT(check_in(Participant(3)), StatusIs(StatusCode::kPermissionDenied));
  EXPECT_THAT(check_in(consultant_), StatusIs(StatusCode::kPermissionDenied));
  EXPECT_THAT(check_in(president_), StatusIs(StatusCode::kPermissionDenied));
  request.set_code("x" + session.check_in_code());
  EXPECT_THAT(check_in(Participant(2)), StatusIs(StatusCode::kInvalidArgument));
  request.set_code("　");
  EXPECT_THAT(check_in(Participant(2)), StatusIs(StatusCode::kInvalidArgument));
  request.set_code(" " + session.check_in_code() + "　");
  request.set_request_id("11111111-1111-4111-8111-111111111111");
  ASSERT_OK_AND_ASSIGN(const v1::Attendance there, check_in(Participant(2)));
  EXPECT_TRUE(there.present());
  EXPECT_TRUE(there.suffices());
  EXPECT_EQ(there.channel(), common::v1::CHANNEL_LINK);
  EXPECT_FALSE(there.second_factor());
  EXPECT_EQ(there.recorded_by(), MemberName(kClientA, 2));
  EXPECT_EQ(there.engagement(), kA);
  ASSERT_OK_AND_ASSIGN(const v1::Attendance again, check_in(Participant(2)));
  EXPECT_EQ(again.name(), there.name());
  request.clear_request_id();
  ASSERT_OK_AND_ASSIGN(const v1::Attendance once_more, check_in(Participant(2)));
  EXPECT_EQ(once_more.name(), there.name()) << "changes nothing";
  ASSERT_OK_AND_ASSIGN(const v1::Session held, Get(consultant_, session.name()));
  EXPECT_EQ(held.state(), v1::Session::STATE_HELD);
  EXPECT_EQ(held.present_count(), 1);
  request.set_member(MemberName(kClientA, 4));
  ASSERT_OK_AND_ASSIGN(const v1::Attendance strong, check_in(ParticipantWithFactor(4)));
  EXPECT_TRUE(strong.second_factor());
  EXPECT_EQ(strong.channel(), common::v1::CHANNEL_TABLET);
  Pass(absl::Hours(3));
  request.set_member(MemberName(kClientA, 3));
  EXPECT_THAT(check_in(Participant(3)), StatusIs(StatusCode::kFailedPrecondition)) << "over";
}

TEST_F(SessionTest, EachCompanySeesItsOwnSide) {
  ASSERT_OK_AND_ASSIGN(const v1::Session session, Create(consultant_, Plan({kA, kB})));
  Pass(absl::Hours(4));
  auto request = Attendance(session.name(), {MemberName(kClientA, 2), MemberName(kClientB, 1)});
  request.set_guest_count(3);
  ASSERT_OK_AND_ASSIGN(const auto recorded, Record(request));
  EXPECT_EQ(recorded.session().guest_count(), 3);
  v1::ListEngagementAttendancesRequest list;
  list.set_parent(kA);
  const auto side = [&](const std::string& token) {
    return CallAs(token, *sessions_, &Sessions::ListEngagementAttendances, list);
  };
  ASSERT_OK_AND_ASSIGN(const auto of_a, side(president_));
  ASSERT_EQ(of_a.attendances_size(), 1);
  EXPECT_EQ(of_a.attendances(0).member(), MemberName(kClientA, 2));
  EXPECT_THAT(side(Participant(2)), StatusIs(StatusCode::kPermissionDenied));
  list.set_parent(kB);
  EXPECT_THAT(side(president_), StatusIs(StatusCode::kPermissionDenied));
}

TEST_F(SessionTest, ASignedListIsAttachedForOneCompany) {
  ASSERT_OK_AND_ASSIGN(const v1::Session session, Create(consultant_, Plan({kA, kB})));
  Pass(absl::Hours(4));
  v1::CreateTrainingScanRequest upload;
  upload.set_parent(kA);
  upload.mutable_training_scan()->set_media_type("application/pdf");
  upload.set_content("%PDF-1.7 signed list");
  ASSERT_OK_AND_ASSIGN(const auto scan,
                       CallAs(consultant_, *papers_, &Papers::CreateTrainingScan, upload));
  auto request = Attendance(session.name(), {MemberName(kClientA, 1), MemberName(kClientB, 1)});
  request.set_scan(scan.name());
  EXPECT_THAT(Record(request), StatusIs(StatusCode::kInvalidArgument)) << "names of two companies";
  request = Attendance(session.name(), {MemberName(kClientA, 1), MemberName(kClientA, 2)});
  request.set_scan(scan.name());
  request.set_channel(common::v1::CHANNEL_CONSULTANT);
  EXPECT_THAT(Record(request), StatusIs(StatusCode::kInvalidArgument)) << "no paper";
  // One of the two had been ticked off before the list came; the same list again changes nothing.
  ASSERT_OK(Record(Attendance(session.name(), {MemberName(kClientA, 2)})));
  request.set_channel(common::v1::CHANNEL_PAPER);
  ASSERT_OK(Record(request));
  ASSERT_OK(Record(request));
  v1::ListEngagementAttendancesRequest list;
  list.set_parent(kA);
  ASSERT_OK_AND_ASSIGN(const auto page,
                       CallAs(consultant_, *sessions_, &Sessions::ListEngagementAttendances, list));
  std::multiset<std::string> records;
  for (const auto& each : page.attendances()) {
    EXPECT_TRUE(each.scan().empty() || each.scan() == scan.name()) << each.scan();
    records.insert(absl::StrCat(each.member(), each.scan().empty() ? "" : " on paper"));
  }
  EXPECT_THAT(records, testing::UnorderedElementsAre(MemberName(kClientA, 1) + " on paper",
                                                     MemberName(kClientA, 2),
                                                     MemberName(kClientA, 2) + " on paper"));
}

TEST_F(SessionTest, AShortCourseSufficesForPartTimersOnly) {
  roster_->Add(kClientA, 5, engagement::v1::MEMBER_STATUS_ACTIVE, false, "PART_TIME");
  auto plan = Plan({kA});
  plan.mutable_session()->set_course("courses/six-rules-short-course");
  ASSERT_OK_AND_ASSIGN(const v1::Session session, Create(consultant_, plan));
  Pass(absl::Minutes(70));
  v1::CheckInRequest check_in;
  check_in.set_engagement(kA);
  check_in.set_member(MemberName(kClientA, 5));
  check_in.set_code(session.check_in_code());
  ASSERT_OK_AND_ASSIGN(const v1::Attendance there,
                       CallAs(Participant(5), *sessions_, &Sessions::CheckIn, check_in));
  EXPECT_FALSE(there.suffices()) << "the roster is not at hand";
  Pass(absl::Hours(4));
  ASSERT_OK_AND_ASSIGN(
      const auto recorded,
      Record(Attendance(session.name(), {MemberName(kClientA, 2), MemberName(kClientA, 5)})));
  EXPECT_EQ(recorded.recorded_count(), 2);
  v1::ListAttendancesRequest list;
  list.set_parent(session.name());
  ASSERT_OK_AND_ASSIGN(const auto all,
                       CallAs(consultant_, *sessions_, &Sessions::ListAttendances, list));
  ASSERT_EQ(all.attendances_size(), 3);
  for (const auto& each : all.attendances()) {
    if (each.channel() != common::v1::CHANNEL_PAPER) continue;
    EXPECT_EQ(each.suffices(), each.member() == MemberName(kClientA, 5)) << each.member();
  }
}

}  // namespace
}  // namespace staraction::training
