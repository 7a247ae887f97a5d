// Who was at a session: the attendance of SessionService.

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/base/date.h"
#include "common/base/macros.h"
#include "common/base/text.h"
#include "common/pg/field_value.h"
#include "common/resource/etag.h"
#include "common/resource/name.h"
#include "common/status/errors.h"
#include "services/training/act.h"
#include "services/training/courses.h"
#include "services/training/domain/session_rules.h"
#include "services/training/scans.h"
#include "services/training/session_service.h"
#include "services/training/store/tables.h"

namespace staraction::training {
namespace {

using pg::Transaction;

Violation UnknownMember(const std::string& field) {
  return {field, "is not on the roster of the session's clients on that day",
          "研修日の時点で、対象の会社の名簿に載っていません"};
}

}  // namespace

absl::StatusOr<std::vector<AttendanceEntry>> SessionService::CheckEntries(
    const Call& call, const v1::RecordAttendanceRequest& request, const v1::Session& session,
    const std::vector<SessionLink>& links) {
  const absl::CivilDay day = TokyoDay(pg::FromTimestamp(session.start_time()));
  std::map<std::string, std::map<std::string, std::string>> rosters;  // employment of members
  std::set<std::string> seen;
  std::vector<AttendanceEntry> entries;
  std::vector<Violation> violations;
  for (int i = 0; i < request.entries_size(); ++i) {
    const std::string& member = request.entries(i).member();
    const std::string field = absl::StrCat("entries[", i, "].member");
    const std::string client = ClientOf(member);
    const auto link = std::find_if(links.begin(), links.end(), [&](const SessionLink& each) {
      return "clients/" + each.client == client;
    });
    if (link == links.end()) {
      violations.push_back(UnknownMember(field));
      continue;
    }
    if (rosters.count(client) == 0) {
      SA_ASSIGN_OR_RETURN(const auto people,
                          roster_.List(call, "engagements/" + link->engagement, day));
      for (const Person& each : people) rosters[client][each.member.name()] = each.employment;
    }
    const auto found = rosters[client].find(member);
    if (found == rosters[client].end()) {
      violations.push_back(UnknownMember(field));
    } else if (!seen.insert(member).second) {
      violations.push_back({field, "came before", "同じ人が2回含まれています"});
    } else {
      SA_ASSIGN_OR_RETURN(const std::string id, MemberId(member, field));
      const auto* course = FindCourse(library_, session.course(), session.pack());
      entries.push_back({link->client, link->engagement, id, !request.entries(i).absent(),
                         course != nullptr && Suffices(*course, found->second)});
    }
  }
  if (!violations.empty()) return InvalidFields(violations);
  return entries;
}

absl::Status SessionService::CheckScan(Transaction& tx, const v1::RecordAttendanceRequest& request,
                                       const std::vector<AttendanceEntry>& entries) {
  if (request.scan().empty()) return absl::OkStatus();
  for (const AttendanceEntry& entry : entries) {
    if (EngagementOf(request.scan()) == "engagements/" + entry.engagement) continue;
    return InvalidField("scan", "wanted a scan of the engagement that all entries are of",
                        "出席名簿のスキャンは会社ごとに分け、その会社の人だけを記録してください");
  }
  return CheckScanOf(tx, request.scan(), request.scan(), request.channel());
}

absl::StatusOr<v1::Attendance> SessionService::CheckIn(Transaction& tx,
                                                       const v1::CheckInRequest& request) {
  SessionStore store(tx);
  const Call& call = tx.call();
  SA_ASSIGN_OR_RETURN(const std::string name,
                      store.FindByCode(request.engagement(), NormalizeCode(request.code())));
  if (name.empty()) {
    return InvalidField("code", "is the code of no session of this engagement",
                        "出席コードが違います。会場に示された6桁の数字を入力してください");
  }
  SA_ASSIGN_OR_RETURN(v1::Session session, store.Lock(name));
  SA_RETURN_IF_ERROR(CheckCheckIn(session, call.now));
  SA_ASSIGN_OR_RETURN(const std::string member, MemberId(request.member(), "member"));
  SA_ASSIGN_OR_RETURN(const std::string engagement,
                      EngagementId(request.engagement(), "engagement"));
  const auto* course = FindCourse(library_, session.course(), session.pack());
  // Whether a short course is enough depends on the roster, which participants cannot read.
  const bool suffices = course != nullptr && Suffices(*course, "");
  absl::StatusOr<v1::Attendance> before = store.Newest(session, member);
  if (before.ok() && before->present()) return before;
  if (!before.ok() && !absl::IsNotFound(before.status())) return before.status();
  const AttendanceEntry entry{call.client(), engagement, member, true, suffices};
  SA_ASSIGN_OR_RETURN(const auto channel,
                      ChannelOf(call, common::v1::CHANNEL_UNSPECIFIED, "channel"));
  SA_RETURN_IF_ERROR(store.Record(session, {channel, ""}, {entry}).status());
  if (session.state() == v1::Session::STATE_PLANNED) {
    session.set_state(v1::Session::STATE_HELD);
    SA_ASSIGN_OR_RETURN(session, store.Update(std::move(session)));
  }
  return store.Newest(session, member);
}

SessionService::Reactor* SessionService::CheckIn(Context* context,
                                                 const v1::CheckInRequest* request,
                                                 v1::Attendance* response) {
  return rpc_.Unary(
      context, request, response,
      [this, request](const Call& call) -> absl::StatusOr<v1::Attendance> {
        if (!IsParticipant(call)) {
          return MakeError(
              absl::StatusCode::kPermissionDenied, error::v1::ERROR_REASON_PERMISSION_DENIED,
              "only participants check in; others record attendance",
              "出席コードでの受付は本人だけができます。担当者は出席を記録してください");
        }
        SA_RETURN_IF_ERROR(CheckActsFor(call, request->member()));
        return pool_.Write(call, *request, [&](Transaction& tx) { return CheckIn(tx, *request); });
      });
}

SessionService::Reactor* SessionService::ListEngagementAttendances(
    Context* context, const v1::ListEngagementAttendancesRequest* request,
    v1::ListEngagementAttendancesResponse* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Read(call, [&](Transaction& tx) { return SessionStore(tx).List(*request); });
  });
}

