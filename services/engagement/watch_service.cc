#include "services/engagement/watch_service.h"

#include "common/base/macros.h"
#include "services/engagement/store/tables.h"

namespace staraction::engagement {

grpc::ServerWriteReactor<v1::WatchEngagementResponse>* WatchService::WatchEngagement(
    grpc::CallbackServerContext* context, const v1::WatchEngagementRequest* request) {
  return rpc_.Stream<v1::WatchEngagementRequest, v1::WatchEngagementResponse>(
      context, request, [this, request](const Call& call, WatchHub::Stream stream) -> absl::Status {
        SA_ASSIGN_OR_RETURN(domain::Versions seen,
                            domain::ParseChangeToken(request->change_token()));
        const auto engagement = pool_.Read(
            call, [&](pg::Transaction& tx) { return kEngagements.Get(tx, request->name()); });
        SA_RETURN_IF_ERROR(engagement.status());
        return hub_.Add(call, std::move(seen), std::move(stream));
      });
}

}  // namespace staraction::engagement
