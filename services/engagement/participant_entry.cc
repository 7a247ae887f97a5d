#include "services/engagement/participant_entry.h"

#include "absl/strings/str_cat.h"
#include "common/base/date.h"
#include "common/base/macros.h"
#include "common/base/timestamp.h"
#include "common/resource/name.h"
#include "common/status/errors.h"
#include "services/engagement/domain/second_factor.h"
#include "services/engagement/store/participation.h"
#include "services/engagement/store/tables.h"

namespace staraction::engagement {
namespace {

using domain::FactorVerdict;

constexpr absl::Duration kTokenLifetime = absl::Minutes(15);

domain::LinkClaim ClaimOf(const std::string& organization, const v1::ParticipantLink& link) {
  return {organization, LastId(link.name()), link.generation()};
}

absl::Status FactorError(FactorVerdict verdict, v1::SecondFactor asked, int tries_left,
                         absl::Duration pause) {
  const bool number = asked == v1::SECOND_FACTOR_STAFF_NUMBER;
  const std::string kind = number ? "STAFF_NUMBER" : "PRINTED_CODE";
  const std::string en = number ? "staff number" : "printed code";
  const std::string ja = number ? "社員番号" : "用紙に印刷された確認コード";
  switch (verdict) {
    case FactorVerdict::kRight:
      return absl::OkStatus();
    case FactorVerdict::kMissing:
      return MakeError(absl::StatusCode::kUnauthenticated,
                       error::v1::ERROR_REASON_SECOND_FACTOR_REQUIRED,
                       absl::StrCat("the ", en, " is wanted besides the link"),
                       absl::StrCat(ja, "を入力してください"), {{"second_factor", kind}});
    case FactorVerdict::kWrong:
      return MakeError(absl::StatusCode::kUnauthenticated,
                       error::v1::ERROR_REASON_SECOND_FACTOR_WRONG,
                       absl::StrCat("the ", en, " is wrong; tries left: ", tries_left),
                       absl::StrCat(ja, "が違います。あと", tries_left, "回入力できます"),
                       {{"second_factor", kind}, {"tries_left", absl::StrCat(tries_left)}});
    case FactorVerdict::kPaused:
      break;
  }
  const int64_t minutes = absl::ToInt64Minutes(pause + absl::Seconds(59));
  return TryAgain(
      absl::StatusCode::kResourceExhausted, error::v1::ERROR_REASON_SECOND_FACTOR_PAUSED,
      absl::StrCat("too many wrong tries; try again in ", minutes, " minutes"),
      absl::StrCat("入力の誤りが続いたため、", minutes, "分ほど待ってからお試しください"), pause);
}

}  // namespace

absl::Status ParticipantEntry::BadSecret() {
  return MakeError(absl::StatusCode::kUnauthenticated, error::v1::ERROR_REASON_CREDENTIAL_INVALID,
                   "this link is not valid (any more); ask for a new one",
                   "このリンクは使えません。新しいリンクを担当者に依頼してください");
}

Call ParticipantEntry::InOrganization(const Call& call, const std::string& organization) {
  Call inside = call;
  inside.principal.organization = organization;
  inside.access.portfolio = "all";
  return inside;
}

Call ParticipantEntry::InClient(const Call& call, const std::string& client,
                                const std::string& actor) {
  Call inside = call;
  inside.access.portfolio.clear();
  inside.access.clients = {client};
  inside.principal.kind = Principal::Kind::kParticipant;
  if (!actor.empty()) inside.principal.members = {actor};
  return inside;
}

absl::StatusOr<const content::v1::ContactRule*> ParticipantEntry::RuleOf(
    const v1::Participation& participation) const {
  const auto* rule = library_.Find<content::v1::ContactRule>(participation.contact_rule());
  if (rule != nullptr) return rule;
  return InvalidField(
      "participation.contact_rule",
      absl::StrCat("no content pack has a contact rule \"", participation.contact_rule(), "\""),
      absl::StrCat("連絡のきまり「", participation.contact_rule(), "」はありません"));
}

void ParticipantEntry::AddSecret(const std::string& organization, const std::string& base,
                                 v1::ParticipantLink& link) const {
  link.set_secret(domain::MakeLinkSecret(ClaimOf(organization, link), link_key_));
  if (!base.empty()) link.set_url(absl::StrCat(base, "#", link.secret()));
}

std::string ParticipantEntry::PrintedCode(const std::string& organization,
                                          const v1::ParticipantLink& link) const {
  return domain::MakePrintedCode(ClaimOf(organization, link), link_key_);
}

// A try counts although the call fails, so it is stored in a transaction of its own.
absl::Status ParticipantEntry::CheckFactor(const Call& inside, const v1::ParticipantLink& link,
                                           const v1::Member& member,
                                           const v1::Participation& participation,
                                           v1::SecondFactor asked, const std::string& shown) const {
  SA_ASSIGN_OR_RETURN(const content::v1::ContactRule* rule, RuleOf(participation));
  FactorVerdict verdict = FactorVerdict::kMissing;
  v1::ParticipantLink locked;
  SA_RETURN_IF_ERROR(pool_.Run(inside, [&](pg::Transaction& tx) -> absl::Status {
    SA_ASSIGN_OR_RETURN(locked, kParticipantLinks.Lock(tx, link.name()));
    const std::string before = locked.SerializeAsString();
    verdict = domain::JudgeFactor(asked, member, PrintedCode(inside.organization(), locked), shown,
                                  *rule, tx.now(), locked);
    if (locked.SerializeAsString() == before) return absl::OkStatus();
    return kParticipantLinks.Update(tx, locked).status();
  }));
  return FactorError(verdict, asked, rule->second_factor_tries() - locked.wrong_tries(),
                     FromTimestamp(locked.unlock_time()) - inside.now);
}

absl::StatusOr<v1::ExchangeParticipantLinkResponse> ParticipantEntry::Enter(
    const Call& inside, const v1::ParticipantLink& link, common::v1::Channel channel,
    const std::string& shown) const {
  const std::string engagement = EngagementOf(link.name());
  v1::Participation participation;
  v1::Member member;
  SA_ASSIGN_OR_RETURN(const v1::Client client,
                      pool_.Read(inside, [&](pg::Transaction& tx) -> absl::StatusOr<v1::Client> {
                        SA_ASSIGN_OR_RETURN(participation, ParticipationOf(tx, engagement));
                        SA_ASSIGN_OR_RETURN(member, kMembers.Get(tx, link.member()));
                        return kClients.Get(tx, inside.client_name());
                      }));
  if (link.revoked() || !IsEmployed(member, TokyoDay(inside.now))) return BadSecret();
  const auto asked = domain::AskedFactor(participation.second_factor(), channel, member);
  const bool shows = asked != v1::SECOND_FACTOR_NONE;
  if (shows) SA_RETURN_IF_ERROR(CheckFactor(inside, link, member, participation, asked, shown));
  ParticipantToken token;
  token.link = LastId(link.name());
  token.organization = inside.organization();
  token.client = inside.client();
  token.engagement = LastId(engagement);
  token.members = {member.name()};
  token.channel = channel;
  token.second_factor = shows;
  token.lifetime = kTokenLifetime;
  v1::ExchangeParticipantLinkResponse reply;
  SA_ASSIGN_OR_RETURN(*reply.mutable_access_token(), signer_.Participant(token));
  *reply.mutable_expire_time() = ToTimestamp(inside.now + kTokenLifetime);
  reply.set_member(member.name());
  reply.set_display_name(member.display_name());
  reply.set_engagement(engagement);
  reply.set_client_display_name(client.legal_name());
  reply.set_second_factor_shown(shows);
  return reply;
}

}  // namespace staraction::engagement
