#ifndef STARACTION_SERVICES_GATEWAY_PROXY_GRPC_UPSTREAM_H_
#define STARACTION_SERVICES_GATEWAY_PROXY_GRPC_UPSTREAM_H_

#include <map>
#include <memory>
#include <string>

#include "services/gateway/proxy/upstream.h"

namespace staraction::gateway {

// Messages larger than this fail in either direction.
inline constexpr int kMaxMessageBytes = 20 << 20;

// Upstream over grpc++, one channel a service. A service that is down fails at once and is tried
// again every 0.1 to 5 seconds.
class GrpcUpstream : public Upstream {
 public:
  // Short name of a service → "host:port".
  explicit GrpcUpstream(const std::map<std::string, std::string>& backends);
  ~GrpcUpstream() override;

  std::shared_ptr<UpstreamCall> Start(UpstreamRequest request,
                                      std::function<void(UpstreamReply)> done) override;

 private:
  struct Backend;
  std::map<std::string, std::unique_ptr<Backend>> backends_;
};

}  // namespace staraction::gateway

#endif  // STARACTION_SERVICES_GATEWAY_PROXY_GRPC_UPSTREAM_H_
