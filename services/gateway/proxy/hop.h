#ifndef STARACTION_SERVICES_GATEWAY_PROXY_HOP_H_
#define STARACTION_SERVICES_GATEWAY_PROXY_HOP_H_

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "services/gateway/proxy/channel.h"

namespace staraction::gateway {

// How services are reached.
struct HopOptions {
  std::map<std::string, std::vector<std::string>> backends{};  // short name → "host:port"s
  // Certificates for TLS to the services, each of which must be spiffe://staraction/<short name>.
  // Empty: plain.
  std::string tls_dir{};
};

// One thread's channels to all services.
class Hop {
 public:
  // INVALID_ARGUMENT if the certificates can't be used.
  static absl::StatusOr<std::unique_ptr<Hop>> Create(Loop& loop, const HopOptions& options);

  // Null for a service without an address.
  Channel* Find(const std::string& backend);

 private:
  Hop() = default;
  std::unique_ptr<TlsFiles> tls_;
  std::map<std::string, std::unique_ptr<Channel>> channels_;
};

}  // namespace staraction::gateway

#endif  // STARACTION_SERVICES_GATEWAY_PROXY_HOP_H_
