#include "services/training/store/attempt_store.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/macros.h"
#include "common/resource/name.h"
#include "services/training/store/tables.h"

namespace staraction::training {
namespace {

using pg::Rows;
using pg::Statement;

template <typename T>
std::string ListSql(const pg::Table<T>& table, const char* id) {
  return absl::StrCat("select ", table.SelectList(), " from ", table.layout().spec().table,
                      R"( where organization_id = $1 and engagement_id = $2
      and (cardinality($3::uuid[]) = 0 or member_id = any ($3::uuid[])) and )",
                      id,
                      " > coalesce(nullif($4::text, '')::uuid, "
                      "'00000000-0000-0000-0000-000000000000') order by ",
                      id, " limit $5");
}

const Statement kListAttempts("attempts_of_members",
                              [] { return ListSql(kAttempts, "attempt_id"); });
const Statement kListFollowUps("follow_ups_of_members",
                               [] { return ListSql(kFollowUps, "follow_up_id"); });

const Statement kOfMember("attempts_of_member", [] {
  return absl::StrCat("select ", kAttempts.SelectList(), R"( from attempt
    where organization_id = $1 and engagement_id = $2 and member_id = $3
    order by coalesce(effective_time, create_time), create_time, attempt_id)");
});

const Statement kOpenFollowUps("open_follow_ups", R"(
  select count(*) as open from follow_up
  where organization_id = $1 and engagement_id = $2 and attempt_id = $3 and state = 'STATE_OPEN')");

const Statement kDropFollowUps("drop_follow_ups", R"(
  with dropped as (
    update follow_up set state = 'STATE_DROPPED', update_time = $4, version = version + 1
    where organization_id = $1 and engagement_id = $2 and attempt_id = $3 and state = 'STATE_OPEN')
  select topic from follow_up
  where organization_id = $1 and engagement_id = $2 and attempt_id = $3
    and state = 'STATE_COMPLETE')");

const Statement kLastAttended("last_attended", R"(
  select max(effective_time) as last_time from (
    select distinct on (a.session_id) a.present, a.effective_time from attendance a
    join session s on s.organization_id = a.organization_id and s.session_id = a.session_id
    where a.organization_id = $1 and a.engagement_id = $2 and a.member_id = $3
      and s.course_id = $4
    order by a.session_id, a.position desc) newest
  where present)");

const Statement kPapers("papers_of_course", [] {
  return absl::StrCat("select ", kPaperTests.SelectList(), R"( from paper_test
    where organization_id = $1 and engagement_id = $2 and course_id = $3
    order by paper_test_id)");
});

const Statement kFirstPack("first_pack", R"(
  select pack from (
    select create_time, pack from attempt
    where organization_id = $1 and engagement_id = $2 and course_id = $3
    union all select create_time, pack from paper_test
    where organization_id = $1 and engagement_id = $2 and course_id = $3) drawn
  order by create_time limit 1)");

template <typename T, typename Request>
absl::StatusOr<pg::ListPage<T>> ListPageOf(pg::Transaction& tx, const pg::Table<T>& table,
                                           const Statement& statement, const Request& request,
                                           const std::vector<std::string>& members) {
  SA_ASSIGN_OR_RETURN(const PageQuery page,
                      ReadPage(request.page_size(), request.page_token(), request, 1));
  SA_ASSIGN_OR_RETURN(const std::string after, pg::AfterUuid(page));
  SA_ASSIGN_OR_RETURN(const std::string engagement, EngagementId(request.parent(), "parent"));
  SA_ASSIGN_OR_RETURN(const Rows rows,
                      tx.Exec(statement, {tx.organization(), engagement, pg::ToArrayParam(members),
                                          after, pg::ToParam(int64_t{page.size} + 1)}));
  return table.ToPage(rows, page, request);
}

}  // namespace

absl::StatusOr<v1::ListAttemptsResponse> AttemptStore::List(
    const v1::ListAttemptsRequest& request, const std::vector<std::string>& members) {
  SA_ASSIGN_OR_RETURN(auto page, ListPageOf(tx_, kAttempts, kListAttempts, request, members));
  return pg::ToResponse(std::move(page), &v1::ListAttemptsResponse::mutable_attempts);
}

