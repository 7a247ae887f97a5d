#ifndef STARACTION_SERVICES_GATEWAY_GATEWAY_H_
#define STARACTION_SERVICES_GATEWAY_GATEWAY_H_

#include <google/protobuf/descriptor.h>

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/auth/token.h"
#include "common/base/clock.h"
#include "common/obs/metrics.h"
#include "services/gateway/config.h"
#include "services/gateway/front/front.h"
#include "services/gateway/http/server.h"

namespace staraction::gateway {

// The verifier that the settings describe.
absl::StatusOr<std::unique_ptr<TokenVerifier>> MakeVerifier(const Settings& settings, Clock clock);

// Lets users and participants in; our own services' and operators' tokens are for inside.
TokenCheck CheckAtTheEdge(TokenVerifier& verifier);

// A serving gateway. Thread-safe.
class Gateway {
 public:
  // Serves the routes of these services. An error if a route has a fault or a service with routes
  // has no address, or the port can't be had. `metrics` outlives the gateway.
  static absl::StatusOr<std::unique_ptr<Gateway>> Start(
      const Settings& settings,
      const std::vector<const google::protobuf::ServiceDescriptor*>& services,
      TokenCheck token_check, Metrics& metrics, Clock clock);

  int port() const { return server_->port(); }
  size_t routes() const { return routes_; }

  // /readyz says no from now on; all is served still.
  void AnnounceEnd() { front_.Drain(); }
  // Ends all connections, as Server::Drain.
  bool Drain(absl::Duration patience);

 private:
  Gateway(const Settings& settings, RouteTable table, std::string contract, TokenCheck token_check,
          Metrics& metrics, Clock clock);

  const size_t routes_;
  Front front_;
  std::unique_ptr<Server> server_;
};

}  // namespace staraction::gateway

#endif  // STARACTION_SERVICES_GATEWAY_GATEWAY_H_