SessionService::Reactor* SessionService::RecordAttendance(
    Context* context, const v1::RecordAttendanceRequest* request,
    v1::RecordAttendanceResponse* response) {
  using Response = v1::RecordAttendanceResponse;
  return rpc_.Unary(
      context, request, response, [this, request](const Call& call) -> absl::StatusOr<Response> {
        std::vector<SessionLink> links;
        SA_ASSIGN_OR_RETURN(const v1::Session known,
                            pool_.Read(call, [&](Transaction& tx) -> absl::StatusOr<v1::Session> {
                              SA_ASSIGN_OR_RETURN(links, SessionStore(tx).Links(request->name()));
                              return SessionStore(tx).Get(request->name());
                            }));
        SA_ASSIGN_OR_RETURN(const auto entries, CheckEntries(call, *request, known, links));
        return pool_.Write(call, *request, [&](Transaction& tx) -> absl::StatusOr<Response> {
          SessionStore store(tx);
          SA_ASSIGN_OR_RETURN(v1::Session session, store.Lock(request->name()));
          SA_RETURN_IF_ERROR(CheckEtag(request->etag(), session.etag(), session.name()));
          SA_RETURN_IF_ERROR(CheckBegun(session, call.now));
          SA_RETURN_IF_ERROR(CheckScan(tx, *request, entries));
          SA_ASSIGN_OR_RETURN(
              const int recorded,
              store.Record(session, {request->channel(), request->scan()}, entries));
          session.set_state(v1::Session::STATE_HELD);
          if (request->has_guest_count()) session.set_guest_count(request->guest_count());
          SA_ASSIGN_OR_RETURN(session, store.Update(std::move(session)));
          Response answer;
          *answer.mutable_session() = Shown(std::move(session), true);
          answer.set_recorded_count(recorded);
          answer.set_unchanged_count(request->entries_size() - recorded);
          return answer;
        });
      });
}

SessionService::Reactor* SessionService::ListAttendances(Context* context,
                                                         const v1::ListAttendancesRequest* request,
                                                         v1::ListAttendancesResponse* response) {
  using Response = v1::ListAttendancesResponse;
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Read(call, [&](Transaction& tx) -> absl::StatusOr<Response> {
      SA_ASSIGN_OR_RETURN(auto page, kAttendances.List(tx, request->parent(), *request));
      return pg::ToResponse(std::move(page), &Response::mutable_attendances);
    });
  });
}

}  // namespace staraction::training
