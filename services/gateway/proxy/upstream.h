#ifndef STARACTION_SERVICES_GATEWAY_PROXY_UPSTREAM_H_
#define STARACTION_SERVICES_GATEWAY_PROXY_UPSTREAM_H_

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/time/time.h"
#include "google/rpc/status.pb.h"

namespace staraction::gateway {

struct UpstreamRequest {
  std::string backend;   // short name of the service, e.g. "engagement"
  std::string rpc_path;  // "/staraction.engagement.v1.EngagementService/GetClient"
  std::string message;   // binary
  std::vector<std::pair<std::string, std::string>> metadata;  // names in lower case
  absl::Time deadline;
};

struct UpstreamReply {
  // Code 0, or the service's error with its details. Without details the service didn't speak: it
  // could not be reached, was too late or was cut off.
  google::rpc::Status status;
  std::string message;  // binary, with code 0
};

// A call under way.
class UpstreamCall {
 public:
  virtual ~UpstreamCall() = default;
  // Ends it soon, with CANCELLED unless the answer is quicker. Any thread, any number of times.
  virtual void Cancel() = 0;
};

// The gateway's only way to the services: unary calls, whatever carries them. Thread-safe.
class Upstream {
 public:
  virtual ~Upstream() = default;
  // Calls `done` exactly once, on any thread, maybe before Start returns. Dropping the returned
  // handle doesn't end the call. The object must outlive its calls.
  virtual std::shared_ptr<UpstreamCall> Start(UpstreamRequest request,
                                              std::function<void(UpstreamReply)> done) = 0;
};

}  // namespace staraction::gateway

#endif  // STARACTION_SERVICES_GATEWAY_PROXY_UPSTREAM_H_
