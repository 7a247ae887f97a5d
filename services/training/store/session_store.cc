#include "services/training/store/session_store.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "common/base/id.h"
#include "common/base/macros.h"
#include "common/pg/field_value.h"
#include "common/resource/name.h"
#include "common/status/errors.h"
#include "services/training/store/tables.h"

namespace staraction::training {
namespace {

using pg::Row;
using pg::Rows;
using pg::Statement;

// $1 organization, $2 engagements that the call is about. What is computed is taken from the rows
// that the call may see: attendances of its own clients.
std::string Select(const char* where) {
  return absl::StrCat("select ", kSessions.SelectList(), R"(,
    (select string_agg(e.engagement_id::text, ',' order by e.engagement_id)
     from session_engagement e
     where e.organization_id = $1 and e.session_id = session.session_id
       and e.engagement_id = any ($2::uuid[])) as engagement_ids,
    (select count(*) from (
       select distinct on (a.client_id, a.member_id) a.present from attendance a
       where a.organization_id = $1 and a.session_id = session.session_id
         and a.engagement_id = any ($2::uuid[])
       order by a.client_id, a.member_id, a.position desc) newest
     where newest.present) as present_count
    from session where organization_id = $1 and )",
                      where);
}

const Statement kGet("get_session_view", [] { return Select("session_id = $3"); });
const Statement kLock("lock_session_view", [] { return Select("session_id = $3 for update"); });
const Statement kList("list_session_view", [] {
  return Select(R"(session_id in (
      select e.session_id from session_engagement e
      where e.organization_id = $1 and e.engagement_id = any ($2::uuid[]))
    and session_id > coalesce(nullif($3::text, '')::uuid, '00000000-0000-0000-0000-000000000000')
    order by session_id limit $4)");
});

const Statement kInsertLinks("insert_session_engagement", R"(
  insert into session_engagement (organization_id, session_id, engagement_id, client_id)
  select $1, $2, l.engagement_id, l.client_id
  from unnest($3::uuid[], $4::uuid[]) as l (engagement_id, client_id))");

const Statement kLinks("session_engagements", R"(
  select engagement_id, client_id from session_engagement
  where organization_id = $1 and session_id = $2 order by engagement_id)");

const Statement kRecordAttendance("record_attendance", R"(
  with newest as (
    select distinct on (client_id, member_id) client_id, member_id, present, suffices, scan
    from attendance
    where organization_id = $1 and session_id = $2
    order by client_id, member_id, position desc)
  insert into attendance (organization_id, client_id, session_id, attendance_id, engagement_id,
                          member_id, present, channel, recorded_by, effective_time, create_time,
                          suffices, scan, second_factor)
  select $1, g.client_id, $2, g.attendance_id, g.engagement_id, g.member_id, g.present, $8, $9,
         $10, $11, g.suffices, $13, $14
  from unnest($3::uuid[], $4::uuid[], $5::uuid[], $6::uuid[], $7::boolean[], $12::boolean[])
    as g (attendance_id, client_id, engagement_id, member_id, present, suffices)
  left join newest on newest.client_id = g.client_id and newest.member_id = g.member_id
  where newest.present is distinct from g.present
    or g.present and g.suffices is distinct from newest.suffices
    -- A signed list often comes after who was there had been ticked off.
    or $13 <> '' and newest.scan <> $13)");

const Statement kNewestAttendance("newest_attendance", [] {
  return absl::StrCat("select ", kAttendances.SelectList(), R"( from attendance
    where organization_id = $1 and session_id = $2 and member_id = $3
    order by position desc limit 1)");
});

const Statement kEngagementAttendances("engagement_attendances", [] {
  return absl::StrCat("select ", kAttendances.SelectList(), R"( from attendance
    where organization_id = $1 and engagement_id = $2
      and attendance_id > coalesce(nullif($3::text, '')::uuid,
                                   '00000000-0000-0000-0000-000000000000')
    order by attendance_id limit $4)");
});

