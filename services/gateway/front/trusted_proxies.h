#ifndef STARACTION_SERVICES_GATEWAY_FRONT_TRUSTED_PROXIES_H_
#define STARACTION_SERVICES_GATEWAY_FRONT_TRUSTED_PROXIES_H_

#include <string>
#include <utility>  // Boost 1.74 uses std::exchange without it.
#include <vector>

#include <boost/asio/ip/network_v4.hpp>
#include <boost/asio/ip/network_v6.hpp>

#include "absl/status/statusor.h"
#include "services/gateway/http/message.h"

namespace staraction::gateway {

// Proxies in front of the gateway (an ingress), whose X-Forwarded-For is believed. Immutable.
class TrustedProxies {
 public:
  TrustedProxies() = default;

  // "10.0.0.0/8,fd00::/8,192.0.2.1", or empty: none. INVALID_ARGUMENT on `trusted_proxies`.
  static absl::StatusOr<TrustedProxies> Parse(const std::string& text);

  // The address of who asks: the last one in X-Forwarded-For that is no proxy of ours, if the
  // connection comes from one; else the connection's.
  std::string ClientOf(const RequestHead& head) const;

 private:
  bool Trusts(const std::string& address) const;

  std::vector<boost::asio::ip::network_v4> v4_;
  std::vector<boost::asio::ip::network_v6> v6_;
};

}  // namespace staraction::gateway

#endif  // STARACTION_SERVICES_GATEWAY_FRONT_TRUSTED_PROXIES_H_
