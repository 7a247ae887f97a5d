#include "services/gateway/front/trusted_proxies.h"

#include <algorithm>

#include <boost/asio/ip/address.hpp>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

namespace staraction::gateway {

namespace ip = boost::asio::ip;

absl::StatusOr<TrustedProxies> TrustedProxies::Parse(const std::string& text) {
  TrustedProxies proxies;
  for (absl::string_view part : absl::StrSplit(text, ',', absl::SkipWhitespace())) {
    std::string network(absl::StripAsciiWhitespace(part));
    const bool v6 = absl::StrContains(network, ':');
    if (!absl::StrContains(network, '/')) absl::StrAppend(&network, v6 ? "/128" : "/32");
    boost::system::error_code error;
    if (v6) {
      proxies.v6_.push_back(ip::make_network_v6(network, error));
    } else {
      proxies.v4_.push_back(ip::make_network_v4(network, error));
    }
    if (error) {
      return absl::InvalidArgumentError(absl::StrCat(
          "trusted_proxies: '", part, "' is no IP address or network such as 10.0.0.0/8"));
    }
  }
  return proxies;
}

bool TrustedProxies::Trusts(const std::string& address) const {
  boost::system::error_code error;
  ip::address parsed = ip::make_address(address, error);
  if (error) return false;
  if (parsed.is_v6() && parsed.to_v6().is_v4_mapped()) {
    parsed = ip::make_address_v4(ip::v4_mapped, parsed.to_v6());
  }
  // An address lies in a network if the network of its own prefix is the same.
  if (parsed.is_v4()) {
    return std::any_of(v4_.begin(), v4_.end(), [&](const ip::network_v4& network) {
      return ip::network_v4(parsed.to_v4(), network.prefix_length()).canonical() ==
             network.canonical();
    });
  }
  return std::any_of(v6_.begin(), v6_.end(), [&](const ip::network_v6& network) {
    return ip::network_v6(parsed.to_v6(), network.prefix_length()).canonical() ==
           network.canonical();
  });
}

std::string TrustedProxies::ClientOf(const RequestHead& head) const {
  std::string client = head.address;
  if (!Trusts(client)) return client;
  std::vector<std::string> hops;
  for (const auto& [name, value] : head.headers) {
    if (name != "x-forwarded-for") continue;
    for (absl::string_view hop : absl::StrSplit(value, ',')) {
      hops.emplace_back(absl::StripAsciiWhitespace(hop));
    }
  }
  boost::system::error_code error;
  for (auto hop = hops.rbegin(); hop != hops.rend(); ++hop) {
    ip::make_address(*hop, error);
    // Whoever wrote what is no address didn't mean the ones before it either.
    if (error) return client;
    client = *hop;
    if (!Trusts(client)) return client;
  }
  return client;
}

}  // namespace staraction::gateway