const Statement kByCode("session_by_code", R"(
  select s.session_id from session s
  join session_engagement e on e.organization_id = s.organization_id and e.session_id = s.session_id
  where s.organization_id = $1 and e.engagement_id = $2 and s.check_in_code = $3
    and s.check_in_code <> '' -- sessions from before there were codes
  order by s.start_time desc limit 1)");

absl::StatusOr<std::string> SessionId(const std::string& name) {
  SA_ASSIGN_OR_RETURN(const std::vector<std::string> ids,
                      ParseName(kSessions.layout().pattern(), name));
  if (!IsUuid(ids.back())) return NotFound(name);
  return ids.back();
}

v1::Session FromRow(const Row& row) {
  v1::Session session = kSessions.FromRow(row);
  const std::string ids = row.Text("engagement_ids");
  for (const absl::string_view id : absl::StrSplit(ids, ',', absl::SkipEmpty())) {
    session.add_engagements(absl::StrCat("engagements/", id));
  }
  session.set_present_count(static_cast<int32_t>(row.Int("present_count")));
  return session;
}

// Ids of the engagements that the call is about.
absl::StatusOr<pg::Param> Visible(const Call& call) {
  std::vector<std::string> ids;
  for (const std::string& name : call.access.engagements) {
    SA_ASSIGN_OR_RETURN(std::string id, EngagementId(name, "engagement"));
    ids.push_back(std::move(id));
  }
  return pg::ToArrayParam(ids);
}

absl::StatusOr<v1::Session> Read(pg::Transaction& tx, const Statement& statement,
                                 const std::string& name) {
  SA_ASSIGN_OR_RETURN(const std::string id, SessionId(name));
  SA_ASSIGN_OR_RETURN(const pg::Param visible, Visible(tx.call()));
  SA_ASSIGN_OR_RETURN(const Rows rows, tx.Exec(statement, {tx.organization(), visible, id}));
  if (rows.empty()) return NotFound(name);
  return FromRow(rows[0]);
}

}  // namespace

absl::StatusOr<v1::Session> SessionStore::Insert(v1::Session session,
                                                 const std::vector<SessionLink>& links) {
  SA_ASSIGN_OR_RETURN(session, kSessions.Insert(tx_, std::move(session)));
  SA_ASSIGN_OR_RETURN(const std::string id, SessionId(session.name()));
  std::vector<std::string> engagements, clients;
  for (const SessionLink& link : links) {
    engagements.push_back(link.engagement);
    clients.push_back(link.client);
  }
  SA_RETURN_IF_ERROR(tx_.Exec(kInsertLinks, {tx_.organization(), id, pg::ToArrayParam(engagements),
                                             pg::ToArrayParam(clients)})
                         .status());
  return Get(session.name());
}

absl::StatusOr<v1::Session> SessionStore::Get(const std::string& name) {
  return Read(tx_, kGet, name);
}

absl::StatusOr<v1::Session> SessionStore::Lock(const std::string& name) {
  return Read(tx_, kLock, name);
}

absl::StatusOr<v1::Session> SessionStore::Update(v1::Session session) {
  SA_RETURN_IF_ERROR(kSessions.Update(tx_, session).status());
  return Get(session.name());
}

absl::StatusOr<v1::ListSessionsResponse> SessionStore::List(
    const v1::ListSessionsRequest& request) {
  SA_ASSIGN_OR_RETURN(const PageQuery page,
                      ReadPage(request.page_size(), request.page_token(), request, 1));
  SA_ASSIGN_OR_RETURN(const std::string after, pg::AfterUuid(page));
  SA_ASSIGN_OR_RETURN(const pg::Param visible, Visible(tx_.call()));
  SA_ASSIGN_OR_RETURN(const Rows rows, tx_.Exec(kList, {tx_.organization(), visible, after,
                                                        pg::ToParam(int64_t{page.size} + 1)}));
  v1::ListSessionsResponse response;
  for (const Row row : rows) {
    if (response.sessions_size() == page.size) {
      const std::string& last = response.sessions(page.size - 1).name();
      response.set_next_page_token(NextToken(request, {last.substr(last.find('/') + 1)}));
      break;
    }
    *response.add_sessions() = FromRow(row);
  }
  return response;
}

