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
