#include "services/engagement/store/home.h"

#include "absl/strings/str_cat.h"
#include "common/base/date.h"
#include "common/base/macros.h"
#include "common/base/timestamp.h"
#include "common/resource/name.h"
#include "services/engagement/domain/client_rules.h"
#include "services/engagement/store/portfolio.h"
#include "services/engagement/store/roles.h"
#include "services/engagement/store/tables.h"
#include "services/engagement/store/tasks.h"

namespace staraction::engagement {
namespace {

constexpr int kAll = 1000;  // engagements and roles of one client never come near it

const pg::Statement kNextTasks("home_next_tasks", [] {
  return absl::StrCat("select ", kTasks.SelectList(), R"( from task
    where organization_id = $1 and engagement_id = any ($2::uuid[]) and state = 'STATE_OPEN'
    order by due_date, task_id limit 10)");
});

const pg::Statement kLatestActs("home_latest_acts", R"(
  select a.create_time, a.actor, a.method, a.resource,
         coalesce(u.display_name, m.display_name, '') as actor_display_name
  from audit_entry a
  left join user_account u
    on u.organization_id = a.organization_id and a.actor = 'users/' || u.user_id::text
  left join member m
    on m.organization_id = a.organization_id and m.client_id = a.client_id
    and a.actor = 'clients/' || m.client_id::text || '/members/' || m.member_id::text
  where a.organization_id = $1 and a.client_id = $2
  order by a.create_time desc limit 10)");

bool Runs(const v1::Engagement& engagement) {
  return engagement.state() != v1::Engagement::STATE_CLOSED &&
         engagement.state() != v1::Engagement::STATE_CANCELLED;
}

absl::Status AddEngagements(pg::Transaction& tx, v1::ClientHome* home) {
  v1::ListClientEngagementsRequest request;
  request.set_parent(tx.call().client_name());
  request.set_page_size(kAll);
  SA_ASSIGN_OR_RETURN(v1::ListClientEngagementsResponse all, ListOfClient(tx, request));
  std::vector<std::string> ids;
  for (v1::Engagement& engagement : *all.mutable_engagements()) {
    if (!Runs(engagement)) continue;
    ids.push_back(LastId(engagement.name()));
    *home->add_engagements() = std::move(engagement);
  }
  SA_ASSIGN_OR_RETURN(const pg::Rows rows,
                      tx.Exec(kNextTasks, {tx.organization(), pg::ToArrayParam(ids)}));
  for (const pg::Row row : rows) *home->add_next_tasks() = PresentTask(tx, kTasks.FromRow(row));
  return absl::OkStatus();
}

absl::Status AddRoles(pg::Transaction& tx, const content::Library& library, v1::ClientHome* home) {
  v1::ListRoleAssignmentsRequest request;
  request.set_parent(tx.call().client_name());
  request.set_page_size(kAll);
  *request.mutable_as_of() = ToProtoDate(TokyoDay(tx.now()));
  SA_ASSIGN_OR_RETURN(v1::ListRoleAssignmentsResponse roles, FindRoles(tx, library, request));
  home->mutable_role_assignments()->Swap(roles.mutable_role_assignments());
  return absl::OkStatus();
}

absl::Status AddActs(pg::Transaction& tx, v1::ClientHome* home) {
  SA_ASSIGN_OR_RETURN(const pg::Rows rows,
                      tx.Exec(kLatestActs, {tx.organization(), tx.call().client()}));
  for (const pg::Row row : rows) {
    v1::ClientHome::Act* act = home->add_latest_acts();
    *act->mutable_create_time() = ToTimestamp(row.Time("create_time"));
    act->set_actor(row.Text("actor"));
    act->set_actor_display_name(row.Text("actor_display_name"));
    const std::string method = row.Text("method");
    act->set_method(method.substr(method.rfind('.') + 1));
    act->set_resource(row.Text("resource"));
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<v1::ClientHome> ReadHome(pg::Transaction& tx, const content::Library& library) {
  v1::ClientHome home;
  SA_ASSIGN_OR_RETURN(*home.mutable_client(), kClients.Get(tx, tx.call().client_name()));
  SA_RETURN_IF_ERROR(AddEngagements(tx, &home));
  SA_RETURN_IF_ERROR(AddRoles(tx, library, &home));
  SA_RETURN_IF_ERROR(AddActs(tx, &home));
  *home.mutable_gbiz_id() = domain::GbizIdStateOn(home.client(), TokyoDay(tx.now()));
  return home;
}

}  // namespace staraction::engagement
