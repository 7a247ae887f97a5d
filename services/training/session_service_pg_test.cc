#include "common/pg/field_value.h"
#include "common/resource/etag.h"
#include "services/training/test_training.h"

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

class SessionTest : public TrainingTest {
 protected:
  v1::CreateSessionRequest Plan(const std::vector<std::string>& engagements) const {
    v1::CreateSessionRequest request;
    v1::Session& session = *request.mutable_session();
    for (const std::string& each : engagements) session.add_engagements(each);
    session.set_course(kCourse);
    session.set_place("商工会館 2階");
    *session.mutable_start_time() = pg::ToTimestamp(now_ + absl::Hours(1));
    *session.mutable_end_time() = pg::ToTimestamp(now_ + absl::Hours(3));
    return request;
  }
  absl::StatusOr<v1::Session> Create(const std::string& token,
                                     const v1::CreateSessionRequest& request) {
    return CallAs(token, *sessions_, &Sessions::CreateSession, request);
  }
  absl::StatusOr<v1::Session> Get(const std::string& token, const std::string& name) {
    v1::GetSessionRequest request;
    request.set_name(name);
    return CallAs(token, *sessions_, &Sessions::GetSession, request);
  }
  absl::StatusOr<v1::ListSessionsResponse> List(const std::string& token,
                                                const std::string& engagement) {
    v1::ListSessionsRequest request;
    request.set_engagement(engagement);
    return CallAs(token, *sessions_, &Sessions::ListSessions, request);
  }
  static v1::RecordAttendanceRequest Attendance(const std::string& session,
                                                const std::vector<std::string>& members) {
    v1::RecordAttendanceRequest request;
    request.set_name(session);
    request.set_channel(common::v1::CHANNEL_PAPER);
    for (const std::string& member : members) request.add_entries()->set_member(member);
    return request;
  }
  absl::StatusOr<v1::RecordAttendanceResponse> Record(const v1::RecordAttendanceRequest& request) {
    return CallAs(consultant_, *sessions_, &Sessions::RecordAttendance, request);
  }
};

TEST_F(SessionTest, CoursesAreReadWithoutTheirQuestions) {
  v1::ListCoursesRequest list;
  ASSERT_OK_AND_ASSIGN(const auto page,
                       CallAs(consultant_, *courses_, &Courses::ListCourses, list));
  ASSERT_EQ(page.courses_size(), 4);
  EXPECT_EQ(page.courses(2).name(), kCourse);
  EXPECT_EQ(page.courses(2).question_count(), 14);
  EXPECT_EQ(page.courses(2).pass_percent(), 80);
  EXPECT_EQ(page.courses(2).modules(0).body(), "");
  v1::GetCourseRequest get;
  get.set_name(kCourse);
  for (const std::string& token : {consultant_, president_, Participant(2)}) {
    ASSERT_OK_AND_ASSIGN(const auto course, CallAs(token, *courses_, &Courses::GetCourse, get));
    EXPECT_NE(course.modules(0).body(), "");
  }
  get.set_name("courses/none");
  EXPECT_THAT(CallAs(consultant_, *courses_, &Courses::GetCourse, get),
              StatusIs(StatusCode::kNotFound));
  EXPECT_THAT(CallAs("", *courses_, &Courses::GetCourse, get),
              StatusIs(StatusCode::kUnauthenticated));
}

TEST_F(SessionTest, JointSessionIsSeenByThoseOfAllItsEngagements) {
  ASSERT_OK_AND_ASSIGN(const v1::Session session, Create(consultant_, Plan({kA, kB})));
  EXPECT_THAT(session.engagements(), ElementsAre(kA, kB));
  EXPECT_EQ(session.state(), v1::Session::STATE_PLANNED);
  EXPECT_EQ(session.pack().substr(0, 4), "urn:");
  EXPECT_THAT(session.allowed_actions(), ElementsAre("update", "recordAttendance"));
  ASSERT_OK_AND_ASSIGN(const v1::Session read, Get(consultant_, session.name()));
  EXPECT_EQ(read.DebugString(), session.DebugString());

  EXPECT_THAT(Get(colleague_, session.name()), StatusIs(StatusCode::kPermissionDenied));
  EXPECT_THAT(Get(president_, session.name()), StatusIs(StatusCode::kPermissionDenied));
  EXPECT_THAT(Get(stranger_, session.name()), StatusIs(StatusCode::kPermissionDenied));
  EXPECT_THAT(Get(Participant(2), session.name()), StatusIs(StatusCode::kPermissionDenied));
  EXPECT_THAT(Get(consultant_, "sessions/0190a000-0000-7000-8000-000000000999"),
              StatusIs(StatusCode::kPermissionDenied));
  EXPECT_THAT(Get(consultant_, "sessions/x"), StatusIs(StatusCode::kPermissionDenied));

  // The president's list names the president's engagement only.
  ASSERT_OK_AND_ASSIGN(const auto of_a, List(president_, kA));
  ASSERT_EQ(of_a.sessions_size(), 1);
  EXPECT_THAT(of_a.sessions(0).engagements(), ElementsAre(kA));
  EXPECT_THAT(List(president_, kB), StatusIs(StatusCode::kPermissionDenied));
  ASSERT_OK_AND_ASSIGN(const auto of_a2, List(consultant_, kA2));
  EXPECT_THAT(of_a2.sessions(), IsEmpty());
}