absl::StatusOr<v1::ListFollowUpsResponse> AttemptStore::List(
    const v1::ListFollowUpsRequest& request, const std::vector<std::string>& members) {
  SA_ASSIGN_OR_RETURN(auto page, ListPageOf(tx_, kFollowUps, kListFollowUps, request, members));
  return pg::ToResponse(std::move(page), &v1::ListFollowUpsResponse::mutable_follow_ups);
}

absl::StatusOr<std::vector<v1::Attempt>> AttemptStore::OfMember(const std::string& engagement,
                                                                const std::string& member) {
  SA_ASSIGN_OR_RETURN(const std::string engagement_id, EngagementId(engagement, "parent"));
  SA_ASSIGN_OR_RETURN(const std::string member_id, MemberId(member, "attempt.member"));
  SA_ASSIGN_OR_RETURN(const Rows rows,
                      tx_.Exec(kOfMember, {tx_.organization(), engagement_id, member_id}));
  std::vector<v1::Attempt> attempts;
  for (const pg::Row row : rows) attempts.push_back(kAttempts.FromRow(row));
  return attempts;
}

absl::StatusOr<int> AttemptStore::OpenFollowUps(const v1::Attempt& attempt) {
  SA_ASSIGN_OR_RETURN(const std::vector<std::string> ids,
                      ParseName(kAttempts.layout().pattern(), attempt.name()));
  SA_ASSIGN_OR_RETURN(const Rows rows,
                      tx_.Exec(kOpenFollowUps, {tx_.organization(), ids[0], ids[1]}));
  return static_cast<int>(rows[0].Int("open"));
}

absl::StatusOr<std::vector<std::string>> AttemptStore::DropFollowUps(const v1::Attempt& attempt) {
  SA_ASSIGN_OR_RETURN(const std::vector<std::string> ids,
                      ParseName(kAttempts.layout().pattern(), attempt.name()));
  SA_ASSIGN_OR_RETURN(const Rows rows, tx_.Exec(kDropFollowUps, {tx_.organization(), ids[0], ids[1],
                                                                 pg::ToParam(tx_.now())}));
  std::vector<std::string> done;
  for (const pg::Row row : rows) done.push_back(row.Text("topic"));
  return done;
}

absl::StatusOr<std::optional<absl::Time>> AttemptStore::LastAttended(const std::string& engagement,
                                                                     const std::string& member,
                                                                     const std::string& course) {
  SA_ASSIGN_OR_RETURN(const std::string engagement_id, EngagementId(engagement, "parent"));
  SA_ASSIGN_OR_RETURN(const std::string member_id, MemberId(member, "attempt.member"));
  SA_ASSIGN_OR_RETURN(const Rows rows, tx_.Exec(kLastAttended, {tx_.organization(), engagement_id,
                                                                member_id, LastId(course)}));
  if (rows.empty() || rows[0].IsNull("last_time")) return std::optional<absl::Time>();
  return std::optional<absl::Time>(rows[0].Time("last_time"));
}

absl::StatusOr<std::string> AttemptStore::FirstPack(const std::string& engagement,
                                                    const std::string& course) {
  SA_ASSIGN_OR_RETURN(const std::string engagement_id, EngagementId(engagement, "parent"));
  SA_ASSIGN_OR_RETURN(const Rows rows,
                      tx_.Exec(kFirstPack, {tx_.organization(), engagement_id, LastId(course)}));
  return rows.empty() ? std::string() : rows[0].Text("pack");
}

absl::StatusOr<std::vector<v1::PaperTest>> AttemptStore::Papers(const std::string& engagement,
                                                                const std::string& course) {
  SA_ASSIGN_OR_RETURN(const std::string engagement_id, EngagementId(engagement, "parent"));
  SA_ASSIGN_OR_RETURN(const Rows rows,
                      tx_.Exec(kPapers, {tx_.organization(), engagement_id, LastId(course)}));
  std::vector<v1::PaperTest> papers;
  for (const pg::Row row : rows) papers.push_back(kPaperTests.FromRow(row));
  return papers;
}

}  // namespace staraction::training
