#include "services/engagement/store/portfolio.h"

#include "absl/strings/str_cat.h"
#include "common/base/date.h"
#include "common/base/id.h"
#include "common/base/macros.h"
#include "common/pg/field_value.h"
#include "common/pg/table.h"
#include "common/resource/name.h"
#include "common/resource/page.h"
#include "common/status/errors.h"
#include "services/engagement/domain/life.h"
#include "services/engagement/store/tables.h"

namespace staraction::engagement {
namespace {

std::string Columns() {
  return kEngagements.SelectList() + ", readiness, next_due_date, client_display_name";
}

// The client's name comes from a join, so its columns get a name of their own.
std::string WithClient(const std::string& where) {
  return absl::StrCat("select ", Columns(), R"( from (
      select e.*, c.legal_name as client_display_name
      from engagement e join client c using (organization_id, client_id)) as x )",
                      where);
}

const pg::Statement kGet("get_engagement_with_summary", [] {
  return WithClient("where organization_id = $1 and engagement_id = $2");
});

// $2 states; $3, $4 the last row seen ('' at the start). Days without a due day come last.
const pg::Statement kList("list_portfolio", [] {
  return WithClient(R"(
    where organization_id = $1 and state = any ($2::text[])
      and ($4::text = '' or (coalesce(next_due_date, '9999-12-31'), engagement_id)
                            > (coalesce(nullif($3::text, '')::date, '9999-12-31'),
                               nullif($4::text, '')::uuid))
    order by coalesce(next_due_date, '9999-12-31'), engagement_id limit $5)");
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

const pg::Statement kCompleteTasks("complete_tasks", R"(
  update task set state = 'STATE_DONE', complete_time = $4, update_time = $4, version = version + 1,
         completed_by = 'services/engagement'
  where organization_id = $1 and engagement_id = $2 and state = 'STATE_OPEN'
    and done_when = any ($3::text[]))");

const pg::Statement kStoreSummary("store_readiness_summary", R"(
  update engagement set readiness = $3, next_due_date = (
    select min(due_date) from task t
    where t.organization_id = $1 and t.engagement_id = $2 and t.state = 'STATE_OPEN')
  where organization_id = $1 and engagement_id = $2)");

v1::Engagement FromRow(const pg::Row& row) {
  v1::Engagement engagement = kEngagements.FromRow(row);
  for (const std::string& action : domain::ActionsOf(engagement.state())) {
    engagement.add_allowed_actions(action);
  }
  engagement.set_client_display_name(row.Text("client_display_name"));
  const auto* readiness = v1::Engagement::descriptor()->FindFieldByName("readiness");
  pg::FieldFromColumn(row, "readiness", readiness, engagement);
  const auto* due = v1::ReadinessSummary::descriptor()->FindFieldByName("next_due_date");
  pg::FieldFromColumn(row, "next_due_date", due, *engagement.mutable_readiness());
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

}  // namespace

absl::StatusOr<v1::Engagement> GetWithSummary(pg::Transaction& tx, const std::string& name) {
  if (!IsUuid(LastId(name))) return NotFound(name);
  SA_ASSIGN_OR_RETURN(const pg::Rows rows, tx.Exec(kGet, {tx.organization(), LastId(name)}));
  if (rows.empty()) return NotFound(name);
  return FromRow(rows[0]);
}

absl::StatusOr<v1::ListEngagementsResponse> ListPortfolio(
    pg::Transaction& tx, const v1::ListEngagementsRequest& request) {
  SA_ASSIGN_OR_RETURN(const PageQuery page,
                      ReadPage(request.page_size(), request.page_token(), request, 2));
  std::string day, id;
  if (!page.after_key.empty()) {
    day = page.after_key[0];
    id = page.after_key[1];
    if (!IsUuid(id) || (!day.empty() && !ParseDate(day).ok())) {
      return InvalidField("page_token", "was not made by this list",
                          "この一覧のトークンではありません");
    }
  }
  SA_ASSIGN_OR_RETURN(const pg::Rows rows,
                      tx.Exec(kList, {tx.organization(), pg::ToArrayParam(StatesOf(request)), day,
                                      id, pg::ToParam(int64_t{page.size} + 1)}));
  v1::ListEngagementsResponse response;
  for (const pg::Row row : rows) {
    if (response.engagements_size() == page.size) {
      const v1::Engagement& last = response.engagements(page.size - 1);
      const auto due = FromProtoDate(last.readiness().next_due_date());
      response.set_next_page_token(
          NextToken(request, {due ? FormatIsoDate(*due) : "", LastId(last.name())}));
      break;
    }
    *response.add_engagements() = FromRow(row);
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
    *response.add_engagements() = FromRow(row);
  }
  return response;
}

absl::StatusOr<std::vector<v1::Engagement>> OpenEngagements(pg::Transaction& tx) {
  SA_ASSIGN_OR_RETURN(const pg::Rows rows, tx.Exec(kOpen, {tx.organization(), tx.call().client()}));
  std::vector<v1::Engagement> engagements;
  for (const pg::Row row : rows) engagements.push_back(kEngagements.FromRow(row));
  return engagements;
}

absl::Status CompleteTasks(pg::Transaction& tx, const std::string& engagement,
                           const v1::Readiness& readiness) {
  std::vector<std::string> met;
  for (const auto& criterion : readiness.criteria()) {
    if (criterion.verdict() == v1::CriterionState::VERDICT_MET) met.push_back(criterion.code());
  }
  return tx
      .Exec(kCompleteTasks,
            {tx.organization(), LastId(engagement), pg::ToArrayParam(met), pg::ToParam(tx.now())})
      .status();
}

absl::Status StoreSummary(pg::Transaction& tx, const std::string& engagement,
                          const v1::ReadinessSummary& summary) {
  v1::Engagement carrier;
  *carrier.mutable_readiness() = summary;
  carrier.mutable_readiness()->clear_next_due_date();  // has a column of its own, to sort by
  return tx
      .Exec(kStoreSummary,
            {tx.organization(), LastId(engagement),
             pg::FieldToParam(carrier, v1::Engagement::descriptor()->FindFieldByName("readiness"))})
      .status();
}

}  // namespace staraction::engagement
