#ifndef STARACTION_SERVICES_DECLARATION_PLEDGED_DOCUMENT_SERVICE_H_
#define STARACTION_SERVICES_DECLARATION_PLEDGED_DOCUMENT_SERVICE_H_

#include "common/pg/pool.h"
#include "common/rpc/rpc_layer.h"
#include "staraction/declaration/v1/pledged_document_service.grpc.pb.h"

namespace staraction::declaration {

// What people read before they pledge to keep it. Thread safe.
class PledgedDocumentService final : public v1::PledgedDocumentService::CallbackService {
 public:
  PledgedDocumentService(RpcLayer& rpc, pg::Pool& pool) : rpc_(rpc), pool_(pool) {}

  grpc::ServerUnaryReactor* DownloadPledgedDocument(
      grpc::CallbackServerContext* context, const v1::DownloadPledgedDocumentRequest* request,
      google::api::HttpBody* response) override;

 private:
  RpcLayer& rpc_;
  pg::Pool& pool_;
};

}  // namespace staraction::declaration

#endif  // STARACTION_SERVICES_DECLARATION_PLEDGED_DOCUMENT_SERVICE_H_
