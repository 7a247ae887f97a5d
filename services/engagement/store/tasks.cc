#include "services/engagement/store/tasks.h"

#include "absl/strings/str_cat.h"
#include "common/base/date.h"
#include "common/base/id.h"
#include "common/base/macros.h"
#include "common/pg/errors.h"
#include "common/pg/table.h"
#include "common/resource/name.h"
#include "common/status/errors.h"
#include "services/engagement/domain/life.h"
#include "services/engagement/store/tables.h"

namespace staraction::engagement {
namespace {

const pg::Statement kList("list_tasks_of_engagement", [] {
  return absl::StrCat("select ", kTasks.SelectList(), R"( from task
    where organization_id = $1 and engagement_id = $2
      and task_id > coalesce(nullif($3::text, '')::uuid, '00000000-0000-0000-0000-000000000000')
      and (not $4::boolean or state = 'STATE_OPEN')
    order by task_id limit $5)");
});

const pg::Statement kPlan("tasks_of_plan", [] {
  return absl::StrCat("select ", kTasks.SelectList(), R"( from task
    where organization_id = $1 and engagement_id = $2 and code <> '')");
});

// Engagements that have ended have nothing due.
const pg::Statement kNextDue("refresh_next_due_date", R"(
  update engagement e set next_due_date =
    case when e.state in ('STATE_CLOSED', 'STATE_CANCELLED') then null
    else next_due_day($1, $2) end
  where organization_id = $1 and engagement_id = $2)");

absl::Status Owners(const absl::Status& status) {
  const std::string constraint = pg::ConstraintOf(status);
  if (constraint == "task_owner_user_fkey") {
    return InvalidField("task.owner_user", "there is no such user",
                        "この利用者は登録されていません");
  }
  if (constraint == "task_owner_member_fkey") {
    return InvalidField("task.owner_member", "there is no such member on the client's roster",
                        "この人はお客様の名簿にいません");
  }
  return status;
}

absl::Status CheckOwners(const v1::Task& task) {
  if (task.owner_user().empty() || task.owner_member().empty()) return absl::OkStatus();
  return InvalidField("task.owner_member", "came together with owner_user; want one of them",
                      "担当者は、利用者か名簿の人のどちらか一方にしてください");
}

}  // namespace

v1::Task PresentTask(const pg::Transaction& tx, v1::Task task) {
  const auto due = FromProtoDate(task.due_date());
  task.set_overdue(task.state() == v1::Task::STATE_OPEN && due && *due < TokyoDay(tx.now()));
  task.clear_allowed_actions();
  for (const std::string& action : domain::ActionsOf(task.state())) {
    task.add_allowed_actions(action);
  }
  return task;
}

absl::StatusOr<v1::Task> AddTask(pg::Transaction& tx, const std::string& engagement,
                                 v1::Task task) {
  SA_RETURN_IF_ERROR(CheckOwners(task));
  task.set_name(engagement + "/tasks/" + NewId(tx.now()));
  task.set_state(v1::Task::STATE_OPEN);
  if (task.source() == v1::TASK_SOURCE_UNSPECIFIED) task.set_source(v1::TASK_SOURCE_OTHER);
  auto stored = kTasks.Insert(tx, std::move(task));
  if (!stored.ok()) return Owners(stored.status());
  SA_RETURN_IF_ERROR(RefreshNextDueDate(tx, engagement));
  return PresentTask(tx, *std::move(stored));
}

absl::StatusOr<v1::Task> SaveTask(pg::Transaction& tx, v1::Task task) {
  SA_RETURN_IF_ERROR(CheckOwners(task));
  auto stored = kTasks.Update(tx, std::move(task));
  if (!stored.ok()) return Owners(stored.status());
  SA_RETURN_IF_ERROR(RefreshNextDueDate(tx, EngagementOf(stored->name())));
  return PresentTask(tx, *std::move(stored));
}

absl::StatusOr<v1::ListTasksResponse> FindTasks(pg::Transaction& tx,
                                                const v1::ListTasksRequest& request) {
  SA_ASSIGN_OR_RETURN(const PageQuery page,
                      ReadPage(request.page_size(), request.page_token(), request, 1));
  SA_ASSIGN_OR_RETURN(const std::string after, pg::AfterUuid(page));
  SA_ASSIGN_OR_RETURN(
      const pg::Rows rows,
      tx.Exec(kList, {tx.organization(), LastId(request.parent()), after,
                      pg::ToParam(request.open_only()), pg::ToParam(int64_t{page.size} + 1)}));
  auto found = kTasks.ToPage(rows, page, request);
  for (v1::Task& task : found.items) task = PresentTask(tx, std::move(task));
  return pg::ToResponse(std::move(found), &v1::ListTasksResponse::mutable_tasks);
}

absl::StatusOr<Milestones> PlanTasks(pg::Transaction& tx, const std::string& engagement) {
  SA_ASSIGN_OR_RETURN(const pg::Rows rows, tx.Exec(kPlan, {tx.organization(), LastId(engagement)}));
  Milestones tasks;
  for (const pg::Row row : rows) {
    v1::Task task = kTasks.FromRow(row);
    tasks[task.code()] = std::move(task);
  }
  return tasks;
}

absl::Status RefreshNextDueDate(pg::Transaction& tx, const std::string& engagement) {
  return tx.Exec(kNextDue, {tx.organization(), LastId(engagement)}).status();
}

}  // namespace staraction::engagement
