#ifndef STARACTION_SERVICES_DECLARATION_PAGE_CHECK_SERVICE_H_
#define STARACTION_SERVICES_DECLARATION_PAGE_CHECK_SERVICE_H_

#include "common/pg/pool.h"
#include "common/rpc/rpc_layer.h"
#include "services/declaration/page_checker.h"
#include "staraction/declaration/v1/page_check_service.grpc.pb.h"

namespace staraction::declaration {

// Whether published policies are the approved ones. Thread safe.
class PageCheckService final : public v1::PageCheckService::CallbackService {
 public:
  PageCheckService(RpcLayer& rpc, pg::Pool& pool, PageChecker& checker)
      : rpc_(rpc), pool_(pool), checker_(checker) {}

  grpc::ServerUnaryReactor* CheckPage(grpc::CallbackServerContext* context,
                                      const v1::CheckPageRequest* request,
                                      v1::PageCheck* response) override;
  grpc::ServerUnaryReactor* ListPageChecks(grpc::CallbackServerContext* context,
                                           const v1::ListPageChecksRequest* request,
                                           v1::ListPageChecksResponse* response) override;

 private:
  RpcLayer& rpc_;
  pg::Pool& pool_;
  PageChecker& checker_;
};

}  // namespace staraction::declaration

#endif  // STARACTION_SERVICES_DECLARATION_PAGE_CHECK_SERVICE_H_
