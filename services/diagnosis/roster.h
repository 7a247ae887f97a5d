#ifndef STARACTION_SERVICES_DIAGNOSIS_ROSTER_H_
#define STARACTION_SERVICES_DIAGNOSIS_ROSTER_H_

#include <grpcpp/channel.h>

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "common/call/call.h"
#include "staraction/engagement/v1/client_service.grpc.pb.h"

namespace staraction::diagnosis {

// Who works at a client, as far as this service needs to know. Thread safe.
class Roster {
 public:
  virtual ~Roster() = default;
  // Name for people of "clients/{client}/members/{member}"; NOT_FOUND if there is none.
  virtual absl::StatusOr<std::string> DisplayName(const Call& call, const std::string& member) = 0;
};

// The engagement service's roster, read with the caller's own rights.
class EngagementRoster : public Roster {
 public:
  explicit EngagementRoster(const std::shared_ptr<grpc::Channel>& channel)
      : stub_(engagement::v1::ClientService::NewStub(channel)) {}
  absl::StatusOr<std::string> DisplayName(const Call& call, const std::string& member) override;

 private:
  const std::unique_ptr<engagement::v1::ClientService::Stub> stub_;
};

}  // namespace staraction::diagnosis

#endif  // STARACTION_SERVICES_DIAGNOSIS_ROSTER_H_
