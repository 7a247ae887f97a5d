#ifndef STARACTION_SERVICES_DECLARATION_ENGAGEMENT_READER_H_
#define STARACTION_SERVICES_DECLARATION_ENGAGEMENT_READER_H_

#include <grpcpp/channel.h>

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/call/call.h"
#include "services/declaration/domain/roster.h"
#include "staraction/engagement/v1/client_service.grpc.pb.h"
#include "staraction/engagement/v1/engagement_service.grpc.pb.h"
#include "staraction/engagement/v1/roster_feed_service.grpc.pb.h"
#include "staraction/engagement/v1/roster_service.grpc.pb.h"

namespace staraction::declaration {

// What this service asks of the engagement service, on behalf of the caller and never inside a
// transaction. Thread safe. Tests have a fixed one.
class EngagementReader {
 public:
  virtual ~EngagementReader() = default;
  virtual absl::StatusOr<engagement::v1::Engagement> GetEngagement(const Call& call,
                                                                   const std::string& name) = 0;
  virtual absl::StatusOr<engagement::v1::Client> GetClient(const Call& call,
                                                           const std::string& name) = 0;
  // Everybody on the client's roster today (Asia/Tokyo), in its order, and whether the engagement
  // counts them for pledges.
  virtual absl::StatusOr<std::vector<domain::RosterPerson>> ListRoster(
      const Call& call, const std::string& engagement) = 0;
  // The same for a job, on nobody's behalf: the call has a token of this service.
  virtual absl::StatusOr<std::vector<domain::RosterPerson>> ReadRoster(
      const Call& call, const std::string& engagement) = 0;
  // The engagement's criteria over facts that are collected anew.
  virtual absl::StatusOr<engagement::v1::Readiness> RefreshReadiness(
      const Call& call, const std::string& engagement) = 0;
};

// INVALID_FIELDS on `field` unless the name is empty or an engagement of the call's client.
absl::Status CheckEngagement(EngagementReader& reader, const Call& call, const std::string& name,
                             const std::string& field);

// The real one, over a channel to the engagement service.
class RemoteEngagementReader final : public EngagementReader {
 public:
  explicit RemoteEngagementReader(const std::shared_ptr<grpc::Channel>& channel);

  absl::StatusOr<engagement::v1::Engagement> GetEngagement(const Call& call,
                                                           const std::string& name) override;
  absl::StatusOr<engagement::v1::Client> GetClient(const Call& call,
                                                   const std::string& name) override;
  absl::StatusOr<std::vector<domain::RosterPerson>> ListRoster(
      const Call& call, const std::string& engagement) override;
  absl::StatusOr<std::vector<domain::RosterPerson>> ReadRoster(
      const Call& call, const std::string& engagement) override;
  absl::StatusOr<engagement::v1::Readiness> RefreshReadiness(
      const Call& call, const std::string& engagement) override;

 private:
  using Clients = engagement::v1::ClientService;
  using Engagements = engagement::v1::EngagementService;
  using Rosters = engagement::v1::RosterService;
  using RosterFeed = engagement::v1::RosterFeedService;
  std::unique_ptr<Clients::Stub> clients_;
  std::unique_ptr<Engagements::Stub> engagements_;
  std::unique_ptr<Rosters::Stub> rosters_;
  std::unique_ptr<RosterFeed::Stub> roster_feed_;
};

}  // namespace staraction::declaration

#endif  // STARACTION_SERVICES_DECLARATION_ENGAGEMENT_READER_H_
