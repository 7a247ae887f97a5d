#include "services/declaration/page_check_service.h"

#include "common/base/macros.h"
#include "services/declaration/domain/page_check.h"
#include "services/declaration/scan_time.h"
#include "services/declaration/store/inquiries.h"
#include "services/declaration/store/page_checks.h"

namespace staraction::declaration {

using pg::Transaction;

grpc::ServerUnaryReactor* PageCheckService::CheckPage(grpc::CallbackServerContext* context,
                                                      const v1::CheckPageRequest* request,
                                                      v1::PageCheck* response) {
  return rpc_.Unary(
      context, request, response,
      [this, request](const Call& call) -> absl::StatusOr<v1::PageCheck> {
        const auto read = [&](Transaction& tx) { return kPublications.Get(tx, request->name()); };
        SA_ASSIGN_OR_RETURN(const v1::Publication publication, pool_.Read(call, read));
        SA_RETURN_IF_ERROR(domain::CheckPolicyPage(publication));
        SA_ASSIGN_OR_RETURN(const v1::PageCheck check,
                            checker_.Look(call, publication, TimeForScan(call)));
        return pool_.Write(call, *request, [&](Transaction& tx) {
          return PageChecker::Store(tx, request->name(), check);
        });
      });
}

grpc::ServerUnaryReactor* PageCheckService::ListPageChecks(grpc::CallbackServerContext* context,
                                                           const v1::ListPageChecksRequest* request,
                                                           v1::ListPageChecksResponse* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Read(call, [&](Transaction& tx) -> absl::StatusOr<v1::ListPageChecksResponse> {
      // NOT_FOUND rather than an empty list of nothing.
      SA_RETURN_IF_ERROR(kPublications.Get(tx, request->parent()).status());
      SA_ASSIGN_OR_RETURN(auto page, kPageChecks.List(tx, request->parent(), *request));
      return pg::ToResponse(std::move(page), &v1::ListPageChecksResponse::mutable_page_checks);
    });
  });
}

}  // namespace staraction::declaration
