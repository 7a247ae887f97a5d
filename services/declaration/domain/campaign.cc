#include "services/declaration/domain/campaign.h"

#include <algorithm>
#include <set>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/base/date.h"
#include "common/seal/seal.h"
#include "common/status/errors.h"
#include "services/declaration/domain/action.h"
#include "services/declaration/domain/day.h"

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

// Whether people are asked to pledge: not when it is closed, nor when other revisions hold by now.
bool Asks(const v1::Campaign& campaign) {
  return campaign.state() != v1::Campaign::STATE_CLOSED && !campaign.has_outdated_time();
}

using Documents = google::protobuf::RepeatedPtrField<v1::PledgedDocument>;

// SHA-256 of heading, body, rules and the documents' digests, one under the other, so that anybody
// can check it.
std::string Digest(const v1::PledgeText& text, const Documents& documents) {
  std::string all = absl::StrCat(text.title(), "\n", text.body(), "\n");
  for (const std::string& rule : text.rules()) absl::StrAppend(&all, rule, "\n");
  for (const auto& document : documents) absl::StrAppend(&all, document.digest(), "\n");
  return Seal(all);
}

v1::PledgeText Pin(const content::v1::PledgeText& text, const std::vector<std::string>& rules,
                   const Documents& documents = {}) {
  v1::PledgeText pinned;
  pinned.set_id(text.id());
  pinned.set_pack(absl::StrCat(text.pack().urn(), "@", text.pack().version()));
  pinned.set_title(text.title().ja());
  pinned.set_body(text.body().text());
  for (const std::string& rule : rules) pinned.add_rules(rule);
  pinned.set_digest(Digest(pinned, documents));
  return pinned;
}

v1::PledgedDocument Pin(const document::v1::Approved& approved) {
  v1::PledgedDocument document;
  document.set_revision(approved.revision());
  document.set_kind(approved.kind());
  document.set_title(approved.title());
  document.set_number(approved.number());
  document.set_digest(approved.digest());
  *document.mutable_approve_date() = approved.approve_date();
  document.set_approver_display_name(approved.approver_display_name());
  return document;
}

std::string Describe(const v1::PledgedDocument& document) {
  return absl::StrCat(document.title(), " 第", document.number(), "版（",
                      FormatIsoDate(DayOf(document.approve_date())), "承認）");
}

bool HasKind(const std::vector<document::v1::Approved>& approved, document::v1::DocumentKind kind) {
  return std::any_of(approved.begin(), approved.end(),
                     [kind](const auto& each) { return each.kind() == kind; });
}

void WantApproved(const std::vector<document::v1::Approved>& approved,
                  std::vector<Violation>& missing) {
  if (!HasKind(approved, document::v1::DOCUMENT_KIND_BASIC_POLICY)) {
    missing.push_back({"policy", "no revision of the basic policy is approved",
                       "承認された基本方針がありません。先に基本方針を承認してください"});
  }
  if (!HasKind(approved, document::v1::DOCUMENT_KIND_REGULATIONS)) {
    missing.push_back({"regulations", "no revision of the regulations is approved",
                       "承認された規程がありません。先に規程を承認してください"});
  }
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

std::vector<std::string> ActionsOf(const v1::Pledge& pledge, const v1::Campaign& campaign) {
  std::vector<std::string> verbs = Asks(campaign) ? VerbsOf(kPledgeOpen, pledge.state())
                                                  : VerbsOf(kPledgeClosed, pledge.state());
  const std::string senseless = pledge.has_exemption() ? "exempt" : "include";
  verbs.erase(std::remove(verbs.begin(), verbs.end(), senseless), verbs.end());
  return verbs;
}

absl::Status CheckAction(const v1::Campaign& campaign, const std::string& verb) {
  return CheckVerb(ActionsOf(campaign), campaign.name(), v1::Campaign::State_Name(campaign.state()),
                   verb);
}

absl::Status CheckAction(const v1::Pledge& pledge, const v1::Campaign& campaign,
                         const std::string& verb) {
  const std::vector<std::string> while_open = VerbsOf(kPledgeOpen, pledge.state());
  const bool campaign_forbids =
      !Asks(campaign) && std::find(while_open.begin(), while_open.end(), verb) != while_open.end();
  const std::string campaign_state =
      campaign.has_outdated_time() ? "STATE_OUTDATED" : v1::Campaign::State_Name(campaign.state());
  return CheckVerb(ActionsOf(pledge, campaign), pledge.name(),
                   campaign_forbids ? campaign_state : v1::Pledge::State_Name(pledge.state()),
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
  std::vector<std::string> titles;
  for (const auto& rule : rules->rules()) titles.push_back(rule.title().ja());
  v1::Campaign campaign;
  campaign.set_subject(v1::Campaign::SUBJECT_RULES);
  campaign.set_rule_list(rules->id());
  *campaign.mutable_text() = Pin(*text, titles);
  *campaign.mutable_president_text() = Pin(*president, titles);
  campaign.set_state(v1::Campaign::STATE_DRAFT);
  if (wanted.has_due_date()) *campaign.mutable_due_date() = wanted.due_date();
  Choose(wanted, *text, campaign);
  return campaign;
}

absl::StatusOr<v1::Campaign> NewPolicyCampaign(const v1::Campaign& wanted,
                                               const engagement::v1::Engagement& engagement,
                                               const std::vector<document::v1::Approved>& approved,
                                               const content::Library& library) {
  const auto& editions = engagement.editions();
  const std::string& president_id = editions.president_policy_pledge_text().empty()
                                        ? editions.policy_pledge_text()
                                        : editions.president_policy_pledge_text();
  const auto* text = library.FindPledgeText(editions.policy_pledge_text());
  const auto* president = library.FindPledgeText(president_id);
  std::vector<Violation> missing;
  if (text == nullptr) AddMissing("policy_pledge_text", editions.policy_pledge_text(), missing);
  if (president == nullptr) AddMissing("president_policy_pledge_text", president_id, missing);
  WantApproved(approved, missing);
  if (!missing.empty()) return CriteriaUnmet(engagement.name(), missing);
  v1::Campaign campaign;
  campaign.set_subject(v1::Campaign::SUBJECT_POLICY);
  std::vector<std::string> titles;
  for (const auto& each : approved) {
    *campaign.add_documents() = Pin(each);
    titles.push_back(Describe(*campaign.documents().rbegin()));
  }
  *campaign.mutable_text() = Pin(*text, titles, campaign.documents());
  *campaign.mutable_president_text() = Pin(*president, titles, campaign.documents());
  campaign.set_state(v1::Campaign::STATE_DRAFT);
  if (wanted.has_due_date()) *campaign.mutable_due_date() = wanted.due_date();
  Choose(wanted, *text, campaign);
  return campaign;
}

bool IsOutdated(const v1::Campaign& campaign, const std::vector<document::v1::Approved>& approved) {
  std::set<std::string> pledged, holds;
  for (const auto& document : campaign.documents()) pledged.insert(document.digest());
  for (const auto& each : approved) holds.insert(each.digest());
  return campaign.subject() == v1::Campaign::SUBJECT_POLICY && pledged != holds;
}

const v1::PledgeText& TextFor(const v1::Pledge& pledge, const v1::Campaign& campaign) {
  return pledge.president() ? campaign.president_text() : campaign.text();
}

}  // namespace staraction::declaration::domain
