#include "services/engagement/store/portfolio.h"

#include "absl/strings/str_cat.h"
#include "common/base/date.h"
#include "common/base/id.h"
#include "common/base/macros.h"
#include "common/base/text.h"
#include "common/pg/field_value.h"
#include "common/pg/table.h"
#include "common/resource/name.h"
#include "common/resource/page.h"
#include "common/status/errors.h"
#include "services/engagement/domain/life.h"
#include "services/engagement/store/tables.h"

namespace staraction::engagement {
namespace {

constexpr char kNothingDue[] = "9999-12-31";
constexpr char kNobody[] = "00000000-0000-0000-0000-000000000000";

std::string Columns() {
  return kEngagements.SelectList() + ", readiness, next_due_date, client_display_name, client_kind";
}

// The client's columns come from a join and get names of their own. `more`: columns beyond those of
// lists.
std::string WithClient(const std::string& where, const std::string& more = "") {
  return absl::StrCat("select ", Columns(), more, R"( from (
      select e.*, c.legal_name as client_display_name, c.kind as client_kind,
             c.search_text as client_search_text
      from engagement e join client c using (organization_id, client_id)) as x )",
                      where);
}

const pg::Statement kGet("get_engagement_with_summary", [] {
  return WithClient("where organization_id = $1 and engagement_id = $2", ", renewal");
});

// $2 states, $3 pilots or not, $4 star, $5 consultant, $6 due before, $7 kinds, $8 part of the
// client's name; $9, $10 the last row seen. The index on (pilot, sort_day, engagement_id) gives the
// order, so a page costs the same however many engagements there are.
std::string Portfolio(const std::string& of_user) {
  return WithClient(R"(
    where organization_id = $1 and pilot = $3 and state = any ($2::text[])
      and ($4 = 0 or star = $4)
      and ($5::uuid is null or exists (
        select from client_access a
        where a.organization_id = $1 and a.client_id = x.client_id and a.user_id = $5
          and a.role = 'ROLE_CONSULTANT' and a.revoke_time is null))
      and ($6::date is null or sort_day < $6)
      and ($7::text[] = '{}' or client_kind = any ($7))
      and ($8::text = '' or position($8 in client_search_text) > 0)
      and (sort_day, engagement_id)
          > (coalesce(nullif($9::text, '')::date, '-infinity'),
             coalesce(nullif($10::text, '')::uuid, '00000000-0000-0000-0000-000000000000'))
      )" + of_user + R"(
    order by sort_day, engagement_id limit $11)");
}

const pg::Statement kList("list_portfolio", [] { return Portfolio(""); });

// The same for one user's clients: led by them, who are few, and not by the order of all.
const pg::Statement kListOfUser("list_portfolio_of_user", [] {
  return Portfolio(R"(and client_id in (
    select client_id from client_access
    where organization_id = $1 and user_id = $12::uuid and revoke_time is null))");
});

const pg::Statement kOfClient("engagements_of_client", [] {
  return WithClient(R"(
    where organization_id = $1 and client_id = $2
      and engagement_id > coalesce(nullif($3::text, '')::uuid, '00000000-0000-0000-0000-000000000000')
    order by engagement_id limit $4)");
});

const pg::Statement kOpen("open_engagements", [] {
  return absl::StrCat("select ", kEngagements.SelectList(), R"( from engagement
    where organization_id = $1 and client_id = $2
      and state not in ('STATE_CLOSED', 'STATE_CANCELLED'))");
});

// $3 criteria that are met, $4 that are not.
const pg::Statement kSettleTasks("settle_tasks", R"(
  update task set
      state = case when done_when = any ($3::text[]) then 'STATE_DONE' else 'STATE_OPEN' end,
      complete_time = case when done_when = any ($3::text[]) then $5::timestamptz end,
      completed_by = case when done_when = any ($3::text[]) then 'services/engagement' else '' end,
      update_time = $5, version = version + 1
  where organization_id = $1 and engagement_id = $2
    and ((state = 'STATE_OPEN' and done_when = any ($3::text[]))
      or (state = 'STATE_DONE' and completed_by = 'services/engagement'
          and done_when = any ($4::text[]))))");

