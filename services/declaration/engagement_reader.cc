#include "services/declaration/engagement_reader.h"

#include "common/base/date.h"
#include "common/base/macros.h"
#include "common/rpc/peer.h"

namespace staraction::declaration {

RemoteEngagementReader::RemoteEngagementReader(const std::shared_ptr<grpc::Channel>& channel)
    : clients_(Clients::NewStub(channel)), engagements_(Engagements::NewStub(channel)) {}

absl::StatusOr<engagement::v1::Engagement> RemoteEngagementReader::GetEngagement(
    const Call& call, const std::string& name) {
  engagement::v1::GetEngagementRequest request;
  request.set_name(name);
  return CallPeer(call, *engagements_, &Engagements::Stub::GetEngagement, request);
}

absl::StatusOr<engagement::v1::Client> RemoteEngagementReader::GetClient(const Call& call,
                                                                         const std::string& name) {
  engagement::v1::GetClientRequest request;
  request.set_name(name);
  return CallPeer(call, *clients_, &Clients::Stub::GetClient, request);
}

absl::StatusOr<std::vector<domain::RosterPerson>> RemoteEngagementReader::ListRoster(
    const Call& call, const std::string& engagement) {
  SA_ASSIGN_OR_RETURN(const auto of, GetEngagement(call, engagement));
  engagement::v1::ListMembersRequest request;
  request.set_parent(of.client());
  request.set_page_size(1000);
  *request.mutable_as_of() = ToProtoDate(TokyoDay(call.now));
  std::vector<domain::RosterPerson> people;
  do {
    SA_ASSIGN_OR_RETURN(engagement::v1::ListMembersResponse page,
                        CallPeer(call, *clients_, &Clients::Stub::ListMembers, request));
    for (const auto& member : page.members()) domain::AddPerson(member, people);
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  return people;
}

absl::StatusOr<engagement::v1::Readiness> RemoteEngagementReader::RefreshReadiness(
    const Call& call, const std::string& engagement) {
  engagement::v1::RefreshReadinessRequest request;
  request.set_name(engagement + "/readiness");
  // It asks every service for its facts, each within a limit of its own.
  return CallPeer(call, *engagements_, &Engagements::Stub::RefreshReadiness, request,
                  absl::Seconds(15));
}

}  // namespace staraction::declaration
