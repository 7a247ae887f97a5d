#include "services/engagement/domain/delivery_life.h"

#include <algorithm>

#include "common/base/timestamp.h"
#include "common/status/errors.h"

namespace staraction::engagement::domain {
namespace {

using v1::Delivery;

absl::Status Conflict(const Delivery& delivery, const std::string& verb) {
  return StateConflict(delivery.name(),
                       Delivery::State_Name(delivery.state()).substr(sizeof("STATE_") - 1), verb);
}

void End(Delivery::State state, absl::Time now, Delivery& delivery) {
  delivery.set_state(state);
  delivery.clear_next_attempt_time();
  *delivery.mutable_done_time() = ToTimestamp(now);
}

}  // namespace

std::vector<std::string> ActionsOf(const v1::Message& message) {
  if (message.has_cancel_time()) return {};
  if (message.figures().waiting() == 0) return {"recordCall"};
  return {"cancel", "markPrinted", "recordCall"};
}

void ApplyEnd(MailEnd end, const content::v1::ContactRule& rule, absl::Time now,
              Delivery& delivery) {
  switch (end) {
    case MailEnd::kSent:
      return End(Delivery::STATE_SENT, now, delivery);
    case MailEnd::kBounced:
      return End(Delivery::STATE_BOUNCED, now, delivery);
    case MailEnd::kFailed:
      return End(Delivery::STATE_FAILED, now, delivery);
    case MailEnd::kInDoubt:
      return End(Delivery::STATE_IN_DOUBT, now, delivery);
    case MailEnd::kAgain:
      break;
  }
  if (delivery.attempts() >= rule.mail_attempts())
    return End(Delivery::STATE_FAILED, now, delivery);
  const int doublings = std::clamp(delivery.attempts() - 1, 0, 10);
  delivery.set_state(Delivery::STATE_WAITING);
  *delivery.mutable_next_attempt_time() =
      ToTimestamp(now + absl::Minutes(rule.mail_retry_minutes()) * (1 << doublings));
}

absl::Status Retry(absl::Time now, Delivery& delivery) {
  const bool over =
      delivery.state() == Delivery::STATE_FAILED || delivery.state() == Delivery::STATE_IN_DOUBT;
  if (!over || delivery.channel() != v1::DELIVERY_CHANNEL_MAIL) return Conflict(delivery, "retry");
  delivery.set_state(Delivery::STATE_WAITING);
  delivery.set_attempts(0);
  delivery.clear_done_time();
  *delivery.mutable_next_attempt_time() = ToTimestamp(now);
  return absl::OkStatus();
}

absl::Status Bounce(absl::Time now, const std::string& recorder, const std::string& detail,
                    Delivery& delivery) {
  const bool out =
      delivery.state() == Delivery::STATE_SENT || delivery.state() == Delivery::STATE_IN_DOUBT;
  if (!out || delivery.channel() != v1::DELIVERY_CHANNEL_MAIL) {
    return Conflict(delivery, "recordBounce");
  }
  End(Delivery::STATE_BOUNCED, now, delivery);
  delivery.set_recorder(recorder);
  delivery.set_detail(detail);
  return absl::OkStatus();
}

}  // namespace staraction::engagement::domain
