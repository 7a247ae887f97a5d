#include "services/diagnosis/roster.h"

#include "common/base/macros.h"
#include "common/rpc/peer.h"

namespace staraction::diagnosis {

absl::StatusOr<std::string> EngagementRoster::DisplayName(const Call& call,
                                                          const std::string& member) {
  engagement::v1::GetMemberRequest request;
  request.set_name(member);
  const absl::StatusOr<engagement::v1::Member> found =
      CallPeer<engagement::v1::ClientService::Stub, engagement::v1::GetMemberRequest,
               engagement::v1::Member>(call, *stub_,
                                       &engagement::v1::ClientService::Stub::GetMember, request);
  if (!found.ok()) return found.status();
  return found->display_name();
}

}  // namespace staraction::diagnosis