const pg::Statement kStoreSummary("store_readiness_summary", R"(
  update engagement set readiness = $3, next_due_date = next_due_day($1, $2),
    figures = (select coalesce(jsonb_object_agg(code, value), '{}')
               from unnest($4::text[], $5::double precision[]) as f (code, value))
  where organization_id = $1 and engagement_id = $2)");

v1::Engagement FromRow(const pg::Row& row, absl::CivilDay today) {
  v1::Engagement engagement = kEngagements.FromRow(row);
  for (const std::string& action : domain::ActionsOf(engagement.state())) {
    engagement.add_allowed_actions(action);
  }
  engagement.set_client_display_name(row.Text("client_display_name"));
  const auto* readiness = v1::Engagement::descriptor()->FindFieldByName("readiness");
  pg::FieldFromColumn(row, "readiness", readiness, engagement);
  const auto* due = v1::ReadinessSummary::descriptor()->FindFieldByName("next_due_date");
  pg::FieldFromColumn(row, "next_due_date", due, *engagement.mutable_readiness());
  const auto* kind = v1::Engagement::descriptor()->FindFieldByName("client_kind");
  pg::FieldFromColumn(row, "client_kind", kind, engagement);
  const auto next = FromProtoDate(engagement.readiness().next_due_date());
  engagement.set_overdue(next && *next < today);
  return engagement;
}

std::vector<std::string> StatesOf(const v1::ListEngagementsRequest& request) {
  std::vector<std::string> states;
  for (const int state : request.states()) {
    states.push_back(v1::Engagement::State_Name(static_cast<v1::Engagement::State>(state)));
  }
  if (states.empty()) {
    states = {"STATE_CONTRACTED", "STATE_ACTIVE", "STATE_DECLARED", "STATE_SUSTAINING"};
  }
  return states;
}

std::vector<std::string> KindsOf(const v1::ListEngagementsRequest& request) {
  std::vector<std::string> kinds;
  for (const int kind : request.client_kinds()) {
    kinds.push_back(v1::ClientKind_Name(static_cast<v1::ClientKind>(kind)));
  }
  return kinds;
}

pg::Param UserParam(const std::string& user) {
  if (user.empty()) return pg::Param();
  return IsUuid(LastId(user)) ? LastId(user) : std::string(kNobody);
}

// Overdue by n days or more: due before today less n - 1.
pg::Param DueBefore(const v1::ListEngagementsRequest& request, absl::CivilDay today) {
  if (request.min_overdue_days() == 0) return pg::Param();
  return FormatIsoDate(today - request.min_overdue_days() + 1);
}

absl::StatusOr<pg::Params> PortfolioParams(const pg::Transaction& tx,
                                           const v1::ListEngagementsRequest& request,
                                           const PageQuery& page) {
  std::string day, id;
  if (!page.after_key.empty()) {
    day = page.after_key[0];
    id = page.after_key[1];
    if (!IsUuid(id) || !ParseDate(day).ok()) {
      return InvalidField("page_token", "was not made by this list",
                          "この一覧のトークンではありません");
    }
  }
  pg::Params params = {tx.organization(),
                       pg::ToArrayParam(StatesOf(request)),
                       pg::ToParam(request.pilots()),
                       pg::ToParam(int64_t{request.star()}),
                       UserParam(request.consultant()),
                       DueBefore(request, TokyoDay(tx.now())),
                       pg::ToArrayParam(KindsOf(request)),
                       FoldForSearch(request.query()),
                       day,
                       id,
                       pg::ToParam(int64_t{page.size} + 1)};
  const std::string& portfolio = tx.call().access.portfolio;
  if (portfolio != "all") params.push_back(IsUuid(portfolio) ? portfolio : std::string(kNobody));
  return params;
}

}  // namespace

absl::StatusOr<v1::Engagement> GetWithSummary(pg::Transaction& tx, const std::string& name) {
  if (!IsUuid(LastId(name))) return NotFound(name);
  SA_ASSIGN_OR_RETURN(const pg::Rows rows, tx.Exec(kGet, {tx.organization(), LastId(name)}));
  if (rows.empty()) return NotFound(name);
  v1::Engagement engagement = FromRow(rows[0], TokyoDay(tx.now()));
  const auto* renewal = v1::Engagement::descriptor()->FindFieldByName("renewal");
  pg::FieldFromColumn(rows[0], "renewal", renewal, engagement);
  return engagement;
}

