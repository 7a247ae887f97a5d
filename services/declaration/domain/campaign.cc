#include "services/declaration/domain/campaign.h"

#include <algorithm>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/seal/seal.h"
#include "common/status/errors.h"
#include "services/declaration/domain/action.h"

namespace staraction::declaration::domain {
namespace {

constexpr Allowed<v1::Campaign::State> kCampaign[] = {
    {v1::Campaign::STATE_DRAFT, "open"},
    {v1::Campaign::STATE_OPEN, "close"},
    {v1::Campaign::STATE_OPEN, "refreshRoster"},
    {v1::Campaign::STATE_OPEN, "waiveSigningOrder"},
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
  return Seal(all);
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

// What was not said is as the content has it for the text.
void Choose(const v1::Campaign& wanted, const content::v1::PledgeText& text,
            v1::Campaign& campaign) {
  campaign.set_enrolment(wanted.enrolment() == v1::Campaign::ENROLMENT_UNSPECIFIED
                             ? v1::Campaign::ENROLMENT_FROZEN
                             : wanted.enrolment());
  campaign.set_joiner_days(wanted.joiner_days() == 0 ? text.joiner_days() : wanted.joiner_days());
  campaign.set_signing_order(wanted.signing_order());
  if (wanted.signing_order() != v1::Campaign::SIGNING_ORDER_UNSPECIFIED) return;
  campaign.set_signing_order(text.president_first() ? v1::Campaign::SIGNING_ORDER_PRESIDENT_FIRST
                                                    : v1::Campaign::SIGNING_ORDER_ANY);
}

}  // namespace

std::vector<std::string> ActionsOf(const v1::Campaign& campaign) {
  std::vector<std::string> verbs = VerbsOf(kCampaign, campaign.state());
  const auto forbid = [&verbs](const char* verb) {
    verbs.erase(std::remove(verbs.begin(), verbs.end(), verb), verbs.end());
  };
  if (campaign.enrolment() != v1::Campaign::ENROLMENT_ROLLING) forbid("refreshRoster");
  if (!PresidentFirst(campaign)) forbid("waiveSigningOrder");
  return verbs;
}

bool PresidentFirst(const v1::Campaign& campaign) {
  return campaign.signing_order() == v1::Campaign::SIGNING_ORDER_PRESIDENT_FIRST &&
         !campaign.has_order_waiver();
}

bool AwaitsPresident(const v1::Campaign& campaign, const v1::Coverage& coverage) {
  return campaign.state() == v1::Campaign::STATE_OPEN && PresidentFirst(campaign) &&
         coverage.president_pending() && !coverage.president_pledged();
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
  return CheckVerb(ActionsOf(campaign), campaign.name(), v1::Campaign::State_Name(campaign.state()),
                   verb);
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

absl::Status CheckOpened(const v1::Campaign& campaign, const std::string& verb) {
  if (campaign.state() != v1::Campaign::STATE_DRAFT) return absl::OkStatus();
  return StateConflict(campaign.name(), "DRAFT", verb);
}

absl::Status CheckOwnPledge(const std::string& pledge, const v1::Campaign& campaign) {
  if (absl::StartsWith(pledge, campaign.name() + "/pledges/")) return absl::OkStatus();
  return InvalidField("pledge", "is no pledge of this campaign",
                      "この誓約の取り組みの対象者ではありません");
}

absl::StatusOr<v1::Campaign> NewCampaign(const v1::Campaign& wanted,
                                         const engagement::v1::Engagement& engagement,
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
  if (wanted.has_due_date()) *campaign.mutable_due_date() = wanted.due_date();
  Choose(wanted, *text, campaign);
  return campaign;
}

const v1::PledgeText& TextFor(const v1::Pledge& pledge, const v1::Campaign& campaign) {
  return pledge.president() ? campaign.president_text() : campaign.text();
}

}  // namespace staraction::declaration::domain
