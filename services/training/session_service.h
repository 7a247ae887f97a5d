#ifndef STARACTION_SERVICES_TRAINING_SESSION_SERVICE_H_
#define STARACTION_SERVICES_TRAINING_SESSION_SERVICE_H_

#include <string>
#include <vector>

#include "common/content/library.h"
#include "common/pg/pool.h"
#include "common/rpc/rpc_layer.h"
#include "services/training/roster.h"
#include "services/training/store/session_store.h"
#include "staraction/training/v1/session_service.grpc.pb.h"

namespace staraction::training {

// Sessions and attendance. Thread safe. (Attendance: attendance_methods.cc.)
class SessionService final : public v1::SessionService::CallbackService {
 public:
  SessionService(RpcLayer& rpc, pg::Pool& pool, const content::Library& library, Roster& roster)
      : rpc_(rpc), pool_(pool), library_(library), roster_(roster) {}

  using Context = grpc::CallbackServerContext;
  using Reactor = grpc::ServerUnaryReactor;

  Reactor* CreateSession(Context* context, const v1::CreateSessionRequest* request,
                         v1::Session* response) override;
  Reactor* GetSession(Context* context, const v1::GetSessionRequest* request,
                      v1::Session* response) override;
  Reactor* ListSessions(Context* context, const v1::ListSessionsRequest* request,
                        v1::ListSessionsResponse* response) override;
  Reactor* UpdateSession(Context* context, const v1::UpdateSessionRequest* request,
                         v1::Session* response) override;
  Reactor* RecordAttendance(Context* context, const v1::RecordAttendanceRequest* request,
                            v1::RecordAttendanceResponse* response) override;
  Reactor* CheckIn(Context* context, const v1::CheckInRequest* request,
                   v1::Attendance* response) override;
  Reactor* ListEngagementAttendances(Context* context,
                                     const v1::ListEngagementAttendancesRequest* request,
                                     v1::ListEngagementAttendancesResponse* response) override;
  Reactor* ListAttendances(Context* context, const v1::ListAttendancesRequest* request,
                           v1::ListAttendancesResponse* response) override;

  // The engagements that a session, or what lies below it, is about: for the server layer, which
  // checks each before anybody sees the session.
  absl::StatusOr<std::vector<std::string>> EngagementsOf(const Call& call, const std::string& name);

 private:
  // INVALID_ARGUMENT on "scan" unless it is one of the only engagement that the entries are of.
  static absl::Status CheckScan(pg::Transaction& tx, const v1::RecordAttendanceRequest& request,
                                const std::vector<AttendanceEntry>& entries);
  // The participant's attendance at the session that the code names.
  absl::StatusOr<v1::Attendance> CheckIn(pg::Transaction& tx, const v1::CheckInRequest& request);
  // The request's entries, each of one of the session's clients and on its roster.
  absl::StatusOr<std::vector<AttendanceEntry>> CheckEntries(
      const Call& call, const v1::RecordAttendanceRequest& request, const v1::Session& session,
      const std::vector<SessionLink>& links);

  RpcLayer& rpc_;
  pg::Pool& pool_;
  const content::Library& library_;
  Roster& roster_;
};

}  // namespace staraction::training

#endif  // STARACTION_SERVICES_TRAINING_SESSION_SERVICE_H_
