#ifndef STARACTION_SERVICES_DOCUMENT_TEMPLATE_SERVICE_H_
#define STARACTION_SERVICES_DOCUMENT_TEMPLATE_SERVICE_H_

#include "common/rpc/rpc_layer.h"
#include "services/document/templates.h"
#include "staraction/document/v1/document_service.grpc.pb.h"

namespace staraction::document {

// The content's templates. Thread safe.
class TemplateService final : public v1::TemplateService::CallbackService {
 public:
  TemplateService(RpcLayer& rpc, const Templates& templates) : rpc_(rpc), templates_(templates) {}

  using Context = grpc::CallbackServerContext;
  using Reactor = grpc::ServerUnaryReactor;

  Reactor* GetTemplate(Context* context, const v1::GetTemplateRequest* request,
                       v1::Template* response) override;
  Reactor* ListTemplates(Context* context, const v1::ListTemplatesRequest* request,
                         v1::ListTemplatesResponse* response) override;

 private:
  RpcLayer& rpc_;
  const Templates& templates_;
};

}  // namespace staraction::document

#endif  // STARACTION_SERVICES_DOCUMENT_TEMPLATE_SERVICE_H_
