#include "common/base/macros.h"
#include "common/resource/etag.h"
#include "common/resource/name.h"
#include "common/status/errors.h"
#include "services/declaration/campaign_service.h"
#include "services/declaration/domain/campaign.h"
#include "services/declaration/domain/pledge.h"
#include "services/declaration/domain/sheet.h"
#include "services/declaration/own_pledge.h"
#include "services/declaration/scan_time.h"
#include "services/declaration/store/pledges.h"
#include "services/declaration/store/scans.h"

// The methods of CampaignService that are about single pledges.
namespace staraction::declaration {
namespace {

using pg::Transaction;

domain::Act ActOf(const Call& call) {
  return {call.Actor(), call.now};
}

v1::Pledge Complete(v1::Pledge pledge, const v1::Campaign& campaign) {
  pledge.clear_allowed_actions();
  for (const std::string& verb : domain::ActionsOf(pledge, campaign)) {
    pledge.add_allowed_actions(verb);
  }
  return pledge;
}

// Whether this person waits for the president.
bool MustWait(const v1::Pledge& pledge, const v1::Campaign& campaign) {
  return campaign.awaits_president() && !pledge.president();
}

// What a signer may do; the consultant's verbs are none of theirs. `campaign` is complete.
v1::Pledge CompleteForSigner(v1::Pledge pledge, const v1::Campaign& campaign) {
  pledge.clear_allowed_actions();
  for (const std::string& verb : domain::ActionsOf(pledge, campaign)) {
    const bool may = verb == "withdraw" || (verb == "sign" && !MustWait(pledge, campaign));
    if (may) pledge.add_allowed_actions(verb);
  }
  return pledge;
}

void AddOwn(v1::Pledge pledge, const v1::Campaign& campaign, v1::ListOwnPledgesResponse& answer) {
  auto* own = answer.add_own_pledges();
  *own->mutable_text() = domain::TextFor(pledge, campaign);
  *own->mutable_documents() = campaign.documents();
  if (pledge.has_due_date()) *own->mutable_due_date() = pledge.due_date();
  own->set_awaits_president(pledge.state() != v1::Pledge::STATE_PLEDGED &&
                            MustWait(pledge, campaign));
  *own->mutable_pledge() = CompleteForSigner(std::move(pledge), campaign);
}

// Refuses the sheet of somebody else, whose name is told if it is on the same list.
absl::Status CheckCodes(Transaction& tx, const paper::ScannedPages& pages,
                        const v1::Campaign& campaign, const v1::Pledge& pledge) {
  const domain::SheetCheck check = domain::CheckCodes(pages, campaign, pledge);
  if (check.fits) return absl::OkStatus();
  const auto other = check.member.empty()
                         ? absl::StatusOr<v1::Pledge>(absl::NotFoundError(""))
                         : kPledges.Get(tx, campaign.name() + "/pledges/" + check.member);
  return domain::WrongSheet(other.ok() ? other->display_name() : "");
}

}  // namespace

template <typename Request>
absl::StatusOr<v1::Pledge> CampaignService::ActOnPledge(const Call& call, const Request& request,
                                                        const std::string& verb,
                                                        const PledgeAct& act) {
  return pool_.Write(call, request, [&](Transaction& tx) -> absl::StatusOr<v1::Pledge> {
    // The campaign first and always, so that closing waits for signatures in hand.
    SA_ASSIGN_OR_RETURN(v1::Campaign campaign, kCampaigns.Lock(tx, CampaignOf(request.name())));
    SA_ASSIGN_OR_RETURN(campaign, CompleteCampaign(tx, std::move(campaign)));
    SA_ASSIGN_OR_RETURN(v1::Pledge pledge, kPledges.Lock(tx, request.name()));
    SA_RETURN_IF_ERROR(CheckEtag(request.etag(), pledge.etag(), pledge.name()));
    SA_RETURN_IF_ERROR(domain::CheckAction(pledge, campaign, verb));
    SA_ASSIGN_OR_RETURN(const v1::PledgeEvent event, act(tx, campaign, pledge));
    SA_RETURN_IF_ERROR(kPledgeEvents.Append(tx, pledge.name(), event));
    SA_ASSIGN_OR_RETURN(pledge, kPledges.Update(tx, std::move(pledge)));
    return IsParticipant(call) ? CompleteForSigner(std::move(pledge), campaign)
                               : Complete(std::move(pledge), campaign);
  });
}

grpc::ServerUnaryReactor* CampaignService::GetPledge(grpc::CallbackServerContext* context,
                                                     const v1::GetPledgeRequest* request,
                                                     v1::Pledge* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Read(call, [&](Transaction& tx) -> absl::StatusOr<v1::Pledge> {
      SA_ASSIGN_OR_RETURN(v1::Pledge pledge, kPledges.Get(tx, request->name()));
      SA_ASSIGN_OR_RETURN(const v1::Campaign campaign,
                          kCampaigns.Get(tx, CampaignOf(pledge.name())));
      SA_ASSIGN_OR_RETURN(auto events, kPledgeEvents.List(tx, pledge.name()));
      for (v1::PledgeEvent& event : events) *pledge.add_events() = std::move(event);
      return Complete(std::move(pledge), campaign);
    });
  });
}