TEST_F(SessionTest, CreateRefuses) {
  EXPECT_THAT(Create(president_, Plan({kA})), StatusIs(StatusCode::kPermissionDenied));
  EXPECT_THAT(Create(colleague_, Plan({kA, kB})), StatusIs(StatusCode::kPermissionDenied));
  EXPECT_THAT(Create(Participant(1), Plan({kA})), StatusIs(StatusCode::kPermissionDenied));
  EXPECT_THAT(Create(consultant_, Plan({kA, kA2})), StatusIs(StatusCode::kInvalidArgument));
  auto request = Plan({kA});
  request.mutable_session()->set_course("courses/none");
  EXPECT_THAT(Create(consultant_, request), StatusIs(StatusCode::kInvalidArgument));
  request = Plan({kA});
  *request.mutable_session()->mutable_end_time() = request.session().start_time();
  EXPECT_THAT(Create(consultant_, request), StatusIs(StatusCode::kInvalidArgument));
  request = Plan({kA});
  request.mutable_session()->set_place("one\ntwo");
  EXPECT_THAT(Create(consultant_, request), StatusIs(StatusCode::kInvalidArgument));
  request = Plan({absl::StrCat("clients/", kClientA)});
  EXPECT_THAT(Create(consultant_, request), StatusIs(StatusCode::kInvalidArgument));
}

TEST_F(SessionTest, RepeatedCreateMakesOneSession) {
  auto request = Plan({kA});
  request.set_request_id("11111111-1111-4111-8111-111111111111");
  ASSERT_OK_AND_ASSIGN(const v1::Session first, Create(consultant_, request));
  ASSERT_OK_AND_ASSIGN(const v1::Session second, Create(consultant_, request));
  EXPECT_EQ(first.name(), second.name());
  EXPECT_EQ(service_->database().Query("select count(*) as value from training.session"), "1");
  request.mutable_session()->set_place("elsewhere");
  EXPECT_THAT(Create(consultant_, request), StatusIs(StatusCode::kInvalidArgument));
}

TEST_F(SessionTest, UpdateMovesAPlannedSession) {
  ASSERT_OK_AND_ASSIGN(const v1::Session session, Create(consultant_, Plan({kA, kB})));
  v1::UpdateSessionRequest request;
  request.mutable_session()->set_name(session.name());
  request.mutable_session()->set_place("本社 会議室");
  request.mutable_session()->set_etag(session.etag());
  ASSERT_OK_AND_ASSIGN(const v1::Session moved,
                       CallAs(consultant_, *sessions_, &Sessions::UpdateSession, request));
  EXPECT_EQ(moved.place(), "本社 会議室");
  EXPECT_THAT(moved.engagements(), ElementsAre(kA, kB));
  EXPECT_NE(moved.etag(), session.etag());
  EXPECT_THAT(CallAs(consultant_, *sessions_, &Sessions::UpdateSession, request),
              StatusIs(StatusCode::kAborted));
  request.mutable_session()->clear_etag();
  request.mutable_session()->add_engagements(kA);
  EXPECT_THAT(CallAs(consultant_, *sessions_, &Sessions::UpdateSession, request),
              StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(CallAs(colleague_, *sessions_, &Sessions::UpdateSession, request),
              StatusIs(StatusCode::kPermissionDenied));
}

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

TEST_F(SessionTest, ListGoesPageByPage) {
  for (int i = 0; i < 3; ++i) {
    ASSERT_OK(Create(consultant_, Plan({kA})));
    Pass(absl::Seconds(1));
  }
  v1::ListSessionsRequest request;
  request.set_engagement(kA);
  request.set_page_size(2);
  ASSERT_OK_AND_ASSIGN(const auto first,
                       CallAs(consultant_, *sessions_, &Sessions::ListSessions, request));
  EXPECT_EQ(first.sessions_size(), 2);
  request.set_page_token(first.next_page_token());
  ASSERT_OK_AND_ASSIGN(const auto second,
                       CallAs(consultant_, *sessions_, &Sessions::ListSessions, request));
  EXPECT_EQ(second.sessions_size(), 1);
  EXPECT_EQ(second.next_page_token(), "");
  EXPECT_LT(first.sessions(1).name(), second.sessions(0).name());
}

}  // namespace
}  // namespace staraction::training