absl::StatusOr<v1::ListEngagementsResponse> ListPortfolio(
    pg::Transaction& tx, const v1::ListEngagementsRequest& request) {
  SA_ASSIGN_OR_RETURN(const PageQuery page,
                      ReadPage(request.page_size(), request.page_token(), request, 2));
  SA_ASSIGN_OR_RETURN(const pg::Params params, PortfolioParams(tx, request, page));
  const bool all = tx.call().access.portfolio == "all";
  SA_ASSIGN_OR_RETURN(const pg::Rows rows, tx.Exec(all ? kList : kListOfUser, params));
  v1::ListEngagementsResponse response;
  for (const pg::Row row : rows) {
    if (response.engagements_size() == page.size) {
      const v1::Engagement& last = response.engagements(page.size - 1);
      const auto due = FromProtoDate(last.readiness().next_due_date());
      response.set_next_page_token(
          NextToken(request, {due ? FormatIsoDate(*due) : kNothingDue, LastId(last.name())}));
      break;
    }
    *response.add_engagements() = FromRow(row, TokyoDay(tx.now()));
  }
  return response;
}

absl::StatusOr<v1::ListClientEngagementsResponse> ListOfClient(
    pg::Transaction& tx, const v1::ListClientEngagementsRequest& request) {
  SA_ASSIGN_OR_RETURN(const PageQuery page,
                      ReadPage(request.page_size(), request.page_token(), request, 1));
  SA_ASSIGN_OR_RETURN(const std::string after, pg::AfterUuid(page));
  SA_ASSIGN_OR_RETURN(const pg::Rows rows,
                      tx.Exec(kOfClient, {tx.organization(), tx.call().client(), after,
                                          pg::ToParam(int64_t{page.size} + 1)}));
  v1::ListClientEngagementsResponse response;
  for (const pg::Row row : rows) {
    if (response.engagements_size() == page.size) {
      response.set_next_page_token(
          NextToken(request, {LastId(response.engagements(page.size - 1).name())}));
      break;
    }
    *response.add_engagements() = FromRow(row, TokyoDay(tx.now()));
  }
  return response;
}

absl::StatusOr<std::vector<v1::Engagement>> OpenEngagements(pg::Transaction& tx) {
  SA_ASSIGN_OR_RETURN(const pg::Rows rows, tx.Exec(kOpen, {tx.organization(), tx.call().client()}));
  std::vector<v1::Engagement> engagements;
  for (const pg::Row row : rows) engagements.push_back(kEngagements.FromRow(row));
  return engagements;
}

absl::Status SettleTasks(pg::Transaction& tx, const std::string& engagement,
                         const v1::Readiness& readiness) {
  std::vector<std::string> met, unmet;
  for (const auto& criterion : readiness.criteria()) {
    if (criterion.verdict() == v1::CriterionState::VERDICT_MET) met.push_back(criterion.code());
    if (criterion.verdict() == v1::CriterionState::VERDICT_UNMET) unmet.push_back(criterion.code());
  }
  return tx
      .Exec(kSettleTasks, {tx.organization(), LastId(engagement), pg::ToArrayParam(met),
                           pg::ToArrayParam(unmet), pg::ToParam(tx.now())})
      .status();
}

absl::Status StoreSummary(pg::Transaction& tx, const std::string& engagement,
                          const v1::ReadinessSummary& summary, const domain::Figures& figures) {
  std::vector<std::string> codes, values;
  for (const auto& [code, value] : figures) {
    codes.push_back(code);
    values.push_back(absl::StrCat(value));
  }
  v1::Engagement carrier;
  *carrier.mutable_readiness() = summary;
  carrier.mutable_readiness()->clear_next_due_date();  // has a column of its own, to sort by
  return tx
      .Exec(kStoreSummary,
            {tx.organization(), LastId(engagement),
             pg::FieldToParam(carrier, v1::Engagement::descriptor()->FindFieldByName("readiness")),
             pg::ToArrayParam(codes), pg::ToArrayParam(values)})
      .status();
}

}  // namespace staraction::engagement
