#include "services/declaration/domain/campaign.h"

#include <openssl/sha.h>

#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "common/base/date.h"
#include "common/base/timestamp.h"
#include "common/status/errors.h"
#include "services/declaration/domain/action.h"
#include "services/declaration/domain/day.h"

namespace staraction::declaration::domain {
namespace {

using common::v1::Channel;

constexpr Allowed<v1::Campaign::State> kCampaign[] = {
    {v1::Campaign::STATE_DRAFT, "open"},
    {v1::Campaign::STATE_OPEN, "close"},
};

constexpr Allowed<v1::Pledge::State> kPledgeOpen[] = {
    {v1::Pledge::STATE_PENDING, "sign"},     {v1::Pledge::STATE_PENDING, "record"},
    {v1::Pledge::STATE_PENDING, "exempt"},   {v1::Pledge::STATE_PENDING, "include"},
    {v1::Pledge::STATE_PLEDGED, "withdraw"}, {v1::Pledge::STATE_WITHDRAWN, "sign"},
    {v1::Pledge::STATE_WITHDRAWN, "record"}, {v1::Pledge::STATE_WITHDRAWN, "exempt"},
    {v1::Pledge::STATE_WITHDRAWN, "include"}};

// What happened can still be recorded when nobody is asked any more.
constexpr Allowed<v1::Pledge::State> kPledgeClosed[] = {
    {v1::Pledge::STATE_PENDING, "record"},
    {v1::Pledge::STATE_PLEDGED, "withdraw"},
    {v1::Pledge::STATE_WITHDRAWN, "record"},
};

// SHA-256 of heading, body and rules, one under the other, so that anybody can check it.
std::string Digest(const v1::PledgeText& text) {
  std::string all = absl::StrCat(text.title(), "\n", text.body(), "\n");
  for (const std::string& rule : text.rules()) absl::StrAppend(&all, rule, "\n");
  unsigned char digest[SHA256_DIGEST_LENGTH];
  SHA256(reinterpret_cast<const unsigned char*>(all.data()), all.size(), digest);
  return absl::BytesToHexString(
      absl::string_view(reinterpret_cast<const char*>(digest), sizeof digest));
}

v1::PledgeText Pin(const content::v1::PledgeText& text, const content::v1::RuleList& rules) {
  v1::PledgeText pinned;
  pinned.set_id(text.id());
  pinned.set_pack(absl::StrCat(text.pack().urn(), "@", text.pack().version()));
  pinned.set_title(text.title().ja());
  pinned.set_body(text.body().text());
  for (const auto& rule : rules.rules()) pinned.add_rules(rule.title().ja());
  pinned.set_digest(Digest(pinned));
  return pinned;
}

void AddMissing(const std::string& what, const std::string& id, std::vector<Violation>& missing) {
  missing.push_back({what, absl::StrCat("the content has no ", what, " '", id, "'"),
                     absl::StrCat("コンテンツに", what, "「", id, "」がありません")});
}

v1::PledgeEvent NewEvent(v1::PledgeEvent::Kind kind, const Act& act) {
  v1::PledgeEvent event;
  event.set_kind(kind);
  event.set_actor(act.actor);
  *event.mutable_record_time() = ToTimestamp(act.now);
  *event.mutable_effective_date() = ToProtoDate(TokyoDay(act.now));
  return event;
}

bool ByThePerson(Channel channel) {
  return channel == common::v1::CHANNEL_LINK || channel == common::v1::CHANNEL_TABLET;
}

void Pledged(const v1::PledgeEvent& event, v1::Pledge& pledge) {
  pledge.set_state(v1::Pledge::STATE_PLEDGED);
  pledge.clear_exemption();  // whoever pledges is counted
  *pledge.mutable_signature() = event;
}

}  // namespace

std::vector<std::string> ActionsOf(v1::Campaign::State state) {
  return VerbsOf(kCampaign, state);
}

std::vector<std::string> ActionsOf(const v1::Pledge& pledge, v1::Campaign::State campaign) {
  std::vector<std::string> verbs = campaign == v1::Campaign::STATE_CLOSED
                                       ? VerbsOf(kPledgeClosed, pledge.state())
                                       : VerbsOf(kPledgeOpen, pledge.state());
  const std::string senseless = pledge.has_exemption() ? "exempt" : "include";
  verbs.erase(std::remove(verbs.begin(), verbs.end(), senseless), verbs.end());
  return verbs;
}

absl::Status CheckAction(const v1::Campaign& campaign, const std::string& verb) {
  return CheckVerb(ActionsOf(campaign.state()), campaign.name(),
                   v1::Campaign::State_Name(campaign.state()), verb);
}

absl::Status CheckAction(const v1::Pledge& pledge, v1::Campaign::State campaign,
                         const std::string& verb) {
  const std::vector<std::string> allowed = ActionsOf(pledge, campaign);
  const std::vector<std::string> while_open = ActionsOf(pledge, v1::Campaign::STATE_OPEN);
  const bool campaign_forbids =
      std::find(while_open.begin(), while_open.end(), verb) != while_open.end();
  return CheckVerb(allowed, pledge.name(),
                   campaign_forbids ? v1::Campaign::State_Name(campaign)
                                    : v1::Pledge::State_Name(pledge.state()),
                   verb);
}

absl::StatusOr<v1::Campaign> NewCampaign(const engagement::v1::Engagement& engagement,
                                         const content::Library& library) {
  const auto& editions = engagement.editions();
  const std::string& president_id = editions.president_pledge_text().empty()
                                        ? editions.pledge_text()
                                        : editions.president_pledge_text();
  const auto* rules = library.FindRuleList(editions.rule_list());
  const auto* text = library.FindPledgeText(editions.pledge_text());
  const auto* president = library.FindPledgeText(president_id);
  std::vector<Violation> missing;
  if (rules == nullptr) AddMissing("rule_list", editions.rule_list(), missing);
  if (text == nullptr) AddMissing("pledge_text", editions.pledge_text(), missing);
  if (president == nullptr) AddMissing("president_pledge_text", president_id, missing);
  if (!missing.empty()) return CriteriaUnmet(engagement.name(), missing);
  v1::Campaign campaign;
  campaign.set_rule_list(rules->id());
  *campaign.mutable_text() = Pin(*text, *rules);
  *campaign.mutable_president_text() = Pin(*president, *rules);
  campaign.set_state(v1::Campaign::STATE_DRAFT);
  return campaign;
}

std::vector<v1::Pledge> Freeze(const std::vector<engagement::v1::Member>& roster, const Act& act) {
  std::vector<v1::Pledge> pledges;
  for (const auto& member : roster) {
    if (member.status() == engagement::v1::MEMBER_STATUS_LEFT) continue;
    v1::Pledge pledge;
    pledge.set_member(member.name());
    pledge.set_display_name(member.display_name());
    pledge.set_staff_number(member.staff_number());
    pledge.set_department(member.department());
    pledge.set_president(member.president());
    pledge.set_state(v1::Pledge::STATE_PENDING);
    if (member.status() == engagement::v1::MEMBER_STATUS_ON_LEAVE) {
      auto* exemption = pledge.mutable_exemption();
      exemption->set_reason("休職中 (on leave)");
      exemption->set_approver("roster");
      exemption->set_recorded_by(act.actor);
      *exemption->mutable_record_time() = ToTimestamp(act.now);
    }
    pledges.push_back(std::move(pledge));
  }
  return pledges;
}

const v1::PledgeText& TextFor(const v1::Pledge& pledge, const v1::Campaign& campaign) {
  return pledge.president() ? campaign.president_text() : campaign.text();
}

absl::StatusOr<v1::PledgeEvent> Sign(const v1::SignPledgeRequest& request,
                                     const v1::Campaign& campaign, const Act& act,
                                     v1::Pledge& pledge) {
  std::vector<Violation> violations;
  if (!ByThePerson(request.channel())) {
    violations.push_back({"channel", "wanted CHANNEL_LINK or CHANNEL_TABLET",
                          "本人の署名の経路は LINK か TABLET です"});
  }
  if (request.confirmed_name() != pledge.display_name()) {
    violations.push_back(
        {"confirmed_name", "is not the name that is shown on this pledge",
         "誓約書に表示された氏名と一致しません。表示された氏名を確かめてください"});
  }
  const std::string& digest = TextFor(pledge, campaign).digest();
  if (!request.text_digest().empty() && request.text_digest() != digest) {
    violations.push_back({"text_digest", "is not the text of this pledge; wanted " + digest,
                          "表示された文面がこの誓約のものではありません"});
  }
  if (!violations.empty()) return InvalidFields(violations);
  v1::PledgeEvent event = NewEvent(v1::PledgeEvent::KIND_SIGNED, act);
  event.set_channel(request.channel());
  event.set_strength(request.channel() == common::v1::CHANNEL_LINK
                         ? v1::PledgeEvent::STRENGTH_LINK_AND_NAME
                         : v1::PledgeEvent::STRENGTH_DEVICE_AND_NAME);
  event.set_confirmed_name(request.confirmed_name());
  event.set_text_digest(digest);
  Pledged(event, pledge);
  return event;
}

absl::StatusOr<v1::PledgeEvent> Record(const v1::RecordPledgeRequest& request, const v1::Scan& scan,
                                       const v1::Campaign& campaign, const Act& act,
                                       v1::Pledge& pledge) {
  std::vector<Violation> violations;
  RefuseFuture(request.effective_date(), "effective_date", act.now, violations);
  if (!violations.empty()) return InvalidFields(violations);
  v1::PledgeEvent event = NewEvent(v1::PledgeEvent::KIND_RECORDED, act);
  event.set_channel(common::v1::CHANNEL_PAPER);
  event.set_strength(scan.id().empty() ? v1::PledgeEvent::STRENGTH_PAPER_SEEN
                                       : v1::PledgeEvent::STRENGTH_PAPER_SCANNED);
  *event.mutable_effective_date() = request.effective_date();
  event.set_confirmed_name(pledge.display_name());
  event.set_text_digest(TextFor(pledge, campaign).digest());
  if (!scan.id().empty()) *event.mutable_scan() = scan;
  if (campaign.state() == v1::Campaign::STATE_CLOSED) {
    event.set_deviation("受付の終了後に記録されました");
  }
  Pledged(event, pledge);
  return event;
}

absl::StatusOr<v1::PledgeEvent> Withdraw(const v1::WithdrawPledgeRequest& request, bool own,
                                         const Act& act, v1::Pledge& pledge) {
  if (own != ByThePerson(request.channel())) {
    return InvalidField("channel",
                        own ? "wanted CHANNEL_LINK or CHANNEL_TABLET"
                            : "wanted CHANNEL_PAPER, CHANNEL_TELEPHONE or CHANNEL_CONSULTANT",
                        own ? "本人による取り下げの経路は LINK か TABLET です"
                            : "代わりに記録するときの経路は PAPER、TELEPHONE、CONSULTANT です");
  }
  v1::PledgeEvent event = NewEvent(v1::PledgeEvent::KIND_WITHDRAWN, act);
  event.set_channel(request.channel());
  event.set_reason(request.reason());
  pledge.set_state(v1::Pledge::STATE_WITHDRAWN);
  pledge.clear_signature();
  return event;
}

v1::PledgeEvent Exempt(const v1::ExemptPledgeRequest& request, const Act& act, v1::Pledge& pledge) {
  v1::PledgeEvent event = NewEvent(v1::PledgeEvent::KIND_EXEMPTED, act);
  event.set_reason(request.reason());
  event.set_approver(request.approver());
  auto* exemption = pledge.mutable_exemption();
  exemption->set_reason(request.reason());
  exemption->set_approver(request.approver());
  exemption->set_recorded_by(act.actor);
  *exemption->mutable_record_time() = event.record_time();
  return event;
}

v1::PledgeEvent Include(const v1::IncludePledgeRequest& request, const Act& act,
                        v1::Pledge& pledge) {
  v1::PledgeEvent event = NewEvent(v1::PledgeEvent::KIND_INCLUDED, act);
  event.set_reason(request.reason());
  pledge.clear_exemption();
  return event;
}

absl::Status CheckScan(const std::string& bytes, const std::string& media_type) {
  struct Kind {
    const char* media_type;
    absl::string_view begin;
  };
  static constexpr Kind kKinds[] = {{"application/pdf", "%PDF-"},
                                    {"image/png", "\x89PNG\r\n\x1a\n"},
                                    {"image/jpeg", "\xff\xd8\xff"}};
  for (const Kind& kind : kKinds) {
    if (media_type != kind.media_type) continue;
    if (absl::StartsWith(bytes, kind.begin)) return absl::OkStatus();
    return InvalidField("scan", "its bytes are not " + media_type,
                        "ファイルの中身が " + media_type + " ではありません");
  }
  return InvalidField("scan_media_type", "wanted application/pdf, image/png or image/jpeg",
                      "PDF、PNG、JPEG のいずれかにしてください");
}

}  // namespace staraction::declaration::domain
