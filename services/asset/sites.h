#ifndef STARACTION_SERVICES_ASSET_SITES_H_
#define STARACTION_SERVICES_ASSET_SITES_H_

#include <grpcpp/channel.h>

#include <map>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/call/call.h"
#include "staraction/engagement/v1/company_service.grpc.pb.h"

namespace staraction::asset {

// The clients' sites. Thread safe.
class Sites {
 public:
  virtual ~Sites() = default;
  // NOT_FOUND unless the client has the site "clients/{client}/sites/{site}" today.
  virtual absl::Status Find(const Call& call, const std::string& site) = 0;
  // Names that people use, by resource names; the call's client's sites of today.
  virtual absl::StatusOr<std::map<std::string, std::string>> List(const Call& call) = 0;
};

// The engagement service's, read with the caller's own rights.
class EngagementSites : public Sites {
 public:
  explicit EngagementSites(const std::shared_ptr<grpc::Channel>& channel)
      : companies_(engagement::v1::CompanyService::NewStub(channel)) {}
  absl::Status Find(const Call& call, const std::string& site) override;
  absl::StatusOr<std::map<std::string, std::string>> List(const Call& call) override;

 private:
  const std::unique_ptr<engagement::v1::CompanyService::Stub> companies_;
};

// INVALID_ARGUMENT on `field` unless the name is empty or a site of the call's client.
absl::Status CheckSite(const Call& call, Sites& sites, const std::string& site,
                       const std::string& field);

}  // namespace staraction::asset

#endif  // STARACTION_SERVICES_ASSET_SITES_H_
