#ifndef STARACTION_SERVICES_ENGAGEMENT_TASK_SERVICE_H_
#define STARACTION_SERVICES_ENGAGEMENT_TASK_SERVICE_H_

#include "common/pg/pool.h"
#include "common/rpc/rpc_layer.h"
#include "staraction/engagement/v1/task_service.grpc.pb.h"

namespace staraction::engagement {

// Tasks of engagements. Thread safe.
class TaskService final : public v1::TaskService::CallbackService {
 public:
  TaskService(RpcLayer& rpc, pg::Pool& pool) : rpc_(rpc), pool_(pool) {}

  using Context = grpc::CallbackServerContext;
  using Reactor = grpc::ServerUnaryReactor;

  Reactor* ListTasks(Context* context, const v1::ListTasksRequest* request,
                     v1::ListTasksResponse* response) override;
  Reactor* GetTask(Context* context, const v1::GetTaskRequest* request,
                   v1::Task* response) override;
  Reactor* CreateTask(Context* context, const v1::CreateTaskRequest* request,
                      v1::Task* response) override;
  Reactor* UpdateTask(Context* context, const v1::UpdateTaskRequest* request,
                      v1::Task* response) override;
  Reactor* CompleteTask(Context* context, const v1::CompleteTaskRequest* request,
                        v1::Task* response) override;
  Reactor* ReopenTask(Context* context, const v1::ReopenTaskRequest* request,
                      v1::Task* response) override;

 private:
  RpcLayer& rpc_;
  pg::Pool& pool_;
};

}  // namespace staraction::engagement

#endif  // STARACTION_SERVICES_ENGAGEMENT_TASK_SERVICE_H_
