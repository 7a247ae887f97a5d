#ifndef STARACTION_SERVICES_RISK_COMPANY_H_
#define STARACTION_SERVICES_RISK_COMPANY_H_

#include <grpcpp/channel.h>

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "common/call/call.h"
#include "staraction/engagement/v1/client_service.grpc.pb.h"

namespace staraction::risk {

// What this service needs to know of the call's client. Thread safe.
class Company {
 public:
  virtual ~Company() = default;
  // Code of the list "industries"; may be empty.
  virtual absl::StatusOr<std::string> Industry(const Call& call) = 0;
  // Name for people of "clients/{client}/members/{member}"; NOT_FOUND if there is none.
  virtual absl::StatusOr<std::string> MemberName(const Call& call, const std::string& member) = 0;
};

// The engagement service's, read with the caller's own rights.
class EngagementCompany : public Company {
 public:
  explicit EngagementCompany(const std::shared_ptr<grpc::Channel>& channel)
      : clients_(engagement::v1::ClientService::NewStub(channel)) {}
  absl::StatusOr<std::string> Industry(const Call& call) override;
  absl::StatusOr<std::string> MemberName(const Call& call, const std::string& member) override;

 private:
  const std::unique_ptr<engagement::v1::ClientService::Stub> clients_;
};

// A person for people: the name of a member of the call's client, or the free text itself.
// INVALID_ARGUMENT on `field` for members of others.
absl::StatusOr<std::string> PersonName(const Call& call, Company& company,
                                       const std::string& person, const std::string& field);

}  // namespace staraction::risk

#endif  // STARACTION_SERVICES_RISK_COMPANY_H_
