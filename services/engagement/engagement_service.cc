#include "services/engagement/engagement_service.h"

#include "common/base/macros.h"
#include "common/pg/field_value.h"
#include "common/resource/etag.h"
#include "common/status/errors.h"
#include "services/engagement/domain/life.h"
#include "services/engagement/store/portfolio.h"
#include "services/engagement/store/tables.h"
#include "services/engagement/store/tasks.h"

namespace staraction::engagement {
namespace {

using pg::Transaction;

constexpr absl::Duration kRefreshLimit = absl::Seconds(5);

// "engagements/{engagement}/readiness" → "engagements/{engagement}".
std::string EngagementNameOf(const std::string& readiness) {
  return readiness.substr(0, readiness.rfind('/'));
}

// The deliverables that are not met, as an error, or OK.
absl::Status CheckDeliverables(const v1::Readiness& readiness, const std::string& engagement) {
  std::vector<Violation> unmet;
  for (const auto& criterion : readiness.criteria()) {
    if (criterion.official() || criterion.verdict() == v1::CriterionState::VERDICT_MET) continue;
    unmet.push_back({criterion.code(), criterion.wanted() + " wanted, came: " + criterion.actual(),
                     criterion.title() + "。" + criterion.hint()});
  }
  return unmet.empty() ? absl::OkStatus() : CriteriaUnmet(engagement, unmet);
}

absl::Status NoCheck(Transaction&, const v1::Engagement&) {
  return absl::OkStatus();
}

}  // namespace

EngagementService::Reactor* EngagementService::GetEngagement(
    Context* context, const v1::GetEngagementRequest* request, v1::Engagement* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Read(call, [&](Transaction& tx) { return GetWithSummary(tx, request->name()); });
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

template <typename Request, typename Check>
absl::StatusOr<v1::Engagement> EngagementService::Move(const Call& call, const Request& request,
                                                       const std::string& verb,
                                                       v1::Engagement::State to, Check check) {
  return pool_.Write(call, request, [&](Transaction& tx) -> absl::StatusOr<v1::Engagement> {
    SA_ASSIGN_OR_RETURN(v1::Engagement engagement, kEngagements.Lock(tx, request.name()));
    SA_RETURN_IF_ERROR(CheckEtag(request.etag(), engagement.etag(), request.name()));
    SA_RETURN_IF_ERROR(domain::Check(engagement, verb));
    SA_RETURN_IF_ERROR(check(tx, engagement));
    engagement.set_state(to);
    SA_RETURN_IF_ERROR(kEngagements.Update(tx, std::move(engagement)).status());
    SA_RETURN_IF_ERROR(RefreshNextDueDate(tx, request.name()));
    return GetWithSummary(tx, request.name());
  });
}

EngagementService::Reactor* EngagementService::StartEngagement(
    Context* context, const v1::StartEngagementRequest* request, v1::Engagement* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return Move(call, *request, "start", v1::Engagement::STATE_ACTIVE, NoCheck);
  });
}

EngagementService::Reactor* EngagementService::CloseEngagement(
    Context* context, const v1::CloseEngagementRequest* request, v1::Engagement* response) {
  return rpc_.Unary(context, request, response,
                    [this, request](const Call& call) -> absl::StatusOr<v1::Engagement> {
                      // Peers are asked before the transaction, never inside it.
                      std::vector<std::string> silent;
                      SA_RETURN_IF_ERROR(facts_.CollectAll(call, kRefreshLimit, &silent));
                      return Move(
                          call, *request, "close", v1::Engagement::STATE_CLOSED,
                          [&](Transaction& tx, const v1::Engagement& engagement) -> absl::Status {
                            SA_ASSIGN_OR_RETURN(const v1::Readiness readiness,
                                                facts_.Judge(tx, engagement, silent));
                            return CheckDeliverables(readiness, engagement.name());
                          });
                    });
}

EngagementService::Reactor* EngagementService::CancelEngagement(
    Context* context, const v1::CancelEngagementRequest* request, v1::Engagement* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return Move(call, *request, "cancel", v1::Engagement::STATE_CANCELLED, NoCheck);
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
