#include "services/engagement/mailer.h"

#include <algorithm>
#include <optional>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "common/base/date.h"
#include "common/base/macros.h"
#include "common/base/timestamp.h"
#include "common/resource/name.h"
#include "common/status/errors.h"
#include "services/engagement/domain/delivery_life.h"
#include "services/engagement/domain/message_text.h"
#include "services/engagement/store/messages.h"
#include "services/engagement/store/participation.h"
#include "services/engagement/store/tables.h"

namespace staraction::engagement {
namespace {

using Result = MailOutcome::Result;

constexpr char kMailJob[] = "mail";
// A run ends after this time, so that other jobs get their turn; the rest is a further job.
constexpr absl::Duration kRunTime = absl::Seconds(5);
// Longer than a mail can take.
constexpr absl::Duration kLease = absl::Minutes(2);
constexpr absl::Duration kCallTime = absl::Seconds(60);

// Equal for the same delivery, so that a mail that goes out twice can be told.
std::string MessageId(const v1::Delivery& delivery, const std::string& sender) {
  return absl::StrCat(LastId(delivery.name()), sender.substr(sender.find('@')));
}

absl::Status NotWanted(const std::string& why) {
  return absl::FailedPreconditionError(why);
}

// What is no longer wanted is given up at the last moment.
absl::Status CheckStillWanted(pg::Transaction& tx, const v1::Member& member,
                              const std::optional<v1::ParticipantLink>& link,
                              const std::string& address) {
  if (!IsEmployed(member, TokyoDay(tx.now()))) return NotWanted("送信の前に退職しました");
  if (!link || link->revoked()) return NotWanted("リンクが無効になっています");
  SA_ASSIGN_OR_RETURN(const auto blocks, LoadBlocks(tx));
  const auto found = blocks.find(member.name());
  if (found == blocks.end()) return absl::OkStatus();
  for (const v1::ContactBlock& block : found->second) {
    if (block.address().empty() || block.address() == address) {
      return NotWanted("このあて先へのメールは止められています");
    }
  }
  return absl::OkStatus();
}

}  // namespace

struct Mailer::Sheet {
  v1::Message message;
  v1::Organization organization;
  v1::Client client;
  const content::v1::MessageTemplate* text = nullptr;
  const content::v1::ContactRule* rule = nullptr;
};

Mailer::Mailer(Host& host, const content::Library& library, const ParticipantEntry& entry,
               std::unique_ptr<MailSender> sender)
    : host_(host), library_(library), entry_(entry), sender_(std::move(sender)) {
  host_.jobs().Add(kMailJob, [this](const Job& job) { return Run(job); });
}

std::string Mailer::Obstacle(const v1::Organization& organization) const {
  if (sender_ == nullptr) return "メールサーバーが設定されていません";
  if (organization.mail_sender().empty()) return "組織の送信元メールアドレスが設定されていません";
  if (organization.participant_url().empty()) return "参加者用ページのアドレスが設定されていません";
  return "";
}

// The due time stands in the key: a job that waits for later must not keep one from running now.
absl::Status Mailer::Enqueue(pg::Transaction& tx, const std::string& message, absl::Time due) {
  return EnqueueJob(tx, kMailJob, absl::StrCat(message, "@", absl::ToUnixMillis(due)),
                    std::max(absl::ZeroDuration(), due - tx.now()));
}

absl::StatusOr<Mailer::Sheet> Mailer::Prepare(const Call& call, const std::string& message) {
  Sheet sheet;
  SA_RETURN_IF_ERROR(host_.pool().Run(call, [&](pg::Transaction& tx) -> absl::Status {
    SA_RETURN_IF_ERROR(GiveUpLeases(tx, message));
    SA_ASSIGN_OR_RETURN(sheet.message, kMessages.Get(tx, message));
    SA_ASSIGN_OR_RETURN(sheet.organization, kOrganizations.Get(tx, "organization"));
    SA_ASSIGN_OR_RETURN(sheet.client, kClients.Get(tx, call.client_name()));
    SA_ASSIGN_OR_RETURN(const v1::Participation participation,
                        ParticipationOf(tx, EngagementOf(message)));
    SA_ASSIGN_OR_RETURN(sheet.rule, entry_.RuleOf(participation));
    return absl::OkStatus();
  }));
  // "urn@version" of the pack that the message was made with; the newest if that is gone.
  const std::string& pack = sheet.message.pack();
  const std::vector<std::string> parts = absl::StrSplit(pack, '@');
  int version = 0;
  if (parts.size() == 2 && absl::SimpleAtoi(parts[1], &version)) {
    sheet.text = library_.Find<content::v1::MessageTemplate>(sheet.message.template_(), version);
  }
  if (sheet.text == nullptr) {
    sheet.text = library_.Find<content::v1::MessageTemplate>(sheet.message.template_());
  }
  if (sheet.text == nullptr) return NotFound("messageTemplates/" + sheet.message.template_());
  return sheet;
}

absl::Status Mailer::Run(const Job& job) {
  const std::string message = job.key.substr(0, job.key.find('@'));
  SA_ASSIGN_OR_RETURN(Call call, host_.ServiceCall(job.organization, job.client, kCallTime));
  SA_ASSIGN_OR_RETURN(const Sheet sheet, Prepare(call, message));
  const absl::Time end = RealClock()() + kRunTime;
  absl::Time next = absl::InfiniteFuture();
  do {
    call.now = host_.clock()();
    std::optional<v1::Delivery> delivery;
    SA_RETURN_IF_ERROR(host_.pool().Run(call, [&](pg::Transaction& tx) -> absl::Status {
      SA_ASSIGN_OR_RETURN(delivery, TakeMail(tx, message, tx.now() + kLease));
      if (delivery) return absl::OkStatus();
      SA_ASSIGN_OR_RETURN(next, NextMailTime(tx, message));
      if (next == absl::InfiniteFuture()) return absl::OkStatus();
      return Enqueue(tx, message, std::max(next, tx.now() + absl::Seconds(1)));
    }));
    if (!delivery) return absl::OkStatus();
    SA_RETURN_IF_ERROR(SendOne(call, sheet, *std::move(delivery)));
  } while (RealClock()() < end);
  return host_.pool().Run(call,
                          [&](pg::Transaction& tx) { return Enqueue(tx, message, tx.now()); });
}

absl::Status Mailer::Compose(pg::Transaction& tx, const Sheet& sheet, const v1::Delivery& delivery,
                             Mail& mail) const {
  SA_ASSIGN_OR_RETURN(const v1::Member member, kMembers.Get(tx, delivery.member()));
  SA_ASSIGN_OR_RETURN(auto link,
                      LinkOfMember(tx, EngagementOf(delivery.name()), delivery.member()));
  SA_RETURN_IF_ERROR(CheckStillWanted(tx, member, link, delivery.address()));
  entry_.AddSecret(tx.organization(), sheet.organization.participant_url(), *link);
  const auto text =
      domain::FillTemplate(*sheet.text, {member.display_name(), sheet.client.legal_name(),
                                         sheet.organization.display_name(), link->url(),
                                         sheet.message.note(), delivery.items()});
  mail.from = {sheet.organization.mail_sender(), sheet.organization.display_name()};
  mail.to = {delivery.address(), member.display_name()};
  mail.reply_to = sheet.organization.mail_reply_to();
  mail.subject = text.subject;
  mail.body = text.body;
  mail.message_id = MessageId(delivery, sheet.organization.mail_sender());
  mail.date = tx.now();
  return absl::OkStatus();
}

absl::Status Mailer::SendOne(const Call& call, const Sheet& sheet, v1::Delivery delivery) {
  const std::string obstacle = Obstacle(sheet.organization);
  if (!obstacle.empty()) {
    return Record(call, sheet, std::move(delivery), {Result::kTemporary, 0, obstacle});
  }
  Mail mail;
  const absl::Status composed = host_.pool().Run(
      call, [&](pg::Transaction& tx) { return Compose(tx, sheet, delivery, mail); });
  if (absl::IsFailedPrecondition(composed)) {
    delivery.set_state(v1::Delivery::STATE_CANCELLED);
    delivery.set_detail(std::string(composed.message()));
    *delivery.mutable_done_time() = ToTimestamp(call.now);
    return host_.pool().Run(
        call, [&](pg::Transaction& tx) { return kDeliveries.Update(tx, delivery).status(); });
  }
  SA_RETURN_IF_ERROR(composed);
  return Record(call, sheet, std::move(delivery), sender_->Send(mail));
}

absl::Status Mailer::Record(const Call& call, const Sheet& sheet, v1::Delivery delivery,
                            const MailOutcome& outcome) {
  delivery.set_reply_code(outcome.code);
  delivery.set_detail(outcome.detail);
  domain::ApplyEnd(outcome.result == Result::kSent             ? domain::MailEnd::kSent
                   : outcome.result == Result::kAddressRefused ? domain::MailEnd::kBounced
                   : outcome.result == Result::kRefused        ? domain::MailEnd::kFailed
                   : outcome.result == Result::kInDoubt        ? domain::MailEnd::kInDoubt
                                                               : domain::MailEnd::kAgain,
                   *sheet.rule, host_.clock()(), delivery);
  return host_.pool().Run(call, [&](pg::Transaction& tx) -> absl::Status {
    if (outcome.result == Result::kAddressRefused) {
      SA_RETURN_IF_ERROR(BlockMail(tx, delivery.member(), v1::ContactBlock::REASON_BOUNCED,
                                   delivery.address(), ""));
    }
    return kDeliveries.Update(tx, delivery).status();
  });
}

}  // namespace staraction::engagement
