#include "services/engagement/task_service.h"

#include "common/base/macros.h"
#include "common/pg/field_value.h"
#include "common/resource/etag.h"
#include "common/resource/mask.h"
#include "services/engagement/domain/life.h"
#include "services/engagement/store/tables.h"
#include "services/engagement/store/tasks.h"

namespace staraction::engagement {
namespace {

using pg::Transaction;

// The locked task, if the caller knows its version and its state allows the verb.
absl::StatusOr<v1::Task> Lock(Transaction& tx, const std::string& name, const std::string& etag,
                              const std::string& verb) {
  SA_ASSIGN_OR_RETURN(v1::Task task, kTasks.Lock(tx, name));
  SA_RETURN_IF_ERROR(CheckEtag(etag, task.etag(), name));
  SA_RETURN_IF_ERROR(domain::Check(task, verb));
  return task;
}

}  // namespace

TaskService::Reactor* TaskService::ListTasks(Context* context, const v1::ListTasksRequest* request,
                                             v1::ListTasksResponse* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Read(call, [&](Transaction& tx) { return FindTasks(tx, *request); });
  });
}

TaskService::Reactor* TaskService::GetTask(Context* context, const v1::GetTaskRequest* request,
                                           v1::Task* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Read(call, [&](Transaction& tx) -> absl::StatusOr<v1::Task> {
      SA_ASSIGN_OR_RETURN(v1::Task task, kTasks.Get(tx, request->name()));
      return PresentTask(tx, std::move(task));
    });
  });
}

TaskService::Reactor* TaskService::CreateTask(Context* context,
                                              const v1::CreateTaskRequest* request,
                                              v1::Task* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Write(call, *request, [&](Transaction& tx) -> absl::StatusOr<v1::Task> {
      SA_RETURN_IF_ERROR(kEngagements.Lock(tx, request->parent()).status());
      return AddTask(tx, request->parent(), request->task());
    });
  });
}

TaskService::Reactor* TaskService::UpdateTask(Context* context,
                                              const v1::UpdateTaskRequest* request,
                                              v1::Task* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Write(call, *request, [&](Transaction& tx) -> absl::StatusOr<v1::Task> {
      SA_ASSIGN_OR_RETURN(v1::Task task,
                          Lock(tx, request->task().name(), request->task().etag(), "update"));
      SA_RETURN_IF_ERROR(ApplyUpdate(request->update_mask(), request->task(), &task));
      return SaveTask(tx, std::move(task));
    });
  });
}

TaskService::Reactor* TaskService::CompleteTask(Context* context,
                                                const v1::CompleteTaskRequest* request,
                                                v1::Task* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Write(call, *request, [&](Transaction& tx) -> absl::StatusOr<v1::Task> {
      SA_ASSIGN_OR_RETURN(v1::Task task, Lock(tx, request->name(), request->etag(), "complete"));
      task.set_state(v1::Task::STATE_DONE);
      *task.mutable_complete_time() = pg::ToTimestamp(tx.now());
      task.set_completed_by(call.Actor());
      return SaveTask(tx, std::move(task));
    });
  });
}

TaskService::Reactor* TaskService::ReopenTask(Context* context,
                                              const v1::ReopenTaskRequest* request,
                                              v1::Task* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Write(call, *request, [&](Transaction& tx) -> absl::StatusOr<v1::Task> {
      SA_ASSIGN_OR_RETURN(v1::Task task, Lock(tx, request->name(), request->etag(), "reopen"));
      task.set_state(v1::Task::STATE_OPEN);
      task.clear_complete_time();
      task.clear_completed_by();
      return SaveTask(tx, std::move(task));
    });
  });
}

}  // namespace staraction::engagement
