#include "services/training/roster.h"

#include <iterator>

#include "common/base/date.h"
#include "common/base/macros.h"
#include "common/rpc/peer.h"
#include "staraction/engagement/v1/client_service.grpc.pb.h"

namespace staraction::training {
namespace {

using engagement::v1::ClientService;
using engagement::v1::Member;

constexpr int kPageSize = 1000;

class PeerRoster : public Roster {
 public:
  explicit PeerRoster(const std::shared_ptr<grpc::Channel>& channel)
      : stub_(ClientService::NewStub(channel)) {}

  absl::StatusOr<std::vector<Member>> List(const Call& call, const std::string& client,
                                           absl::CivilDay day) override {
    engagement::v1::ListMembersRequest request;
    request.set_parent(client);
    request.set_page_size(kPageSize);
    *request.mutable_as_of() = ToProtoDate(day);
    std::vector<Member> members;
    do {
      SA_ASSIGN_OR_RETURN(auto page,
                          CallPeer(call, *stub_, &ClientService::Stub::ListMembers, request));
      members.insert(members.end(), std::make_move_iterator(page.mutable_members()->begin()),
                     std::make_move_iterator(page.mutable_members()->end()));
      request.set_page_token(page.next_page_token());
    } while (!request.page_token().empty());
    return members;
  }

  absl::StatusOr<Member> Get(const Call& call, const std::string& name) override {
    engagement::v1::GetMemberRequest request;
    request.set_name(name);
    return CallPeer(call, *stub_, &ClientService::Stub::GetMember, request);
  }

 private:
  std::unique_ptr<ClientService::Stub> stub_;
};

}  // namespace

std::unique_ptr<Roster> RemoteRoster(Host& host) {
  return std::make_unique<PeerRoster>(host.channel("engagement"));
}

}  // namespace staraction::training
