#include "services/engagement/engagement_service.h"

#include "common/base/macros.h"
#include "services/engagement/store/portfolio.h"
#include "services/engagement/store/tables.h"
#include "services/engagement/store/transitions.h"

namespace staraction::engagement {
namespace {

using pg::Transaction;

constexpr absl::Duration kRefreshLimit = absl::Seconds(5);

// "engagements/{engagement}/readiness" → "engagements/{engagement}".
std::string EngagementNameOf(const std::string& readiness) {
  return readiness.substr(0, readiness.rfind('/'));
}

}  // namespace

EngagementService::Reactor* EngagementService::GetEngagement(
    Context* context, const v1::GetEngagementRequest* request, v1::Engagement* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Read(call, [&](Transaction& tx) -> absl::StatusOr<v1::Engagement> {
      SA_ASSIGN_OR_RETURN(v1::Engagement engagement, GetWithSummary(tx, request->name()));
      SA_RETURN_IF_ERROR(LoadTransitions(tx, engagement));
      return engagement;
    });
  });
}

EngagementService::Reactor* EngagementService::ListEngagements(
    Context* context, const v1::ListEngagementsRequest* request,
    v1::ListEngagementsResponse* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Read(call, [&](Transaction& tx) { return ListPortfolio(tx, *request); });
  });
}

EngagementService::Reactor* EngagementService::ListClientEngagements(
    Context* context, const v1::ListClientEngagementsRequest* request,
    v1::ListClientEngagementsResponse* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Read(call, [&](Transaction& tx) { return ListOfClient(tx, *request); });
  });
}

EngagementService::Reactor* EngagementService::GetReadiness(Context* context,
                                                            const v1::GetReadinessRequest* request,
                                                            v1::Readiness* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Read(call, [&](Transaction& tx) -> absl::StatusOr<v1::Readiness> {
      SA_ASSIGN_OR_RETURN(const v1::Engagement engagement,
                          kEngagements.Get(tx, EngagementNameOf(request->name())));
      return facts_.Judge(tx, engagement, {});
    });
  });
}

EngagementService::Reactor* EngagementService::RefreshReadiness(
    Context* context, const v1::RefreshReadinessRequest* request, v1::Readiness* response) {
  return rpc_.Unary(
      context, request, response,
      [this, request](const Call& call) -> absl::StatusOr<v1::Readiness> {
        std::vector<std::string> silent;
        SA_RETURN_IF_ERROR(facts_.CollectAll(call, kRefreshLimit, &silent));
        return pool_.Read(call, [&](Transaction& tx) -> absl::StatusOr<v1::Readiness> {
          SA_ASSIGN_OR_RETURN(const v1::Engagement engagement,
                              kEngagements.Get(tx, EngagementNameOf(request->name())));
          return facts_.Judge(tx, engagement, silent);
        });
      });
}

}  // namespace staraction::engagement