absl::StatusOr<std::vector<SessionLink>> SessionStore::Links(const std::string& name) {
  std::vector<SessionLink> links;
  const absl::StatusOr<std::string> id = SessionId(name);
  if (!id.ok()) return links;  // no such session
  SA_ASSIGN_OR_RETURN(const Rows rows, tx_.Exec(kLinks, {tx_.organization(), *id}));
  for (const Row row : rows) links.push_back({row.Text("engagement_id"), row.Text("client_id")});
  return links;
}

absl::StatusOr<int> SessionStore::Record(const v1::Session& session, const AttendanceSource& source,
                                         const std::vector<AttendanceEntry>& entries) {
  SA_ASSIGN_OR_RETURN(const std::string session_id, SessionId(session.name()));
  std::vector<std::string> ids, clients, engagements, members, presents, suffices;
  for (const AttendanceEntry& entry : entries) {
    ids.push_back(NewId(tx_.now()));
    clients.push_back(entry.client);
    engagements.push_back(entry.engagement);
    members.push_back(entry.member);
    presents.push_back(entry.present ? "t" : "f");
    suffices.push_back(entry.suffices ? "t" : "f");
  }
  const absl::Time end = std::min(pg::FromTimestamp(session.end_time()), tx_.now());
  SA_ASSIGN_OR_RETURN(
      const Rows rows,
      tx_.Exec(
          kRecordAttendance,
          {tx_.organization(), session_id, pg::ToArrayParam(ids), pg::ToArrayParam(clients),
           pg::ToArrayParam(engagements), pg::ToArrayParam(members), pg::ToArrayParam(presents),
           common::v1::Channel_Name(source.channel), tx_.call().Actor(), pg::ToParam(end),
           pg::ToParam(tx_.now()), pg::ToArrayParam(suffices), source.scan,
           pg::ToParam(tx_.call().principal.second_factor)}));
  return rows.affected();
}

absl::StatusOr<v1::Attendance> SessionStore::Newest(const v1::Session& session,
                                                    const std::string& member) {
  SA_ASSIGN_OR_RETURN(const std::string session_id, SessionId(session.name()));
  SA_ASSIGN_OR_RETURN(const Rows rows,
                      tx_.Exec(kNewestAttendance, {tx_.organization(), session_id, member}));
  if (rows.empty()) return NotFound(session.name());
  return kAttendances.FromRow(rows[0]);
}

absl::StatusOr<v1::ListEngagementAttendancesResponse> SessionStore::List(
    const v1::ListEngagementAttendancesRequest& request) {
  SA_ASSIGN_OR_RETURN(const PageQuery page,
                      ReadPage(request.page_size(), request.page_token(), request, 1));
  SA_ASSIGN_OR_RETURN(const std::string after, pg::AfterUuid(page));
  SA_ASSIGN_OR_RETURN(const std::string engagement, EngagementId(request.parent(), "parent"));
  SA_ASSIGN_OR_RETURN(const Rows rows,
                      tx_.Exec(kEngagementAttendances, {tx_.organization(), engagement, after,
                                                        pg::ToParam(int64_t{page.size} + 1)}));
  return pg::ToResponse(kAttendances.ToPage(rows, page, request),
                        &v1::ListEngagementAttendancesResponse::mutable_attendances);
}

absl::StatusOr<std::string> SessionStore::FindByCode(const std::string& engagement,
                                                     const std::string& code) {
  SA_ASSIGN_OR_RETURN(const std::string id, EngagementId(engagement, "engagement"));
  SA_ASSIGN_OR_RETURN(const Rows rows, tx_.Exec(kByCode, {tx_.organization(), id, code}));
  return rows.empty() ? std::string() : "sessions/" + rows[0].Text("session_id");
}

}  // namespace staraction::training