grpc::ServerUnaryReactor* CampaignService::ListPledges(grpc::CallbackServerContext* context,
                                                       const v1::ListPledgesRequest* request,
                                                       v1::ListPledgesResponse* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Read(call, [&](Transaction& tx) -> absl::StatusOr<v1::ListPledgesResponse> {
      SA_ASSIGN_OR_RETURN(const v1::Campaign campaign, kCampaigns.Get(tx, request->parent()));
      SA_ASSIGN_OR_RETURN(auto page, kPledges.List(tx, request->parent(), *request));
      v1::ListPledgesResponse answer;
      for (v1::Pledge& pledge : page.items) {
        *answer.add_pledges() = Complete(std::move(pledge), campaign);
      }
      answer.set_next_page_token(page.next_page_token);
      return answer;
    });
  });
}

grpc::ServerUnaryReactor* CampaignService::ListOwnPledges(grpc::CallbackServerContext* context,
                                                          const v1::ListOwnPledgesRequest* request,
                                                          v1::ListOwnPledgesResponse* response) {
  return rpc_.Unary(
      context, request, response,
      [this, request](const Call& call) -> absl::StatusOr<v1::ListOwnPledgesResponse> {
        v1::ListOwnPledgesResponse answer;
        if (!IsParticipant(call)) return answer;
        std::vector<std::string> members;
        for (const std::string& member : call.principal.members) members.push_back(LastId(member));
        return pool_.Read(call, [&](Transaction& tx) -> absl::StatusOr<v1::ListOwnPledgesResponse> {
          SA_ASSIGN_OR_RETURN(auto pledges, ReadOwnPledges(tx, LastId(request->parent()), members));
          for (v1::Pledge& pledge : pledges) {
            SA_ASSIGN_OR_RETURN(v1::Campaign campaign,
                                kCampaigns.Get(tx, CampaignOf(pledge.name())));
            SA_ASSIGN_OR_RETURN(campaign, CompleteCampaign(tx, std::move(campaign)));
            AddOwn(std::move(pledge), campaign, answer);
          }
          return answer;
        });
      });
}

grpc::ServerUnaryReactor* CampaignService::SignPledge(grpc::CallbackServerContext* context,
                                                      const v1::SignPledgeRequest* request,
                                                      v1::Pledge* response) {
  return rpc_.Unary(
      context, request, response, [this, request](const Call& call) -> absl::StatusOr<v1::Pledge> {
        if (!IsOwn(call, request->name())) return NotOwn();
        const domain::Presence presence{call.principal.channel, call.principal.second_factor};
        return ActOnPledge(call, *request, "sign",
                           [&](Transaction&, const v1::Campaign& campaign,
                               v1::Pledge& pledge) -> absl::StatusOr<v1::PledgeEvent> {
                             if (MustWait(pledge, campaign)) return domain::MustWait(campaign);
                             return domain::Sign(*request, campaign, presence, ActOf(call), pledge);
                           });
      });
}

grpc::ServerUnaryReactor* CampaignService::RecordPledge(grpc::CallbackServerContext* context,
                                                        const v1::RecordPledgeRequest* request,
                                                        v1::Pledge* response) {
  return rpc_.Unary(
      context, request, response, [this, request](const Call& call) -> absl::StatusOr<v1::Pledge> {
        SA_RETURN_IF_ERROR(domain::CheckPaperDate(request->effective_date(), ActOf(call)));
        paper::ScannedPages pages;
        if (!request->scan().empty()) {
          SA_RETURN_IF_ERROR(domain::CheckScan(request->scan(), request->scan_media_type()));
          SA_ASSIGN_OR_RETURN(
              pages, scans_.Read(request->scan(), request->scan_media_type(), TimeForScan(call)));
        }
        return ActOnPledge(
            call, *request, "record",
            [&](Transaction& tx, const v1::Campaign& campaign,
                v1::Pledge& pledge) -> absl::StatusOr<v1::PledgeEvent> {
              SA_RETURN_IF_ERROR(CheckCodes(tx, pages, campaign, pledge));
              domain::Paper paper{request->effective_date(), {}, campaign.awaits_president()};
              if (!request->scan().empty()) {
                SA_ASSIGN_OR_RETURN(paper.scan, StoreScan(tx, request->scan(),
                                                          request->scan_media_type(), paper.date));
              }
              return domain::Record(paper, campaign, ActOf(call), pledge);
            });
      });
}

grpc::ServerUnaryReactor* CampaignService::WithdrawPledge(grpc::CallbackServerContext* context,
                                                          const v1::WithdrawPledgeRequest* request,
                                                          v1::Pledge* response) {
  return rpc_.Unary(
      context, request, response, [this, request](const Call& call) -> absl::StatusOr<v1::Pledge> {
        const bool own = IsParticipant(call);
        if (own && !IsOwn(call, request->name())) return NotOwn();
        return ActOnPledge(call, *request, "withdraw",
                           [&](Transaction&, const v1::Campaign&, v1::Pledge& pledge) {
                             return domain::Withdraw(*request, own, ActOf(call), pledge);
                           });
      });
}

grpc::ServerUnaryReactor* CampaignService::ExemptPledge(grpc::CallbackServerContext* context,
                                                        const v1::ExemptPledgeRequest* request,
                                                        v1::Pledge* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return ActOnPledge(call, *request, "exempt",
                       [&](Transaction&, const v1::Campaign&, v1::Pledge& pledge) {
                         return domain::Exempt(*request, ActOf(call), pledge);
                       });
  });
}

grpc::ServerUnaryReactor* CampaignService::IncludePledge(grpc::CallbackServerContext* context,
                                                         const v1::IncludePledgeRequest* request,
                                                         v1::Pledge* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return ActOnPledge(call, *request, "include",
                       [&](Transaction&, const v1::Campaign&, v1::Pledge& pledge) {
                         return domain::Include(*request, ActOf(call), pledge);
                       });
  });
}

}  // namespace staraction::declaration
