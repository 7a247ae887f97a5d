#ifndef STARACTION_SERVICES_GATEWAY_CONFIG_H_
#define STARACTION_SERVICES_GATEWAY_CONFIG_H_

#include <map>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/config/config.h"
#include "common/identity/tls.h"
#include "services/gateway/front/request_limits.h"
#include "services/gateway/front/trusted_proxies.h"
#include "services/gateway/http/limits.h"

namespace staraction::gateway {

struct Settings {
  std::string listen = "127.0.0.1:8080";
  std::string metrics_listen = "127.0.0.1:9080";
  std::string log_level = "info";
  int threads = 2;
  std::map<std::string, std::vector<std::string>> backends{};  // short name → "host:port"s
  std::vector<std::string> cors_origins{};
  TrustedProxies proxies{};
  HttpLimits http{};
  RequestLimits requests{};
  absl::Duration drain_delay = absl::ZeroDuration();
  absl::Duration drain = absl::Seconds(12);
  std::string public_tls_dir{};  // empty: plain
  TlsSettings tls{};             // towards the services

  std::string issuer{};
  std::string audience{};
  std::string organization_claim{};
  std::string jwks{};           // path or URL
  std::string internal_jwks{};  // path, may be empty
};

// Reads all keys; README.md lists them. The caller looks at help_asked() and Finish() of `config`
// before it uses the settings. INVALID_ARGUMENT for lists that can't be read.
absl::StatusOr<Settings> ReadSettings(Config& config);

// "engagement=127.0.0.1:7101|127.0.0.1:7201,training=…" by name.
absl::StatusOr<std::map<std::string, std::vector<std::string>>> ParseBackends(
    const std::string& text);

// "https://app.example,http://localhost:3000"; an origin has no path, and "*" is none.
absl::StatusOr<std::vector<std::string>> ParseOrigins(const std::string& text);

}  // namespace staraction::gateway

#endif  // STARACTION_SERVICES_GATEWAY_CONFIG_H_
