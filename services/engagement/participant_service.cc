#include "services/engagement/participant_service.h"

#include "absl/strings/str_cat.h"
#include "common/base/date.h"
#include "common/base/id.h"
#include "common/base/macros.h"
#include "common/pg/field_value.h"
#include "common/resource/etag.h"
#include "common/resource/name.h"
#include "common/status/errors.h"
#include "services/engagement/domain/link_secret.h"
#include "services/engagement/store/members.h"
#include "services/engagement/store/tables.h"

namespace staraction::engagement {
namespace {

using pg::Transaction;

constexpr absl::Duration kTokenLifetime = absl::Minutes(15);

const pg::Statement kLinkOfMember("link_of_member", [] {
  return absl::StrCat("select ", kParticipantLinks.SelectList(), R"( from participant_link
    where organization_id = $1 and engagement_id = $2 and member_id = $3 for update)");
});

const pg::Statement kLinkById("link_by_id", [] {
  return absl::StrCat("select ", kParticipantLinks.SelectList(), R"( from participant_link
    where organization_id = $1 and participant_link_id = $2)");
});

absl::Status BadSecret() {
  return MakeError(absl::StatusCode::kUnauthenticated, error::v1::ERROR_REASON_CREDENTIAL_INVALID,
                   "this link is not valid (any more); ask for a new one",
                   "このリンクは使えません。新しいリンクを担当者に依頼してください");
}

bool IsEmployed(const v1::Member& member, absl::CivilDay today) {
  const auto left = FromProtoDate(member.leave_date());
  return member.status() != v1::MEMBER_STATUS_LEFT && (!left || *left >= today);
}

// Everybody on today's roster, unless the request names members.
absl::StatusOr<std::vector<std::string>> MembersFor(
    Transaction& tx, const v1::CreateParticipantLinksRequest& request) {
  std::vector<std::string> names(request.members().begin(), request.members().end());
  if (!names.empty()) return names;
  SA_ASSIGN_OR_RETURN(const std::vector<v1::Member> members, AllMembers(tx));
  for (const v1::Member& member : members) {
    if (IsEmployed(member, TokyoDay(tx.now()))) names.push_back(member.name());
  }
  return names;
}

}  // namespace

absl::StatusOr<v1::ParticipantLink> ParticipantService::MakeLink(Transaction& tx,
                                                                 const std::string& engagement,
                                                                 const std::string& member) const {
  SA_ASSIGN_OR_RETURN(const v1::Member found, kMembers.Get(tx, member));
  SA_ASSIGN_OR_RETURN(
      const pg::Rows rows,
      tx.Exec(kLinkOfMember, {tx.organization(), LastId(engagement), LastId(found.name())}));
  v1::ParticipantLink link;
  if (rows.empty()) {
    link.set_name(engagement + "/participantLinks/" + NewId(tx.now()));
    link.set_member(found.name());
    link.set_generation(1);
    SA_ASSIGN_OR_RETURN(link, kParticipantLinks.Insert(tx, std::move(link)));
  } else {
    link = kParticipantLinks.FromRow(rows[0]);
    link.set_generation(link.generation() + 1);
    link.set_revoked(false);
    SA_ASSIGN_OR_RETURN(link, kParticipantLinks.Update(tx, std::move(link)));
  }
  return link;
}

absl::StatusOr<v1::CreateParticipantLinksResponse> ParticipantService::MakeLinks(
    Transaction& tx, const v1::CreateParticipantLinksRequest& request) const {
  SA_ASSIGN_OR_RETURN(const v1::Organization organization, kOrganizations.Get(tx, "organization"));
  SA_ASSIGN_OR_RETURN(const std::vector<std::string> members, MembersFor(tx, request));
  v1::CreateParticipantLinksResponse reply;
  for (const std::string& member : members) {
    SA_ASSIGN_OR_RETURN(v1::ParticipantLink link, MakeLink(tx, request.parent(), member));
    link.set_url(organization.participant_url());
    *reply.add_participant_links() = std::move(link);
  }
  return reply;
}

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
          link.set_secret(domain::MakeLinkSecret(
              {call.organization(), LastId(link.name()), link.generation()}, link_key_));
          if (!link.url().empty()) link.set_url(absl::StrCat(link.url(), "#", link.secret()));
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

absl::StatusOr<v1::ExchangeParticipantLinkResponse> ParticipantService::Exchange(
    const Call& call, const std::string& secret) const {
  const auto claim = domain::ReadLinkSecret(secret, link_key_);
  if (!claim) return BadSecret();
  // The secret is the credential of this call: its organization, then its link's client.
  Call inside = call;
  inside.principal.organization = claim->organization;
  inside.access.portfolio = "all";
  SA_ASSIGN_OR_RETURN(const pg::Rows rows, pool_.Read(inside, [&](Transaction& tx) {
    return tx.Exec(kLinkById, {claim->organization, claim->link});
  }));
  if (rows.empty()) return BadSecret();
  const v1::ParticipantLink link = kParticipantLinks.FromRow(rows[0]);
  if (link.revoked() || link.generation() != claim->generation) return BadSecret();
  inside.access.portfolio.clear();
  inside.access.clients = {rows[0].Text("client_id")};
  return pool_.Read(
      inside, [&](Transaction& tx) -> absl::StatusOr<v1::ExchangeParticipantLinkResponse> {
        SA_ASSIGN_OR_RETURN(const v1::Member member, kMembers.Get(tx, link.member()));
        SA_ASSIGN_OR_RETURN(const v1::Client client, kClients.Get(tx, inside.client_name()));
        if (!IsEmployed(member, TokyoDay(call.now))) return BadSecret();
        ParticipantToken token;
        token.link = claim->link;
        token.organization = claim->organization;
        token.client = inside.client();
        token.engagement = rows[0].Text("engagement_id");
        token.members = {member.name()};
        token.lifetime = kTokenLifetime;
        v1::ExchangeParticipantLinkResponse reply;
        SA_ASSIGN_OR_RETURN(*reply.mutable_access_token(), signer_.Participant(token));
        *reply.mutable_expire_time() = pg::ToTimestamp(call.now + kTokenLifetime);
        reply.set_member(member.name());
        reply.set_display_name(member.display_name());
        reply.set_engagement("engagements/" + token.engagement);
        reply.set_client_display_name(client.legal_name());
        return reply;
      });
}

ParticipantService::Reactor* ParticipantService::ExchangeParticipantLink(
    Context* context, const v1::ExchangeParticipantLinkRequest* request,
    v1::ExchangeParticipantLinkResponse* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return Exchange(call, request->secret());
  });
}

}  // namespace staraction::engagement
