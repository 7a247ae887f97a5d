#include "services/declaration/domain/pledge.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "common/base/date.h"
#include "common/base/timestamp.h"
#include "common/status/errors.h"
#include "services/declaration/domain/campaign.h"
#include "services/declaration/domain/day.h"

namespace staraction::declaration::domain {
namespace {

using common::v1::Channel;
using Strength = v1::PledgeEvent::Strength;

bool ByThePerson(Channel channel) {
  return channel == common::v1::CHANNEL_LINK || channel == common::v1::CHANNEL_TABLET;
}

Strength StrengthOf(Channel channel, bool second_factor) {
  if (channel == common::v1::CHANNEL_LINK) {
    return second_factor ? v1::PledgeEvent::STRENGTH_LINK_AND_FACTOR
                         : v1::PledgeEvent::STRENGTH_LINK_AND_NAME;
  }
  return second_factor ? v1::PledgeEvent::STRENGTH_DEVICE_AND_FACTOR
                       : v1::PledgeEvent::STRENGTH_DEVICE_AND_NAME;
}

void Pledged(const v1::PledgeEvent& event, v1::Pledge& pledge) {
  pledge.set_state(v1::Pledge::STATE_PLEDGED);
  pledge.clear_exemption();  // whoever pledges is counted
  *pledge.mutable_signature() = event;
}

// A channel of the person's own that is not stronger than how they came.
void CheckChannel(Channel channel, const Presence& presence, std::vector<Violation>& violations) {
  if (!ByThePerson(channel)) {
    violations.push_back({"channel", "wanted CHANNEL_LINK or CHANNEL_TABLET",
                          "本人の署名の経路は LINK か TABLET です"});
  } else if (presence.channel == common::v1::CHANNEL_TABLET &&
             channel != common::v1::CHANNEL_TABLET) {
    violations.push_back({"channel",
                          "is CHANNEL_LINK on a tablet at the office; wanted CHANNEL_TABLET",
                          "社内の端末からの署名の経路は TABLET です"});
  }
}

std::string DeviationsOf(const v1::Campaign& campaign, bool before_president) {
  std::string text;
  if (campaign.state() == v1::Campaign::STATE_CLOSED) text = "受付の終了後に記録されました";
  if (before_president) {
    absl::StrAppend(&text, text.empty() ? "" : "。", "社長の誓約より先に記録されました");
  }
  return text;
}

}  // namespace

v1::PledgeEvent NewEvent(v1::PledgeEvent::Kind kind, const Act& act) {
  v1::PledgeEvent event;
  event.set_kind(kind);
  event.set_actor(act.actor);
  *event.mutable_record_time() = ToTimestamp(act.now);
  *event.mutable_effective_date() = ToProtoDate(TokyoDay(act.now));
  return event;
}

absl::Status MustWait(const v1::Campaign& campaign) {
  return CriteriaUnmet(
      campaign.name(),
      {{"president", "the president has not pledged yet, and is the first in this campaign",
        "社長の誓約がまだです。社長が誓約したあとに受け付けます"}});
}

absl::StatusOr<v1::PledgeEvent> Sign(const v1::SignPledgeRequest& request,
                                     const v1::Campaign& campaign, const Presence& presence,
                                     const Act& act, v1::Pledge& pledge) {
  std::vector<Violation> violations;
  CheckChannel(request.channel(), presence, violations);
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
  event.set_strength(StrengthOf(request.channel(), presence.second_factor));
  event.set_confirmed_name(request.confirmed_name());
  event.set_text_digest(digest);
  Pledged(event, pledge);
  return event;
}

absl::Status CheckPaperDate(const google::type::Date& date, const Act& act) {
  std::vector<Violation> violations;
  RefuseFuture(date, "effective_date", act.now, violations);
  return violations.empty() ? absl::OkStatus() : InvalidFields(violations);
}

v1::PledgeEvent Record(const Paper& paper, const v1::Campaign& campaign, const Act& act,
                       v1::Pledge& pledge) {
  v1::PledgeEvent event = NewEvent(v1::PledgeEvent::KIND_RECORDED, act);
  event.set_channel(common::v1::CHANNEL_PAPER);
  event.set_strength(paper.scan.id().empty() ? v1::PledgeEvent::STRENGTH_PAPER_SEEN
                                             : v1::PledgeEvent::STRENGTH_PAPER_SCANNED);
  *event.mutable_effective_date() = paper.date;
  event.set_confirmed_name(pledge.display_name());
  event.set_text_digest(TextFor(pledge, campaign).digest());
  if (!paper.scan.id().empty()) *event.mutable_scan() = paper.scan;
  event.set_deviation(DeviationsOf(campaign, paper.awaits_president && !pledge.president()));
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

absl::Status CheckScan(const std::string& bytes, const std::string& media_type,
                       const ScanFields& fields) {
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
    return InvalidField(fields.bytes, "its bytes are not " + media_type,
                        "ファイルの中身が " + media_type + " ではありません");
  }
  return InvalidField(fields.media_type, "wanted application/pdf, image/png or image/jpeg",
                      "PDF、PNG、JPEG のいずれかにしてください");
}

}  // namespace staraction::declaration::domain
