#include "services/declaration/campaign_service.h"

#include "common/base/id.h"
#include "common/base/macros.h"
#include "common/pg/field_value.h"
#include "common/resource/etag.h"
#include "common/resource/name.h"
#include "common/status/errors.h"
#include "services/declaration/campaign_keeper.h"
#include "services/declaration/domain/campaign.h"
#include "services/declaration/domain/pledge.h"
#include "services/declaration/domain/roster.h"
#include "services/declaration/store/pledges.h"
#include "services/declaration/store/scans.h"

namespace staraction::declaration {
namespace {

using pg::Transaction;
using Coverages = std::map<std::string, v1::Coverage>;

// The campaign with what is computed for replies.
v1::Campaign Complete(v1::Campaign campaign, const Coverages& coverages) {
  const auto coverage = coverages.find(LastId(campaign.name()));
  return CompleteCampaign(std::move(campaign),
                          coverage == coverages.end() ? v1::Coverage() : coverage->second);
}

absl::Status InsertPledges(Transaction& tx, const v1::Campaign& campaign,
                           std::vector<v1::Pledge> pledges, const domain::Act& act) {
  for (v1::Pledge& pledge : pledges) {
    pledge.set_name(campaign.name() + "/pledges/" + LastId(pledge.member()));
  }
  SA_RETURN_IF_ERROR(kPledges.InsertAll(tx, pledges));
  std::vector<std::pair<std::string, v1::PledgeEvent>> events;
  for (const v1::Pledge& stored : pledges) {
    if (!stored.has_exemption()) continue;
    // Kept as an act too, so that the coverage of an earlier day can be told.
    v1::PledgeEvent event = domain::NewEvent(v1::PledgeEvent::KIND_EXEMPTED, act);
    event.set_reason(stored.exemption().reason());
    event.set_approver(stored.exemption().approver());
    events.emplace_back(stored.name(), std::move(event));
  }
  return kPledgeEvents.AppendAll(tx, events);
}

// Keeps what people read before they sign: the bytes, whatever is rendered later. The documents
// come in the order of `approved`.
absl::Status StoreFiles(Transaction& tx, const std::vector<document::v1::Approved>& approved,
                        v1::Campaign& campaign) {
  for (int i = 0; i < campaign.documents_size(); ++i) {
    const auto& from = approved[static_cast<size_t>(i)];
    SA_ASSIGN_OR_RETURN(const v1::Scan file,
                        StoreScan(tx, from.pdf(), "application/pdf", from.approve_date()));
    auto& document = *campaign.mutable_documents(i);
    document.set_file(file.id());
    document.set_file_sha256(file.sha256());
    document.set_file_size(file.size());
  }
  return absl::OkStatus();
}

absl::Status NobodyOnRoster(const std::string& name) {
  return CriteriaUnmet(name, {{"roster", "nobody is on the roster today",
                               "名簿に在籍者がいません。先に名簿を登録してください"}});
}

absl::StatusOr<v1::Campaign> Open(Transaction& tx, const std::vector<domain::RosterPerson>& roster,
                                  const domain::Act& act, v1::Campaign campaign) {
  std::vector<v1::Pledge> pledges = domain::Freeze(roster, campaign, act);
  if (pledges.empty()) return NobodyOnRoster(campaign.name());
  SA_RETURN_IF_ERROR(InsertPledges(tx, campaign, std::move(pledges), act));
  campaign.set_state(v1::Campaign::STATE_OPEN);
  *campaign.mutable_open_time() = pg::ToTimestamp(act.now);
  *campaign.mutable_roster_time() = campaign.open_time();
  SA_ASSIGN_OR_RETURN(campaign, kCampaigns.Update(tx, std::move(campaign)));
  SA_RETURN_IF_ERROR(CampaignKeeper::Schedule(tx, campaign));
  return CompleteCampaign(tx, std::move(campaign));
}

}  // namespace

v1::Campaign CompleteCampaign(v1::Campaign campaign, const v1::Coverage& coverage) {
  *campaign.mutable_coverage() = coverage;
  campaign.set_awaits_president(domain::AwaitsPresident(campaign, coverage));
  campaign.clear_allowed_actions();
  for (const std::string& verb : domain::ActionsOf(campaign)) campaign.add_allowed_actions(verb);
  return campaign;
}

absl::StatusOr<v1::Campaign> CompleteCampaign(Transaction& tx, v1::Campaign campaign) {
  SA_ASSIGN_OR_RETURN(const v1::Coverage coverage, ReadCampaignCoverage(tx, campaign.name()));
  return CompleteCampaign(std::move(campaign), coverage);
}

grpc::ServerUnaryReactor* CampaignService::CreateCampaign(grpc::CallbackServerContext* context,
                                                          const v1::CreateCampaignRequest* request,
                                                          v1::Campaign* response) {
  return rpc_.Unary(
      context, request, response,
      [this, request](const Call& call) -> absl::StatusOr<v1::Campaign> {
        SA_ASSIGN_OR_RETURN(const auto engagement,
                            engagements_.GetEngagement(call, request->parent()));
        const bool policy = request->campaign().subject() == v1::Campaign::SUBJECT_POLICY;
        std::vector<document::v1::Approved> approved;
        if (policy) {
          SA_ASSIGN_OR_RETURN(approved, ReadPledged(documents_, call, true));
        }
        SA_ASSIGN_OR_RETURN(
            const v1::Campaign draft,
            policy ? domain::NewPolicyCampaign(request->campaign(), engagement, approved, library_)
                   : domain::NewCampaign(request->campaign(), engagement, library_));
        return pool_.Write(call, *request, [&](Transaction& tx) -> absl::StatusOr<v1::Campaign> {
          v1::Campaign campaign = draft;
          SA_RETURN_IF_ERROR(StoreFiles(tx, approved, campaign));
          campaign.set_name(request->parent() + "/campaigns/" + NewId(tx.now()));
          campaign.set_client(call.client_name());
          SA_ASSIGN_OR_RETURN(v1::Campaign stored, kCampaigns.Insert(tx, std::move(campaign)));
          return CompleteCampaign(std::move(stored), v1::Coverage());
        });
      });
}

grpc::ServerUnaryReactor* CampaignService::GetCampaign(grpc::CallbackServerContext* context,
                                                       const v1::GetCampaignRequest* request,
                                                       v1::Campaign* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Read(call, [&](Transaction& tx) -> absl::StatusOr<v1::Campaign> {
      SA_ASSIGN_OR_RETURN(v1::Campaign campaign, kCampaigns.Get(tx, request->name()));
      return CompleteCampaign(tx, std::move(campaign));
    });
  });
}

