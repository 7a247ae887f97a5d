#ifndef STARACTION_SERVICES_TRAINING_TEST_SESSIONS_H_
#define STARACTION_SERVICES_TRAINING_TEST_SESSIONS_H_

#include <string>
#include <vector>

#include "common/pg/field_value.h"
#include "services/training/test_training.h"

namespace staraction::training {

// Sessions that begin in an hour and last two.
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
    return test::CallAs(token, *sessions_, &Sessions::CreateSession, request);
  }
  absl::StatusOr<v1::Session> Get(const std::string& token, const std::string& name) {
    v1::GetSessionRequest request;
    request.set_name(name);
    return test::CallAs(token, *sessions_, &Sessions::GetSession, request);
  }
  absl::StatusOr<v1::ListSessionsResponse> List(const std::string& token,
                                                const std::string& engagement) {
    v1::ListSessionsRequest request;
    request.set_engagement(engagement);
    return test::CallAs(token, *sessions_, &Sessions::ListSessions, request);
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
    return test::CallAs(consultant_, *sessions_, &Sessions::RecordAttendance, request);
  }
};

}  // namespace staraction::training

#endif  // STARACTION_SERVICES_TRAINING_TEST_SESSIONS_H_
