#ifndef STARACTION_SERVICES_DOCUMENT_APPROVED_SERVICE_H_
#define STARACTION_SERVICES_DOCUMENT_APPROVED_SERVICE_H_

#include <memory>

#include "common/pg/pool.h"
#include "common/rpc/rpc_layer.h"
#include "services/document/layout/font_library.h"
#include "staraction/document/v1/approved_service.grpc.pb.h"

namespace staraction::document {

// What companies have approved, for our other services. Thread safe.
class ApprovedService final : public v1::ApprovedService::CallbackService {
 public:
  ApprovedService(RpcLayer& rpc, pg::Pool& pool, std::shared_ptr<const FontLibrary> fonts)
      : rpc_(rpc), pool_(pool), fonts_(std::move(fonts)) {}

  grpc::ServerUnaryReactor* ListApproved(grpc::CallbackServerContext* context,
                                         const v1::ListApprovedRequest* request,
                                         v1::ListApprovedResponse* response) override;

 private:
  absl::StatusOr<v1::ListApprovedResponse> List(const Call& call,
                                                const v1::ListApprovedRequest& request);

  RpcLayer& rpc_;
  pg::Pool& pool_;
  const std::shared_ptr<const FontLibrary> fonts_;
};

}  // namespace staraction::document

#endif  // STARACTION_SERVICES_DOCUMENT_APPROVED_SERVICE_H_