grpc::ServerUnaryReactor* CampaignService::ListCampaigns(grpc::CallbackServerContext* context,
                                                         const v1::ListCampaignsRequest* request,
                                                         v1::ListCampaignsResponse* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Read(call, [&](Transaction& tx) -> absl::StatusOr<v1::ListCampaignsResponse> {
      SA_ASSIGN_OR_RETURN(auto page, kCampaigns.List(tx, request->parent(), *request));
      SA_ASSIGN_OR_RETURN(const Coverages coverages, ReadCoverage(tx, LastId(request->parent())));
      v1::ListCampaignsResponse answer;
      for (v1::Campaign& campaign : page.items) {
        *answer.add_campaigns() = Complete(std::move(campaign), coverages);
      }
      answer.set_next_page_token(page.next_page_token);
      return answer;
    });
  });
}

grpc::ServerUnaryReactor* CampaignService::OpenCampaign(grpc::CallbackServerContext* context,
                                                        const v1::OpenCampaignRequest* request,
                                                        v1::Campaign* response) {
  return rpc_.Unary(
      context, request, response,
      [this, request](const Call& call) -> absl::StatusOr<v1::Campaign> {
        SA_ASSIGN_OR_RETURN(const auto roster,
                            engagements_.ListRoster(call, EngagementOf(request->name())));
        return pool_.Write(call, *request, [&](Transaction& tx) -> absl::StatusOr<v1::Campaign> {
          SA_ASSIGN_OR_RETURN(v1::Campaign campaign, kCampaigns.Lock(tx, request->name()));
          SA_RETURN_IF_ERROR(CheckEtag(request->etag(), campaign.etag(), campaign.name()));
          SA_RETURN_IF_ERROR(domain::CheckAction(campaign, "open"));
          return Open(tx, roster, {call.Actor(), tx.now()}, std::move(campaign));
        });
      });
}

grpc::ServerUnaryReactor* CampaignService::CloseCampaign(grpc::CallbackServerContext* context,
                                                         const v1::CloseCampaignRequest* request,
                                                         v1::Campaign* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Write(call, *request, [&](Transaction& tx) -> absl::StatusOr<v1::Campaign> {
      SA_ASSIGN_OR_RETURN(v1::Campaign campaign, kCampaigns.Lock(tx, request->name()));
      SA_RETURN_IF_ERROR(CheckEtag(request->etag(), campaign.etag(), campaign.name()));
      SA_RETURN_IF_ERROR(domain::CheckAction(campaign, "close"));
      campaign.set_state(v1::Campaign::STATE_CLOSED);
      *campaign.mutable_close_time() = pg::ToTimestamp(tx.now());
      SA_ASSIGN_OR_RETURN(campaign, kCampaigns.Update(tx, std::move(campaign)));
      return CompleteCampaign(tx, std::move(campaign));
    });
  });
}

}  // namespace staraction::declaration
