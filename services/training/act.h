#ifndef STARACTION_SERVICES_TRAINING_ACT_H_
#define STARACTION_SERVICES_TRAINING_ACT_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/call/call.h"
#include "google/protobuf/timestamp.pb.h"
#include "staraction/common/v1/channel.pb.h"

namespace staraction::training {

// Who may act and how: participants for themselves and over their link, others for anybody, and
// they say how they know.

inline bool IsParticipant(const Call& call) {
  return call.principal.kind == Principal::Kind::kParticipant;
}

// Whether the caller works for the consultancy, and so sees scores and codes.
inline bool IsConsultant(const Call& call) {
  return call.access.Has(common::v1::ROLE_CONSULTANT) || call.access.Has(common::v1::ROLE_ADMIN);
}

// Whether the caller acts for themselves: a participant, or a president with an account.
inline bool InPerson(const Call& call) {
  return IsParticipant(call) ||
         (call.access.Has(common::v1::ROLE_PRESIDENT) && !IsConsultant(call));
}

// PERMISSION_DENIED if a participant acts for, or reads of, a member who came by another link.
absl::Status CheckActsFor(const Call& call, const std::string& member);

// The channel to record. In person: LINK or TABLET, from the token unless it is said; others have
// to name one that is not the person's own. INVALID_ARGUMENT on `field` otherwise.
absl::StatusOr<common::v1::Channel> ChannelOf(const Call& call, common::v1::Channel said,
                                              const std::string& field);

// When the act took place: now, unless a caller who records it says otherwise, and then not
// before `earliest` and not in the future. INVALID_ARGUMENT on "effective_time" otherwise.
absl::StatusOr<google::protobuf::Timestamp> EffectiveTime(const Call& call, bool said,
                                                          const google::protobuf::Timestamp& time,
                                                          absl::Time earliest);

// A row that belongs to a member. For participants one of somebody else and one that does not exist
// look the same: PERMISSION_DENIED.
template <typename T>
absl::StatusOr<T> OwnOrDenied(const Call& call, absl::StatusOr<T> row) {
  if (row.ok()) {
    if (absl::Status status = CheckActsFor(call, row->member()); !status.ok()) return status;
  } else if (absl::IsNotFound(row.status()) && IsParticipant(call)) {
    return CheckActsFor(call, "");
  }
  return row;
}

// Ids of the members whose rows a list shows; none: everybody's. `member` is the name asked for, or
// "": participants then see their own.
absl::StatusOr<std::vector<std::string>> MembersToShow(const Call& call, const std::string& member);

}  // namespace staraction::training

#endif  // STARACTION_SERVICES_TRAINING_ACT_H_
