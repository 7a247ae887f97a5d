#include "services/engagement/roster_feed_service.h"

#include "common/base/date.h"
#include "common/base/macros.h"
#include "services/engagement/store/roster.h"
#include "services/engagement/store/tables.h"

namespace staraction::engagement {

using pg::Transaction;

grpc::ServerUnaryReactor* RosterFeedService::ReadRoster(grpc::CallbackServerContext* context,
                                                        const v1::ReadRosterRequest* request,
                                                        v1::ReadRosterResponse* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Read(call, [&](Transaction& tx) -> absl::StatusOr<v1::ReadRosterResponse> {
      // Only the client's engagements are visible here.
      SA_RETURN_IF_ERROR(kEngagements.Get(tx, request->engagement()).status());
      SA_ASSIGN_OR_RETURN(auto entries, RosterOn(tx, library_, request->engagement(),
                                                 request->purpose(), TokyoDay(tx.now())));
      v1::ReadRosterResponse answer;
      for (v1::RosterEntry& entry : entries) *answer.add_roster_entries() = std::move(entry);
      return answer;
    });
  });
}

}  // namespace staraction::engagement
