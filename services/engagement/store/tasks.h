#ifndef STARACTION_SERVICES_ENGAGEMENT_STORE_TASKS_H_
#define STARACTION_SERVICES_ENGAGEMENT_STORE_TASKS_H_

#include <map>
#include <string>

#include "common/pg/transaction.h"
#include "staraction/engagement/v1/task_service.pb.h"

namespace staraction::engagement {

// The task as of the transaction's day: whether it is overdue, and its verbs.
v1::Task PresentTask(const pg::Transaction& tx, v1::Task task);

// Adds an open task to an engagement of the call's client, whatever it comes from: title, side,
// due_date and source are the caller's, the name is made here. INVALID_ARGUMENT on task.owner_user
// or task.owner_member if the owner does not exist. RefreshNextDueDate is called.
absl::StatusOr<v1::Task> AddTask(pg::Transaction& tx, const std::string& engagement, v1::Task task);

// Stores a changed task; errors as AddTask.
absl::StatusOr<v1::Task> SaveTask(pg::Transaction& tx, v1::Task task);

// One page of an engagement's tasks, in order of creation.
absl::StatusOr<v1::ListTasksResponse> FindTasks(pg::Transaction& tx,
                                                const v1::ListTasksRequest& request);

// The tasks that came from the plan, by code. The engagement has at most a few dozen.
using Milestones = std::map<std::string, v1::Task>;
absl::StatusOr<Milestones> PlanTasks(pg::Transaction& tx, const std::string& engagement);

// Keeps the day of the oldest open task with the engagement, for the portfolio's order.
absl::Status RefreshNextDueDate(pg::Transaction& tx, const std::string& engagement);

}  // namespace staraction::engagement

#endif  // STARACTION_SERVICES_ENGAGEMENT_STORE_TASKS_H_
