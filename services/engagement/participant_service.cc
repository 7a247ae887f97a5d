#include "services/engagement/participant_service.h"

#include <set>
#include <utility>

#include "common/base/date.h"
#include "common/base/macros.h"
#include "common/resource/etag.h"
#include "common/resource/mask.h"
#include "common/resource/name.h"
#include "common/status/errors.h"
#include "services/engagement/store/members.h"
#include "services/engagement/store/participation.h"
#include "services/engagement/store/tables.h"

namespace staraction::engagement {
namespace {

using pg::Transaction;

// Names that a call makes links for: everybody employed today, unless the request names members;
// each once.
absl::StatusOr<std::set<std::string>> MembersFor(const std::vector<v1::Member>& everybody,
                                                 const v1::CreateParticipantLinksRequest& request,
                                                 absl::CivilDay today) {
  std::set<std::string> known, employed;
  for (const v1::Member& member : everybody) {
    known.insert(member.name());
    if (IsEmployed(member, today)) employed.insert(member.name());
  }
  if (request.members().empty()) return employed;
  for (const std::string& name : request.members()) {
    if (known.count(name) == 0) return NotFound(name);
  }
  return std::set<std::string>(request.members().begin(), request.members().end());
}

// The same few statements for one person and for a thousand, but for links that are renewed.
absl::StatusOr<v1::CreateParticipantLinksResponse> MakeLinks(
    Transaction& tx, const v1::CreateParticipantLinksRequest& request) {
  SA_ASSIGN_OR_RETURN(const v1::Organization organization, kOrganizations.Get(tx, "organization"));
  SA_ASSIGN_OR_RETURN(const std::vector<v1::Member> everybody, AllMembers(tx));
  SA_ASSIGN_OR_RETURN(const auto names, MembersFor(everybody, request, TokyoDay(tx.now())));
  SA_ASSIGN_OR_RETURN(auto present, LockLinks(tx, request.parent()));
  std::vector<v1::ParticipantLink> fresh, made;
  for (const std::string& name : names) {
    const auto link = present.find(name);
    if (link == present.end()) {
      fresh.push_back(NewLink(request.parent(), name, tx.now()));
    } else if (!request.only_missing() || link->second.revoked()) {
      SA_ASSIGN_OR_RETURN(made.emplace_back(), RenewLink(tx, std::move(link->second)));
    }
  }
  SA_RETURN_IF_ERROR(kParticipantLinks.InsertAll(tx, fresh));
  made.insert(made.end(), fresh.begin(), fresh.end());
  v1::CreateParticipantLinksResponse reply;
  for (v1::ParticipantLink& link : made) {
    link.set_url(organization.participant_url());
    *reply.add_participant_links() = std::move(link);
  }
  return reply;
}

}  // namespace

ParticipantService::Reactor* ParticipantService::CreateParticipantLinks(
    Context* context, const v1::CreateParticipantLinksRequest* request,
    v1::CreateParticipantLinksResponse* response) {
  return rpc_.Unary(
      context, request, response,
      [this, request](const Call& call) -> absl::StatusOr<v1::CreateParticipantLinksResponse> {
        SA_ASSIGN_OR_RETURN(auto reply, pool_.Write(call, *request, [&](Transaction& tx) {
          return MakeLinks(tx, *request);
        }));
        // Only now, so that the answer that is kept for the request_id holds no secret.
        for (v1::ParticipantLink& link : *reply.mutable_participant_links()) {
          entry_.AddSecret(call.organization(), link.url(), link);
        }
        return reply;
      });
}

ParticipantService::Reactor* ParticipantService::ListParticipantLinks(
    Context* context, const v1::ListParticipantLinksRequest* request,
    v1::ListParticipantLinksResponse* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Read(
        call, [&](Transaction& tx) -> absl::StatusOr<v1::ListParticipantLinksResponse> {
          SA_ASSIGN_OR_RETURN(auto page, kParticipantLinks.List(tx, request->parent(), *request));
          return pg::ToResponse(std::move(page),
                                &v1::ListParticipantLinksResponse::mutable_participant_links);
        });
  });
}

ParticipantService::Reactor* ParticipantService::RevokeParticipantLink(
    Context* context, const v1::RevokeParticipantLinkRequest* request,
    v1::ParticipantLink* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Write(call, *request, [&](Transaction& tx) -> absl::StatusOr<v1::ParticipantLink> {
      SA_ASSIGN_OR_RETURN(v1::ParticipantLink link, kParticipantLinks.Lock(tx, request->name()));
      SA_RETURN_IF_ERROR(CheckEtag(request->etag(), link.etag(), link.name()));
      link.set_revoked(true);
      return kParticipantLinks.Update(tx, std::move(link));
    });
  });
}

// The secret is the credential of this call: its organization, then its link's client.
absl::StatusOr<v1::ExchangeParticipantLinkResponse> ParticipantService::Exchange(
    const Call& call, const v1::ExchangeParticipantLinkRequest& request) const {
  const auto claim = domain::ReadLinkSecret(request.secret(), entry_.link_key());
  if (!claim) return ParticipantEntry::BadSecret();
  const Call wide = ParticipantEntry::InOrganization(call, claim->organization);
  SA_ASSIGN_OR_RETURN(const auto found,
                      pool_.Read(wide, [&](Transaction& tx) { return FindLink(tx, claim->link); }));
  if (!found || found->resource.generation() != claim->generation) {
    return ParticipantEntry::BadSecret();
  }
  const v1::ParticipantLink& link = found->resource;
  return entry_.Enter(ParticipantEntry::InClient(wide, found->client, link.member()), link,
                      common::v1::CHANNEL_LINK, request.second_factor());
}

ParticipantService::Reactor* ParticipantService::ExchangeParticipantLink(
    Context* context, const v1::ExchangeParticipantLinkRequest* request,
    v1::ExchangeParticipantLinkResponse* response) {
  return rpc_.Unary(context, request, response,
                    [this, request](const Call& call) { return Exchange(call, *request); });
}

ParticipantService::Reactor* ParticipantService::GetParticipation(
    Context* context, const v1::GetParticipationRequest* request, v1::Participation* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Read(
        call, [&](Transaction& tx) { return ParticipationOf(tx, EngagementOf(request->name())); });
  });
}

absl::StatusOr<v1::Participation> ParticipantService::Change(
    Transaction& tx, const v1::UpdateParticipationRequest& request) const {
  const v1::Participation& patch = request.participation();
  // The engagement's row stands for the one that may not be there yet.
  SA_RETURN_IF_ERROR(kEngagements.Lock(tx, EngagementOf(patch.name())).status());
  SA_ASSIGN_OR_RETURN(v1::Participation stored, ParticipationOf(tx, EngagementOf(patch.name())));
  SA_RETURN_IF_ERROR(CheckEtag(patch.etag(), stored.etag(), patch.name()));
  SA_RETURN_IF_ERROR(ApplyUpdate(request.update_mask(), patch, &stored));
  SA_RETURN_IF_ERROR(entry_.RuleOf(stored).status());
  if (!stored.has_create_time()) return kParticipations.Insert(tx, std::move(stored));
  return kParticipations.Update(tx, std::move(stored));
}

ParticipantService::Reactor* ParticipantService::UpdateParticipation(
    Context* context, const v1::UpdateParticipationRequest* request, v1::Participation* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Write(call, *request, [&](Transaction& tx) { return Change(tx, *request); });
  });
}

}  // namespace staraction::engagement
