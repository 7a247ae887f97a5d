#ifndef STARACTION_SERVICES_RISK_ACT_H_
#define STARACTION_SERVICES_RISK_ACT_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/call/call.h"
#include "common/pg/field_value.h"
#include "common/status/errors.h"
#include "staraction/common/v1/channel.pb.h"

namespace staraction::risk {

// Whether the caller does the consultancy's work here.
inline bool IsConsultant(const Call& call) {
  return call.access.Has(common::v1::ROLE_CONSULTANT) || call.access.Has(common::v1::ROLE_ADMIN);
}

// The channel to record: what was given, else that a consultant says so, else none, which means the
// company's own account.
inline common::v1::Channel ChannelOf(const Call& call, common::v1::Channel given) {
  if (given != common::v1::CHANNEL_UNSPECIFIED || !IsConsultant(call)) return given;
  return common::v1::CHANNEL_CONSULTANT;
}

// When the act in `message` took place: its effective_time, else now. INVALID_ARGUMENT on `field`
// if it is to come; clocks may differ by five minutes.
template <typename Message>
absl::StatusOr<google::protobuf::Timestamp> EffectiveTime(const Call& call, const Message& message,
                                                          const std::string& field) {
  if (!message.has_effective_time()) return pg::ToTimestamp(call.now);
  if (pg::FromTimestamp(message.effective_time()) > call.now + absl::Minutes(5)) {
    return InvalidField(field, "lies in the future; want the time when it took place",
                        "未来の日時です。実際に行われた日時を指定してください");
  }
  return message.effective_time();
}

}  // namespace staraction::risk

#endif  // STARACTION_SERVICES_RISK_ACT_H_
