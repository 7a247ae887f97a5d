#ifndef STARACTION_SERVICES_GATEWAY_FRONT_FRONT_H_
#define STARACTION_SERVICES_GATEWAY_FRONT_FRONT_H_

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
#include "services/gateway/front/cors.h"
#include "services/gateway/front/pages.h"
#include "services/gateway/front/rate_limit.h"
#include "services/gateway/front/reflection.h"
#include "services/gateway/front/request_limits.h"
#include "services/gateway/front/trusted_proxies.h"
#include "services/gateway/http/handler.h"
#include "services/gateway/proxy/hop.h"
#include "services/gateway/route/route_table.h"

namespace staraction::gateway {

// Who may come in from outside with this bearer token. UNAUTHENTICATED if nobody may, UNAVAILABLE
// if that can't be told now. Thread-safe.
using TokenCheck = std::function<absl::StatusOr<Principal>(std::string_view token)>;

// What all requests share. Thread-safe; outlives its requests.
class Front {
 public:
  // `contract`: the OpenAPI document of the routes.
  Front(RouteTable routes, std::string contract, TokenCheck token_check, RequestLimits limits,
        const std::vector<std::string>& cors_origins, TrustedProxies proxies, Metrics& metrics,
        Clock clock);

  // What one thread's connections ask; `hop` is that thread's.
  std::unique_ptr<App> MakeApp(std::unique_ptr<Hop> hop);

  // From now on /readyz says no.
  void Drain() { draining_ = true; }
  bool draining() const { return draining_; }

  const RouteTable& routes() const { return routes_; }
  const Pages& pages() const { return pages_; }
  const Reflection& reflection() const { return reflection_; }
  const RequestLimits& limits() const { return limits_; }

  // RESOURCE_EXHAUSTED, with when to come again, if this caller, or all of their organization, ask
  // too much; of who has no token, this address.
  absl::Status TakePart(const Principal& principal);
  absl::Status TakePart(const std::string& address);

 private:
  friend class Request;

  // Of the route, or of what has none when null.
  RpcMetrics::Method& MetricsOf(const Route* route);

  const RouteTable routes_;
  const Pages pages_;
  const Reflection reflection_;
  const TokenCheck token_check_;
  const RequestLimits limits_;
  const Cors cors_;
  const TrustedProxies proxies_;
  const Clock clock_;
  RateLimiter callers_, organizations_, addresses_;
  RpcMetrics metrics_;
  std::vector<RpcMetrics::Method*> method_metrics_;  // by index of the route; the last: no route
  std::atomic<size_t> gathered_ = 0;                 // bytes of bodies
  std::atomic<bool> draining_ = false;
};

}  // namespace staraction::gateway

#endif  // STARACTION_SERVICES_GATEWAY_FRONT_FRONT_H_
