#include "services/engagement/kiosk_service.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/base/date.h"
#include "common/base/id.h"
#include "common/base/macros.h"
#include "common/base/timestamp.h"
#include "common/resource/etag.h"
#include "common/resource/name.h"
#include "common/status/errors.h"
#include "services/engagement/domain/second_factor.h"
#include "services/engagement/store/members.h"
#include "services/engagement/store/tables.h"

namespace staraction::engagement {
namespace {

using pg::Transaction;

bool IsOpen(const v1::Kiosk& kiosk, absl::Time now) {
  return !kiosk.has_close_time() && FromTimestamp(kiosk.expire_time()) > now;
}

absl::Status CheckLasting(const v1::Kiosk& kiosk, int hours, absl::Time now) {
  const absl::Time end = FromTimestamp(kiosk.expire_time());
  if (end > now && end <= now + absl::Hours(hours)) return absl::OkStatus();
  return InvalidField("kiosk.expire_time",
                      absl::StrCat("came ", absl::FormatTime(end, absl::UTCTimeZone()),
                                   "; wanted a time within ", hours, " hours from now"),
                      absl::StrCat("今から", hours, "時間以内の時刻にしてください"));
}

absl::Status CheckRunning(const v1::Engagement& engagement) {
  if (engagement.state() == v1::Engagement::STATE_CONTRACTED ||
      engagement.state() == v1::Engagement::STATE_ACTIVE) {
    return absl::OkStatus();
  }
  return StateConflict(engagement.name(), v1::Engagement::State_Name(engagement.state()).substr(6),
                       "open a kiosk");
}

}  // namespace

absl::StatusOr<v1::Kiosk> KioskService::Insert(Transaction& tx,
                                               const v1::CreateKioskRequest& request) const {
  SA_ASSIGN_OR_RETURN(const v1::Engagement engagement, kEngagements.Get(tx, request.parent()));
  SA_RETURN_IF_ERROR(CheckRunning(engagement));
  SA_ASSIGN_OR_RETURN(const v1::Participation participation, ParticipationOf(tx, request.parent()));
  SA_ASSIGN_OR_RETURN(const content::v1::ContactRule* rule, entry_.RuleOf(participation));
  SA_ASSIGN_OR_RETURN(const v1::Organization organization, kOrganizations.Get(tx, "organization"));
  v1::Kiosk kiosk = request.kiosk();
  if (!kiosk.has_expire_time()) {
    *kiosk.mutable_expire_time() = ToTimestamp(tx.now() + absl::Hours(rule->kiosk_hours()));
  }
  SA_RETURN_IF_ERROR(CheckLasting(kiosk, rule->kiosk_hours(), tx.now()));
  kiosk.set_name(request.parent() + "/kiosks/" + NewId(tx.now()));
  kiosk.set_opener(tx.call().Actor());
  SA_ASSIGN_OR_RETURN(kiosk, kKiosks.Insert(tx, std::move(kiosk)));
  kiosk.set_url(organization.participant_url());
  return kiosk;
}

KioskService::Reactor* KioskService::CreateKiosk(Context* context,
                                                 const v1::CreateKioskRequest* request,
                                                 v1::Kiosk* response) {
  return rpc_.Unary(
      context, request, response, [this, request](const Call& call) -> absl::StatusOr<v1::Kiosk> {
        SA_ASSIGN_OR_RETURN(v1::Kiosk kiosk, pool_.Write(call, *request, [&](Transaction& tx) {
          return Insert(tx, *request);
        }));
        // Only now, so that the answer that is kept for the request_id holds no secret.
        kiosk.set_secret(domain::MakeKioskSecret({call.organization(), LastId(kiosk.name())},
                                                 entry_.link_key()));
        if (!kiosk.url().empty()) kiosk.set_url(absl::StrCat(kiosk.url(), "#", kiosk.secret()));
        return kiosk;
      });
}

KioskService::Reactor* KioskService::ListKiosks(Context* context,
                                                const v1::ListKiosksRequest* request,
                                                v1::ListKiosksResponse* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Read(call, [&](Transaction& tx) -> absl::StatusOr<v1::ListKiosksResponse> {
      SA_ASSIGN_OR_RETURN(auto page, kKiosks.List(tx, request->parent(), *request));
      return pg::ToResponse(std::move(page), &v1::ListKiosksResponse::mutable_kiosks);
    });
  });
}

KioskService::Reactor* KioskService::CloseKiosk(Context* context,
                                                const v1::CloseKioskRequest* request,
                                                v1::Kiosk* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Write(call, *request, [&](Transaction& tx) -> absl::StatusOr<v1::Kiosk> {
      SA_ASSIGN_OR_RETURN(v1::Kiosk kiosk, kKiosks.Lock(tx, request->name()));
      SA_RETURN_IF_ERROR(CheckEtag(request->etag(), kiosk.etag(), kiosk.name()));
      if (!IsOpen(kiosk, tx.now())) return StateConflict(kiosk.name(), "CLOSED", "close");
      *kiosk.mutable_close_time() = ToTimestamp(tx.now());
      return kKiosks.Update(tx, std::move(kiosk));
    });
  });
}

