#ifndef STARACTION_SERVICES_TRAINING_STORE_SESSION_STORE_H_
#define STARACTION_SERVICES_TRAINING_STORE_SESSION_STORE_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/pg/transaction.h"
#include "staraction/training/v1/session.pb.h"
#include "staraction/training/v1/session_service.pb.h"

namespace staraction::training {

// For whom a session is held. Ids.
struct SessionLink {
  std::string engagement;
  std::string client;
};

// One line of an attendance list. Ids.
struct AttendanceEntry {
  std::string client;
  std::string engagement;
  std::string member;
  bool present;
  bool suffices;
};

// How a list became known.
struct AttendanceSource {
  common::v1::Channel channel;
  std::string scan;  // name, or ""
};

// Sessions with what is computed from their links and attendances, as far as the call may see.
class SessionStore {
 public:
  explicit SessionStore(pg::Transaction& tx) : tx_(tx) {}

  // Stores a new session for these engagements.
  absl::StatusOr<v1::Session> Insert(v1::Session session, const std::vector<SessionLink>& links);
  absl::StatusOr<v1::Session> Get(const std::string& name);
  // As Get, and nobody else changes the session or its attendances until the end.
  absl::StatusOr<v1::Session> Lock(const std::string& name);
  absl::StatusOr<v1::Session> Update(v1::Session session);
  // Those of one engagement.
  absl::StatusOr<v1::ListSessionsResponse> List(const v1::ListSessionsRequest& request);
  // Of any session of the organization; empty if there is none.
  absl::StatusOr<std::vector<SessionLink>> Links(const std::string& name);
  // Stores those entries that say something new of their member; how many.
  absl::StatusOr<int> Record(const v1::Session& session, const AttendanceSource& source,
                             const std::vector<AttendanceEntry>& entries);
  // The newest record of a member (id) at a session; NOT_FOUND if there is none.
  absl::StatusOr<v1::Attendance> Newest(const v1::Session& session, const std::string& member);
  // Everything recorded about one engagement's people.
  absl::StatusOr<v1::ListEngagementAttendancesResponse> List(
      const v1::ListEngagementAttendancesRequest& request);
  // Name of the engagement's planned or held session with this code, the latest first; "" if there
  // is none.
  absl::StatusOr<std::string> FindByCode(const std::string& engagement, const std::string& code);

 private:
  pg::Transaction& tx_;
};

}  // namespace staraction::training

#endif  // STARACTION_SERVICES_TRAINING_STORE_SESSION_STORE_H_
