#include "services/training/session_service.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "common/base/date.h"
#include "common/base/id.h"
#include "common/base/macros.h"
#include "common/pg/field_value.h"
#include "common/resource/etag.h"
#include "common/resource/mask.h"
#include "common/resource/name.h"
#include "common/status/errors.h"
#include "services/training/courses.h"
#include "services/training/domain/session_rules.h"
#include "services/training/store/tables.h"

namespace staraction::training {
namespace {

using pg::Transaction;

// Resolved access lists clients and engagements in one order, each once; so they pair up exactly if
// each engagement is of another client.
absl::StatusOr<std::vector<SessionLink>> LinksOf(const Call& call) {
  const Access& access = call.access;
  if (access.engagements.size() != access.clients.size()) {
    return InvalidField("session.engagements", "wanted one engagement of each client",
                        "1社につき支援案件を1つだけ指定してください");
  }
  std::vector<SessionLink> links;
  for (size_t i = 0; i < access.engagements.size(); ++i) {
    SA_ASSIGN_OR_RETURN(std::string id, EngagementId(access.engagements[i], "session.engagements"));
    links.push_back({std::move(id), access.clients[i]});
  }
  return links;
}

// A held session stays what it was: its attendances say that people were there.
absl::Status CheckPlanned(const v1::Session& session) {
  if (session.state() == v1::Session::STATE_PLANNED) return absl::OkStatus();
  return StateConflict(session.name(), v1::Session::State_Name(session.state()), "update");
}

Violation UnknownMember(const std::string& field) {
  return {field, "is not on the roster of the session's clients on that day",
          "研修日の時点で、対象の会社の名簿に載っていません"};
}

}  // namespace

absl::StatusOr<std::vector<std::string>> SessionService::EngagementsOf(const Call& call,
                                                                       const std::string& name) {
  const std::vector<std::string> parts = absl::StrSplit(name, '/');
  if (parts.size() < 2) return std::vector<std::string>();
  return pool_.Read(call, [&](Transaction& tx) -> absl::StatusOr<std::vector<std::string>> {
    SA_ASSIGN_OR_RETURN(const auto links,
                        SessionStore(tx).Links(absl::StrCat(parts[0], "/", parts[1])));
    std::vector<std::string> names;
    for (const SessionLink& link : links) names.push_back("engagements/" + link.engagement);
    return names;
  });
}

SessionService::Reactor* SessionService::CreateSession(Context* context,
                                                       const v1::CreateSessionRequest* request,
                                                       v1::Session* response) {
  return rpc_.Unary(
      context, request, response, [this, request](const Call& call) -> absl::StatusOr<v1::Session> {
        v1::Session session = request->session();
        const auto* course = FindCourse(library_, session.course());
        if (course == nullptr) {
          return InvalidField("session.course", "is no course that is loaded",
                              "存在しない研修コースです");
        }
        SA_RETURN_IF_ERROR(CheckTimes(session));
        SA_ASSIGN_OR_RETURN(const std::vector<SessionLink> links, LinksOf(call));
        session.set_name("sessions/" + NewId(call.now));
        session.set_pack(PackOf(*course));
        session.set_state(v1::Session::STATE_PLANNED);
        return pool_.Write(call, *request, [&](Transaction& tx) -> absl::StatusOr<v1::Session> {
          SA_ASSIGN_OR_RETURN(v1::Session stored, SessionStore(tx).Insert(session, links));
          return Shown(std::move(stored));
        });
      });
}

SessionService::Reactor* SessionService::GetSession(Context* context,
                                                    const v1::GetSessionRequest* request,
                                                    v1::Session* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Read(call, [&](Transaction& tx) -> absl::StatusOr<v1::Session> {
      SA_ASSIGN_OR_RETURN(v1::Session session, SessionStore(tx).Get(request->name()));
      return Shown(std::move(session));
    });
  });
}

SessionService::Reactor* SessionService::ListSessions(Context* context,
                                                      const v1::ListSessionsRequest* request,
                                                      v1::ListSessionsResponse* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Read(call, [&](Transaction& tx) -> absl::StatusOr<v1::ListSessionsResponse> {
      SA_ASSIGN_OR_RETURN(v1::ListSessionsResponse page, SessionStore(tx).List(*request));
      for (v1::Session& session : *page.mutable_sessions()) session = Shown(std::move(session));
      return page;
    });
  });
}

SessionService::Reactor* SessionService::UpdateSession(Context* context,
                                                       const v1::UpdateSessionRequest* request,
                                                       v1::Session* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Write(call, *request, [&](Transaction& tx) -> absl::StatusOr<v1::Session> {
      SessionStore store(tx);
      const v1::Session& patch = request->session();
      SA_ASSIGN_OR_RETURN(v1::Session session, store.Lock(patch.name()));
      SA_RETURN_IF_ERROR(CheckEtag(patch.etag(), session.etag(), session.name()));
      SA_RETURN_IF_ERROR(CheckPlanned(session));
      SA_RETURN_IF_ERROR(ApplyUpdate(request->update_mask(), patch, &session));
      SA_RETURN_IF_ERROR(CheckTimes(session));
      SA_ASSIGN_OR_RETURN(session, store.Update(std::move(session)));
      return Shown(std::move(session));
    });
  });
}

absl::StatusOr<std::vector<AttendanceEntry>> SessionService::CheckEntries(
    const Call& call, const v1::RecordAttendanceRequest& request, const v1::Session& session,
    const std::vector<SessionLink>& links) {
  const absl::CivilDay day = TokyoDay(pg::FromTimestamp(session.start_time()));
  std::map<std::string, std::set<std::string>> rosters;  // names, by client
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
      SA_ASSIGN_OR_RETURN(const auto members, roster_.List(call, client, day));
      for (const auto& each : members) rosters[client].insert(each.name());
    }
    if (rosters[client].count(member) == 0) {
      violations.push_back(UnknownMember(field));
    } else if (!seen.insert(member).second) {
      violations.push_back({field, "came before", "同じ人が2回含まれています"});
    } else {
      SA_ASSIGN_OR_RETURN(const std::string id, MemberId(member, field));
      entries.push_back({link->client, link->engagement, id, !request.entries(i).absent()});
    }
  }
  if (!violations.empty()) return InvalidFields(violations);
  return entries;
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
          SA_ASSIGN_OR_RETURN(const int recorded,
                              store.Record(session, request->channel(), entries));
          session.set_state(v1::Session::STATE_HELD);
          SA_ASSIGN_OR_RETURN(session, store.Update(std::move(session)));
          Response answer;
          *answer.mutable_session() = Shown(std::move(session));
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
