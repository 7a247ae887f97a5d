#include "common/base/macros.h"
#include "common/base/timestamp.h"
#include "common/resource/etag.h"
#include "common/resource/name.h"
#include "common/status/errors.h"
#include "services/declaration/campaign_keeper.h"
#include "services/declaration/campaign_service.h"
#include "services/declaration/domain/campaign.h"
#include "services/declaration/domain/coverage.h"
#include "services/declaration/domain/roster.h"
#include "services/declaration/store/pledges.h"

// The methods of CampaignService that are about the list as a whole: roster, order, coverage.
namespace staraction::declaration {
namespace {

using pg::Transaction;

v1::OrderWaiver NewWaiver(const v1::WaiveSigningOrderRequest& request, const Call& call) {
  v1::OrderWaiver waiver;
  waiver.set_reason(request.reason());
  waiver.set_recorded_by(call.Actor());
  *waiver.mutable_record_time() = ToTimestamp(call.now);
  return waiver;
}

absl::Status InFuture() {
  return InvalidField("as_of_time", "is in the future; wanted now at the latest",
                      "未来の時点は指定できません");
}

}  // namespace

grpc::ServerUnaryReactor* CampaignService::RefreshCampaignRoster(
    grpc::CallbackServerContext* context, const v1::RefreshCampaignRosterRequest* request,
    v1::Campaign* response) {
  return rpc_.Unary(
      context, request, response,
      [this, request](const Call& call) -> absl::StatusOr<v1::Campaign> {
        SA_ASSIGN_OR_RETURN(const auto roster,
                            engagements_.ListRoster(call, EngagementOf(request->name())));
        return pool_.Write(call, *request, [&](Transaction& tx) -> absl::StatusOr<v1::Campaign> {
          SA_ASSIGN_OR_RETURN(v1::Campaign campaign, kCampaigns.Lock(tx, request->name()));
          SA_RETURN_IF_ERROR(CheckEtag(request->etag(), campaign.etag(), campaign.name()));
          SA_RETURN_IF_ERROR(domain::CheckAction(campaign, "refreshRoster"));
          SA_ASSIGN_OR_RETURN(
              campaign,
              CampaignKeeper::Refresh(tx, roster, {call.Actor(), tx.now()}, std::move(campaign)));
          SA_RETURN_IF_ERROR(CampaignKeeper::Schedule(tx, campaign));
          return CompleteCampaign(tx, std::move(campaign));
        });
      });
}

grpc::ServerUnaryReactor* CampaignService::WaiveSigningOrder(
    grpc::CallbackServerContext* context, const v1::WaiveSigningOrderRequest* request,
    v1::Campaign* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Write(call, *request, [&](Transaction& tx) -> absl::StatusOr<v1::Campaign> {
      SA_ASSIGN_OR_RETURN(v1::Campaign campaign, kCampaigns.Lock(tx, request->name()));
      SA_RETURN_IF_ERROR(CheckEtag(request->etag(), campaign.etag(), campaign.name()));
      SA_RETURN_IF_ERROR(domain::CheckAction(campaign, "waiveSigningOrder"));
      *campaign.mutable_order_waiver() = NewWaiver(*request, call);
      SA_ASSIGN_OR_RETURN(campaign, kCampaigns.Update(tx, std::move(campaign)));
      return CompleteCampaign(tx, std::move(campaign));
    });
  });
}

grpc::ServerUnaryReactor* CampaignService::GetCampaignCoverage(
    grpc::CallbackServerContext* context, const v1::GetCampaignCoverageRequest* request,
    v1::CampaignCoverage* response) {
  return rpc_.Unary(
      context, request, response,
      [this, request](const Call& call) -> absl::StatusOr<v1::CampaignCoverage> {
        const absl::Time moment =
            request->has_as_of_time() ? FromTimestamp(request->as_of_time()) : call.now;
        if (moment > call.now) return InFuture();
        std::vector<domain::RosterPerson> roster;
        if (!request->has_as_of_time()) {
          SA_ASSIGN_OR_RETURN(roster, engagements_.ListRoster(call, EngagementOf(request->name())));
        }
        return pool_.Read(call, [&](Transaction& tx) -> absl::StatusOr<v1::CampaignCoverage> {
          SA_ASSIGN_OR_RETURN(const v1::Campaign campaign, kCampaigns.Get(tx, request->name()));
          SA_ASSIGN_OR_RETURN(const auto histories, ReadHistories(tx, campaign.name()));
          v1::CampaignCoverage answer = domain::ReportCoverage(histories, moment);
          answer.set_campaign(campaign.name());
          const bool compare =
              !request->has_as_of_time() && campaign.state() == v1::Campaign::STATE_OPEN;
          if (compare) domain::AddDifferences(histories, roster, answer);
          return answer;
        });
      });
}

}  // namespace staraction::declaration
