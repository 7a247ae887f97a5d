#ifndef STARACTION_COMMON_PAGE_ADDRESS_H_
#define STARACTION_COMMON_PAGE_ADDRESS_H_

#include <sys/socket.h>

#include <optional>
#include <string>
#include <vector>

// Which network addresses pages may be fetched from. Pure; safe for any number of threads.
namespace staraction::page {

// Whether it is an address of the public Internet, by IANA's registries of special purposes:
// no loopback, private, link-local, shared, multicast, documentation or reserved one, also not
// within an IPv6 address that stands for an IPv4 one (mapped, NAT64, 6to4).
bool IsPublic(const sockaddr& address);
// 0 for other families than IPv4 and IPv6.
int PortOf(const sockaddr& address);

// An address that may be asked although it is not public, at one port or at any (0).
struct AllowedAddress {
  std::string bytes;  // 4 or 16, in network order
  int port = 0;
};
// "127.0.0.1", "127.0.0.1:8080", "::1" or "[::1]:8080"; nothing for anything else.
std::optional<AllowedAddress> ParseAllowed(const std::string& text);

// What is public at the ports of web sites (80 and 443), and what is allowed besides.
bool MayConnect(const sockaddr& address, const std::vector<AllowedAddress>& allowed);

}  // namespace staraction::page

#endif  // STARACTION_COMMON_PAGE_ADDRESS_H_
