#include "services/engagement/due_service.h"

#include "services/engagement/store/due.h"

namespace staraction::engagement {

grpc::ServerUnaryReactor* DueService::ListDueItems(grpc::CallbackServerContext* context,
                                                   const v1::ListDueItemsRequest* request,
                                                   v1::ListDueItemsResponse* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Read(call, [&](pg::Transaction& tx) { return FindDueItems(tx, *request); });
  });
}

}  // namespace staraction::engagement
