#ifndef STARACTION_SERVICES_DIAGNOSIS_ROSTER_H_
#define STARACTION_SERVICES_DIAGNOSIS_ROSTER_H_

#include <grpcpp/channel.h>

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/call/call.h"
#include "staraction/engagement/v1/client_service.grpc.pb.h"
#include "staraction/engagement/v1/company_service.grpc.pb.h"
#include "staraction/engagement/v1/roster_service.grpc.pb.h"

namespace staraction::diagnosis {

// Somebody on a client's roster.
struct Person {
  std::string member;  // "clients/{client}/members/{member}"
  std::string display_name;
  std::string department;
};

// What companies of one consultancy are compared by.
struct ClientProfile {
  std::string industry;  // code; "": not said
  int people = 0;
};

// Who works at a client, as far as this service needs to know. Thread safe.
class Roster {
 public:
  virtual ~Roster() = default;
  // "clients/{client}/members/{member}"; NOT_FOUND if there is none.
  virtual absl::StatusOr<Person> Find(const Call& call, const std::string& member) = 0;
  // Everybody but the president who counts in the engagement today.
  virtual absl::StatusOr<std::vector<Person>> Staff(const Call& call,
                                                    const std::string& engagement) = 0;
  // Name for people of "clients/{client}/sites/{site}"; NOT_FOUND if there is none (any more).
  virtual absl::StatusOr<std::string> SiteName(const Call& call, const std::string& site) = 0;
  // Of the call's client.
  virtual absl::StatusOr<ClientProfile> Profile(const Call& call) = 0;
};

// The engagement service's roster, read with the caller's own rights.
class EngagementRoster : public Roster {
 public:
  explicit EngagementRoster(const std::shared_ptr<grpc::Channel>& channel)
      : clients_(engagement::v1::ClientService::NewStub(channel)),
        companies_(engagement::v1::CompanyService::NewStub(channel)),
        rosters_(engagement::v1::RosterService::NewStub(channel)) {}
  absl::StatusOr<Person> Find(const Call& call, const std::string& member) override;
  absl::StatusOr<std::vector<Person>> Staff(const Call& call,
                                            const std::string& engagement) override;
  absl::StatusOr<std::string> SiteName(const Call& call, const std::string& site) override;
  absl::StatusOr<ClientProfile> Profile(const Call& call) override;

 private:
  const std::unique_ptr<engagement::v1::ClientService::Stub> clients_;
  const std::unique_ptr<engagement::v1::CompanyService::Stub> companies_;
  const std::unique_ptr<engagement::v1::RosterService::Stub> rosters_;
};

// A person for people: the name of a member of the call's client, or the free text itself.
// INVALID_ARGUMENT on `field` for members of others.
absl::StatusOr<std::string> PersonName(const Call& call, Roster& roster, const std::string& person,
                                       const std::string& field);

// As above of a member's name alone, with the department.
absl::StatusOr<Person> FindMember(const Call& call, Roster& roster, const std::string& member,
                                  const std::string& field);

}  // namespace staraction::diagnosis

#endif  // STARACTION_SERVICES_DIAGNOSIS_ROSTER_H_
