#ifndef STARACTION_SERVICES_DIAGNOSIS_FACT_SOURCE_H_
#define STARACTION_SERVICES_DIAGNOSIS_FACT_SOURCE_H_

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/call/call.h"
#include "common/service/host.h"
#include "staraction/fact/v1/fact_service.grpc.pb.h"

namespace staraction::diagnosis {

// What other services know of a client. Thread safe.
class FactSource {
 public:
  virtual ~FactSource() = default;
  // Facts that the service tells of the call's client and the engagement; UNAVAILABLE if it is
  // silent or not known here.
  virtual absl::StatusOr<fact::v1::FactSheet> Collect(const Call& call, const std::string& service,
                                                      const std::string& engagement) = 0;
};

// Asks these services, with this service's own token.
std::unique_ptr<FactSource> PeerFacts(Host& host, const std::vector<std::string>& services);

}  // namespace staraction::diagnosis

#endif  // STARACTION_SERVICES_DIAGNOSIS_FACT_SOURCE_H_
