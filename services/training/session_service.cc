#include "services/training/session_service.h"

#include <cstdint>
#include <cstring>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_split.h"
#include "common/base/id.h"
#include "common/base/macros.h"
#include "common/pg/field_value.h"
#include "common/resource/etag.h"
#include "common/resource/mask.h"
#include "common/resource/name.h"
#include "common/status/errors.h"
#include "services/training/act.h"
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

// Six digits; who guesses is a known person at their own link, and only while check-in is open.
std::string NewCode() {
  uint32_t number = 0;
  std::memcpy(&number, RandomBytes(sizeof(number)).data(), sizeof(number));
  return absl::StrFormat("%06d", number % 1'000'000);
}

// A held session stays what it was: its attendances say that people were there.
absl::Status CheckPlanned(const v1::Session& session) {
  if (session.state() == v1::Session::STATE_PLANNED) return absl::OkStatus();
  return StateConflict(session.name(), v1::Session::State_Name(session.state()), "update");
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
        SA_RETURN_IF_ERROR(CheckTestedCourse(course, "session.course"));
        SA_RETURN_IF_ERROR(CheckTimes(session));
        SA_ASSIGN_OR_RETURN(const std::vector<SessionLink> links, LinksOf(call));
        session.set_name("sessions/" + NewId(call.now));
        session.set_pack(PackOf(*course));
        session.set_check_in_code(NewCode());
        session.set_state(v1::Session::STATE_PLANNED);
        return pool_.Write(call, *request, [&](Transaction& tx) -> absl::StatusOr<v1::Session> {
          SA_ASSIGN_OR_RETURN(v1::Session stored, SessionStore(tx).Insert(session, links));
          return Shown(std::move(stored), true);
        });
      });
}

SessionService::Reactor* SessionService::GetSession(Context* context,
                                                    const v1::GetSessionRequest* request,
                                                    v1::Session* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Read(call, [&](Transaction& tx) -> absl::StatusOr<v1::Session> {
      SA_ASSIGN_OR_RETURN(v1::Session session, SessionStore(tx).Get(request->name()));
      return Shown(std::move(session), IsConsultant(call));
    });
  });
}

SessionService::Reactor* SessionService::ListSessions(Context* context,
                                                      const v1::ListSessionsRequest* request,
                                                      v1::ListSessionsResponse* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Read(call, [&](Transaction& tx) -> absl::StatusOr<v1::ListSessionsResponse> {
      SA_ASSIGN_OR_RETURN(v1::ListSessionsResponse page, SessionStore(tx).List(*request));
      for (v1::Session& session : *page.mutable_sessions()) {
        session = Shown(std::move(session), IsConsultant(call));
      }
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
      return Shown(std::move(session), true);
    });
  });
}

}  // namespace staraction::training
