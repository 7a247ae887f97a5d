#include "services/declaration/engagement_reader.h"

#include "common/base/macros.h"
#include "common/rpc/peer.h"
#include "common/status/errors.h"

namespace staraction::declaration {

RemoteEngagementReader::RemoteEngagementReader(const std::shared_ptr<grpc::Channel>& channel)
    : clients_(Clients::NewStub(channel)),
      engagements_(Engagements::NewStub(channel)),
      rosters_(Rosters::NewStub(channel)),
      roster_feed_(RosterFeed::NewStub(channel)) {}

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
  engagement::v1::ListRosterEntriesRequest request;
  request.set_parent(engagement);
  request.set_page_size(1000);
  request.set_purpose(engagement::v1::ROSTER_PURPOSE_PLEDGE);
  std::vector<domain::RosterPerson> people;
  do {
    SA_ASSIGN_OR_RETURN(engagement::v1::ListRosterEntriesResponse page,
                        CallPeer(call, *rosters_, &Rosters::Stub::ListRosterEntries, request));
    for (const auto& entry : page.roster_entries()) domain::AddPerson(entry, people);
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  return people;
}

absl::StatusOr<std::vector<domain::RosterPerson>> RemoteEngagementReader::ReadRoster(
    const Call& call, const std::string& engagement) {
  engagement::v1::ReadRosterRequest request;
  request.set_client(call.client_name());
  request.set_engagement(engagement);
  request.set_purpose(engagement::v1::ROSTER_PURPOSE_PLEDGE);
  SA_ASSIGN_OR_RETURN(const engagement::v1::ReadRosterResponse roster,
                      CallPeer(call, *roster_feed_, &RosterFeed::Stub::ReadRoster, request));
  std::vector<domain::RosterPerson> people;
  for (const auto& entry : roster.roster_entries()) domain::AddPerson(entry, people);
  return people;
}

absl::Status CheckEngagement(EngagementReader& reader, const Call& call, const std::string& name,
                             const std::string& field) {
  if (name.empty()) return absl::OkStatus();
  const auto engagement = reader.GetEngagement(call, name);
  if (absl::IsUnavailable(engagement.status())) return engagement.status();
  if (engagement.ok() && engagement->client() == call.client_name()) return absl::OkStatus();
  return InvalidField(field, "is no engagement of this client", "このお客様の案件ではありません");
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
