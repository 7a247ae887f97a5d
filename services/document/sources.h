#ifndef STARACTION_SERVICES_DOCUMENT_SOURCES_H_
#define STARACTION_SERVICES_DOCUMENT_SOURCES_H_

#include <map>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "common/service/host.h"
#include "staraction/declaration/v1/campaign.pb.h"
#include "staraction/declaration/v1/declaration.pb.h"
#include "staraction/engagement/v1/client.pb.h"

namespace staraction::document {

// What documents are made from: read from other services with the caller's own rights, before any
// transaction. Thread safe.
class Sources {
 public:
  virtual ~Sources() = default;
  virtual absl::StatusOr<engagement::v1::Client> GetClient(const Call& call,
                                                           const std::string& name) = 0;
  // Display names of the organization's users by name.
  virtual absl::StatusOr<std::map<std::string, std::string>> UserNames(const Call& call) = 0;
  virtual absl::StatusOr<declaration::v1::Campaign> GetCampaign(const Call& call,
                                                                const std::string& name) = 0;
  virtual absl::StatusOr<declaration::v1::Pledge> GetPledge(const Call& call,
                                                            const std::string& name) = 0;
  virtual absl::StatusOr<declaration::v1::Declaration> GetDeclaration(const Call& call,
                                                                      const std::string& name) = 0;
};

// The peers "engagement" and "declaration" of the host.
std::shared_ptr<Sources> PeerSources(Host& host);

}  // namespace staraction::document

#endif  // STARACTION_SERVICES_DOCUMENT_SOURCES_H_
