#ifndef STARACTION_SERVICES_DECLARATION_OWN_PLEDGE_H_
#define STARACTION_SERVICES_DECLARATION_OWN_PLEDGE_H_

#include <algorithm>
#include <string>

#include "common/call/call.h"
#include "common/resource/name.h"
#include "common/status/errors.h"

// Whose pledge it is that a call is about.
namespace staraction::declaration {

inline std::string CampaignOf(const std::string& pledge) {
  return pledge.substr(0, pledge.find("/pledges/"));
}

inline bool IsParticipant(const Call& call) {
  return call.principal.kind == Principal::Kind::kParticipant;
}

// Whether the pledge belongs to a member who acts by this link: its id is the member's.
inline bool IsOwn(const Call& call, const std::string& pledge) {
  const auto& members = call.principal.members;
  const std::string member = call.client_name() + "/members/" + LastId(pledge);
  return IsParticipant(call) && std::find(members.begin(), members.end(), member) != members.end();
}

inline absl::Status NotOwn() {
  return MakeError(absl::StatusCode::kPermissionDenied, error::v1::ERROR_REASON_PERMISSION_DENIED,
                   "only the person may do this, over the personal link",
                   "ご本人だけが、ご自分のリンクから行えます");
}

}  // namespace staraction::declaration

#endif  // STARACTION_SERVICES_DECLARATION_OWN_PLEDGE_H_
