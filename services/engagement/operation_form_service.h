#ifndef STARACTION_SERVICES_ENGAGEMENT_OPERATION_FORM_SERVICE_H_
#define STARACTION_SERVICES_ENGAGEMENT_OPERATION_FORM_SERVICE_H_

#include "common/content/library.h"
#include "common/pg/pool.h"
#include "common/rpc/rpc_layer.h"
#include "staraction/engagement/v1/operation_form_service.grpc.pb.h"

namespace staraction::engagement {

// Forms in use. Thread safe.
class OperationFormService final : public v1::OperationFormService::CallbackService {
 public:
  OperationFormService(RpcLayer& rpc, pg::Pool& pool, const content::Library& library)
      : rpc_(rpc), pool_(pool), library_(library) {}

  using Context = grpc::CallbackServerContext;
  using Reactor = grpc::ServerUnaryReactor;

  Reactor* CreateOperationForm(Context* context, const v1::CreateOperationFormRequest* request,
                               v1::OperationForm* response) override;
  Reactor* GetOperationForm(Context* context, const v1::GetOperationFormRequest* request,
                            v1::OperationForm* response) override;
  Reactor* ListOperationForms(Context* context, const v1::ListOperationFormsRequest* request,
                              v1::ListOperationFormsResponse* response) override;
  Reactor* UpdateOperationForm(Context* context, const v1::UpdateOperationFormRequest* request,
                               v1::OperationForm* response) override;
  Reactor* StopOperationForm(Context* context, const v1::StopOperationFormRequest* request,
                             v1::OperationForm* response) override;

 private:
  RpcLayer& rpc_;
  pg::Pool& pool_;
  const content::Library& library_;
};

}  // namespace staraction::engagement

#endif  // STARACTION_SERVICES_ENGAGEMENT_OPERATION_FORM_SERVICE_H_
