#include "services/engagement/store/life_events.h"

#include "common/base/macros.h"
#include "common/resource/name.h"
#include "services/engagement/store/tasks.h"

namespace staraction::engagement {
namespace {

const pg::Statement kOpenTasks("open_tasks_of_life_event", R"(
  select task_id, title from task
  where organization_id = $1 and engagement_id = $2 and task_id = any ($3::uuid[])
    and state = 'STATE_OPEN'
  order by due_date, task_id)");

const pg::Statement kCancelTasks("cancel_tasks_of_life_event", R"(
  update task set state = 'STATE_CANCELLED', update_time = $4, version = version + 1
  where organization_id = $1 and engagement_id = $2 and task_id = any ($3::uuid[])
    and state = 'STATE_OPEN')");

std::vector<std::string> TaskIds(const v1::LifeEvent& event) {
  std::vector<std::string> ids;
  for (const auto& step : event.steps()) {
    if (!step.task().empty()) ids.push_back(LastId(step.task()));
  }
  return ids;
}

}  // namespace

absl::Status AddTasks(pg::Transaction& tx, v1::LifeEvent* event) {
  for (v1::LifeEventStep& step : *event->mutable_steps()) {
    v1::Task task;
    task.set_title(step.title());
    task.set_side(step.side());
    task.set_note(step.hint());
    *task.mutable_due_date() = step.due_date();
    task.set_source(v1::TASK_SOURCE_LIFE_EVENT);
    task.set_source_resource(event->name());
    SA_ASSIGN_OR_RETURN(task, AddTask(tx, event->engagement(), std::move(task)));
    step.set_task(task.name());
  }
  return absl::OkStatus();
}

absl::StatusOr<std::vector<std::string>> OpenSteps(pg::Transaction& tx,
                                                   const v1::LifeEvent& event) {
  std::vector<std::string> titles;
  if (event.engagement().empty()) {
    for (const auto& step : event.steps()) {
      if (!step.has_complete_time()) titles.push_back(step.title());
    }
    return titles;
  }
  SA_ASSIGN_OR_RETURN(const pg::Rows rows,
                      tx.Exec(kOpenTasks, {tx.organization(), LastId(event.engagement()),
                                           pg::ToArrayParam(TaskIds(event))}));
  for (const pg::Row row : rows) titles.push_back(row.Text("title"));
  return titles;
}

absl::Status CancelTasks(pg::Transaction& tx, const v1::LifeEvent& event) {
  if (event.engagement().empty()) return absl::OkStatus();
  SA_RETURN_IF_ERROR(
      tx.Exec(kCancelTasks, {tx.organization(), LastId(event.engagement()),
                             pg::ToArrayParam(TaskIds(event)), pg::ToParam(tx.now())})
          .status());
  return RefreshNextDueDate(tx, event.engagement());
}

}  // namespace staraction::engagement
