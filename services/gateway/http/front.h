#ifndef STARACTION_SERVICES_GATEWAY_HTTP_FRONT_H_
#define STARACTION_SERVICES_GATEWAY_HTTP_FRONT_H_

#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "common/auth/token.h"
#include "common/base/clock.h"
#include "common/obs/metrics.h"
#include "services/gateway/http/cors.h"
#include "services/gateway/http/limits.h"
#include "services/gateway/http/pages.h"
#include "services/gateway/http/rate_limit.h"
#include "services/gateway/proxy/upstream.h"
#include "services/gateway/route/route_table.h"

namespace staraction::gateway {

class Exchange;

// Who may come in from outside with this bearer token. UNAUTHENTICATED if nobody may, UNAVAILABLE
// if that can't be told now. Thread-safe.
using TokenCheck = std::function<absl::StatusOr<Principal>(std::string_view token)>;

// What all requests share. Thread-safe; outlives its exchanges.
class Front {
 public:
  // `contract`: the OpenAPI document of the routes.
  Front(RouteTable routes, std::string contract, Upstream& upstream, TokenCheck token_check,
        HttpLimits limits, const std::vector<std::string>& cors_origins, Metrics& metrics,
        Clock clock);

  // A request whose head has been read.
  std::shared_ptr<Exchange> Begin(RequestHead head);

  // From now on /readyz says no and connections end with their present request.
  void Drain() { draining_ = true; }
  bool draining() const { return draining_; }

  const HttpLimits& limits() const { return limits_; }

 private:
  friend class Exchange;

  // RESOURCE_EXHAUSTED, with when to come again, if this caller, or all of their organization, ask
  // too much; of who has no token, this address.
  absl::Status TakePart(const Principal& principal);
  absl::Status TakePart(const std::string& address);

  // Of the route, or of what has none when null.
  RpcMetrics::Method& MetricsOf(const Route* route);

  const RouteTable routes_;
  const Pages pages_;
  Upstream& upstream_;
  const TokenCheck token_check_;
  const HttpLimits limits_;
  const Cors cors_;
  const Clock clock_;
  RateLimiter callers_, organizations_, addresses_;
  RpcMetrics metrics_;
  std::vector<RpcMetrics::Method*> method_metrics_;  // by index of the route; the last: no route
  std::atomic<bool> draining_ = false;
};

}  // namespace staraction::gateway

#endif  // STARACTION_SERVICES_GATEWAY_HTTP_FRONT_H_
