#include "services/training/act.h"

#include <algorithm>

#include "common/base/macros.h"
#include "common/pg/field_value.h"
#include "common/status/errors.h"
#include "services/training/store/tables.h"

namespace staraction::training {

using common::v1::Channel;

absl::Status CheckActsFor(const Call& call, const std::string& member) {
  if (!IsParticipant(call)) return absl::OkStatus();
  const auto& members = call.principal.members;
  if (std::find(members.begin(), members.end(), member) != members.end()) return absl::OkStatus();
  return MakeError(absl::StatusCode::kPermissionDenied, error::v1::ERROR_REASON_PERMISSION_DENIED,
                   "the caller may not act for this member", "本人以外の操作はできません");
}

absl::StatusOr<Channel> ChannelOf(const Call& call, Channel said, const std::string& field) {
  if (InPerson(call)) {
    if (said == common::v1::CHANNEL_UNSPECIFIED) {
      // The token knows whether they came over their link or the tablet at the office.
      return call.principal.channel == common::v1::CHANNEL_TABLET ? common::v1::CHANNEL_TABLET
                                                                  : common::v1::CHANNEL_LINK;
    }
    if (said == common::v1::CHANNEL_LINK || said == common::v1::CHANNEL_TABLET) return said;
    return InvalidField(field, "wanted LINK or TABLET from the person",
                        "本人の操作の経路は、リンクまたはタブレットです");
  }
  if (said != common::v1::CHANNEL_UNSPECIFIED && said != common::v1::CHANNEL_LINK) return said;
  return InvalidField(field, "wanted TABLET, PAPER, TELEPHONE or CONSULTANT",
                      "経路（タブレット、紙、電話、コンサルタント）を指定してください");
}

absl::StatusOr<google::protobuf::Timestamp> EffectiveTime(const Call& call, bool said,
                                                          const google::protobuf::Timestamp& time,
                                                          absl::Time earliest) {
  if (!said) return pg::ToTimestamp(call.now);
  const absl::Time when = pg::FromTimestamp(time);
  if (!InPerson(call) && when >= earliest && when <= call.now) return time;
  return InvalidField("effective_time",
                      InPerson(call) ? "wanted nothing: who acts in person acts now"
                                     : "wanted a past time, not before what it is about was made",
                      InPerson(call) ? "本人の操作では日時を指定できません"
                                     : "対象の作成より後で、現在より前の日時にしてください");
}

absl::StatusOr<std::vector<std::string>> MembersToShow(const Call& call,
                                                       const std::string& member) {
  std::vector<std::string> names;
  if (!member.empty()) {
    SA_RETURN_IF_ERROR(CheckActsFor(call, member));
    names.push_back(member);
  } else if (IsParticipant(call)) {
    names = call.principal.members;
  }
  std::vector<std::string> ids;
  for (const std::string& name : names) {
    SA_ASSIGN_OR_RETURN(std::string id, MemberId(name, "member"));
    ids.push_back(std::move(id));
  }
  return ids;
}

}  // namespace staraction::training