// The secret is the credential of this call: its organization, then its kiosk's client.
absl::StatusOr<KioskService::Opened> KioskService::Open(const Call& call,
                                                        const std::string& secret) const {
  const auto claim = domain::ReadKioskSecret(secret, entry_.link_key());
  if (!claim) return ParticipantEntry::BadSecret();
  const Call wide = ParticipantEntry::InOrganization(call, claim->organization);
  SA_ASSIGN_OR_RETURN(const auto found, pool_.Read(wide, [&](Transaction& tx) {
    return FindKiosk(tx, claim->kiosk);
  }));
  if (!found || !IsOpen(found->resource, call.now)) return ParticipantEntry::BadSecret();
  return Opened{found->resource, ParticipantEntry::InClient(wide, found->client, "")};
}

absl::StatusOr<v1::ListKioskMembersResponse> KioskService::Members(
    const Call& call, const v1::ListKioskMembersRequest& request) const {
  SA_ASSIGN_OR_RETURN(const Opened opened, Open(call, request.secret()));
  v1::ListMembersRequest list;
  list.set_parent(opened.inside.client_name());
  *list.mutable_as_of() = ToProtoDate(TokyoDay(call.now));
  list.set_query(request.query());
  list.set_page_size(request.page_size());
  list.set_page_token(request.page_token());
  return pool_.Read(
      opened.inside, [&](Transaction& tx) -> absl::StatusOr<v1::ListKioskMembersResponse> {
        SA_ASSIGN_OR_RETURN(const v1::Participation participation,
                            ParticipationOf(tx, EngagementOf(opened.kiosk.name())));
        SA_ASSIGN_OR_RETURN(const v1::Client client, kClients.Get(tx, opened.inside.client_name()));
        SA_ASSIGN_OR_RETURN(const v1::ListMembersResponse page, FindMembers(tx, list));
        v1::ListKioskMembersResponse reply;
        reply.set_client_display_name(client.legal_name());
        reply.set_next_page_token(page.next_page_token());
        for (const v1::Member& member : page.members()) {
          if (!IsEmployed(member, TokyoDay(call.now))) continue;
          auto* entry = reply.add_members();
          entry->set_member(member.name());
          entry->set_display_name(member.display_name());
          entry->set_kana(member.kana());
          entry->set_department(member.department());
          entry->set_second_factor(domain::AskedFactor(participation.second_factor(),
                                                       common::v1::CHANNEL_TABLET, member));
        }
        return reply;
      });
}

KioskService::Reactor* KioskService::ListKioskMembers(Context* context,
                                                      const v1::ListKioskMembersRequest* request,
                                                      v1::ListKioskMembersResponse* response) {
  return rpc_.Unary(context, request, response,
                    [this, request](const Call& call) { return Members(call, *request); });
}

absl::StatusOr<v1::ExchangeParticipantLinkResponse> KioskService::Identify(
    const Call& call, const v1::IdentifyAtKioskRequest& request) const {
  SA_ASSIGN_OR_RETURN(const Opened opened, Open(call, request.secret()));
  const std::string& member = request.member();
  if (!absl::StartsWith(member, opened.inside.client_name() + "/members/")) return NotFound(member);
  const Call inside = ParticipantEntry::InClient(opened.inside, opened.inside.client(), member);
  v1::ParticipantLink link;
  SA_RETURN_IF_ERROR(pool_.Run(inside, [&](Transaction& tx) -> absl::Status {
    const std::string engagement = EngagementOf(opened.kiosk.name());
    SA_RETURN_IF_ERROR(kMembers.Get(tx, member).status());
    SA_ASSIGN_OR_RETURN(const auto present, LinkOfMember(tx, engagement, member));
    if (present) {
      link = *present;
      return absl::OkStatus();
    }
    SA_ASSIGN_OR_RETURN(link, kParticipantLinks.Insert(tx, NewLink(engagement, member, tx.now())));
    return absl::OkStatus();
  }));
  return entry_.Enter(inside, link, common::v1::CHANNEL_TABLET, request.second_factor());
}

KioskService::Reactor* KioskService::IdentifyAtKiosk(
    Context* context, const v1::IdentifyAtKioskRequest* request,
    v1::ExchangeParticipantLinkResponse* response) {
  return rpc_.Unary(context, request, response,
                    [this, request](const Call& call) { return Identify(call, *request); });
}

}  // namespace staraction::engagement
