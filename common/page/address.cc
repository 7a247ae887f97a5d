#include "common/page/address.h"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <algorithm>
#include <cstdint>

#include "absl/strings/numbers.h"

namespace staraction::page {
namespace {

// An IPv4 network, in host order.
struct Network {
  uint32_t base;
  int bits;
};

// https://www.iana.org/assignments/iana-ipv4-special-registry, and multicast (224/4).
constexpr Network kSpecial[] = {
    {0x00000000, 8},   // this network
    {0x0A000000, 8},   // private
    {0x64400000, 10},  // shared by carriers
    {0x7F000000, 8},   // loopback
    {0xA9FE0000, 16},  // link-local
    {0xAC100000, 12},  // private
    {0xC0000000, 24},  // protocol assignments
    {0xC0000200, 24},  // documentation
    {0xC0586300, 24},  // 6to4 relays
    {0xC0A80000, 16},  // private
    {0xC6120000, 15},  // benchmarks
    {0xC6336400, 24},  // documentation
    {0xCB007100, 24},  // documentation
    {0xE0000000, 3},   // multicast and reserved
};

bool IsPublic4(uint32_t address) {
  return std::none_of(std::begin(kSpecial), std::end(kSpecial), [address](const Network& network) {
    return (address ^ network.base) >> (32 - network.bits) == 0;
  });
}

uint32_t Word(const uint8_t* bytes) {
  return uint32_t{bytes[0]} << 24 | uint32_t{bytes[1]} << 16 | uint32_t{bytes[2]} << 8 | bytes[3];
}

// https://www.iana.org/assignments/iana-ipv6-special-registry: only 2000::/3 is given out.
bool IsPublic6(const uint8_t* bytes) {
  const uint32_t first = Word(bytes);
  const bool mapped = std::all_of(bytes, bytes + 10, [](uint8_t byte) { return byte == 0; }) &&
                      bytes[10] == 0xFF && bytes[11] == 0xFF;
  if (mapped) return IsPublic4(Word(bytes + 12));
  const bool nat64 = first == 0x0064FF9B && Word(bytes + 4) == 0 && Word(bytes + 8) == 0;
  if (nat64) return IsPublic4(Word(bytes + 12));
  if (first >> 16 == 0x2002) return IsPublic4(Word(bytes + 2));  // 6to4
  if (first >> 29 != 1) return false;
  const bool assignments = first >> 9 == 0x20010000u >> 9;  // 2001::/23: Teredo and the like
  const bool documentation = first == 0x20010DB8 || first >> 12 == 0x3FFF0000u >> 12;
  return !assignments && !documentation;
}

std::string BytesOf(const sockaddr& address) {
  if (address.sa_family == AF_INET) {
    const auto& in = reinterpret_cast<const sockaddr_in&>(address).sin_addr;
    return {reinterpret_cast<const char*>(&in), sizeof in};
  }
  if (address.sa_family == AF_INET6) {
    const auto& in = reinterpret_cast<const sockaddr_in6&>(address).sin6_addr;
    return {reinterpret_cast<const char*>(&in), sizeof in};
  }
  return "";
}

std::optional<std::string> ParseBytes(const std::string& text) {
  for (const int family : {AF_INET, AF_INET6}) {
    std::string bytes(family == AF_INET ? 4 : 16, '\0');
    if (inet_pton(family, text.c_str(), bytes.data()) == 1) return bytes;
  }
  return std::nullopt;
}

}  // namespace

bool IsPublic(const sockaddr& address) {
  const std::string bytes = BytesOf(address);
  const auto* raw = reinterpret_cast<const uint8_t*>(bytes.data());
  if (bytes.size() == 4) return IsPublic4(Word(raw));
  return bytes.size() == 16 && IsPublic6(raw);
}

int PortOf(const sockaddr& address) {
  if (address.sa_family == AF_INET) {
    return ntohs(reinterpret_cast<const sockaddr_in&>(address).sin_port);
  }
  if (address.sa_family == AF_INET6) {
    return ntohs(reinterpret_cast<const sockaddr_in6&>(address).sin6_port);
  }
  return 0;
}

std::optional<AllowedAddress> ParseAllowed(const std::string& text) {
  if (auto bytes = ParseBytes(text)) return AllowedAddress{*std::move(bytes), 0};
  const size_t colon = text.rfind(':');
  if (colon == std::string::npos) return std::nullopt;
  std::string host = text.substr(0, colon);
  const bool bracketed = host.size() > 2 && host.front() == '[' && host.back() == ']';
  if (bracketed) host = host.substr(1, host.size() - 2);
  AllowedAddress allowed;
  const auto bytes = ParseBytes(host);
  const bool port = absl::SimpleAtoi(text.substr(colon + 1), &allowed.port) && allowed.port >= 1 &&
                    allowed.port <= 65535;
  if (!bytes || !port || bracketed != (bytes->size() == 16)) return std::nullopt;
  allowed.bytes = *bytes;
  return allowed;
}

bool MayConnect(const sockaddr& address, const std::vector<AllowedAddress>& allowed) {
  const std::string bytes = BytesOf(address);
  const int port = PortOf(address);
  const bool named = std::any_of(allowed.begin(), allowed.end(), [&](const AllowedAddress& each) {
    return each.bytes == bytes && (each.port == 0 || each.port == port);
  });
  return named || ((port == 80 || port == 443) && IsPublic(address));
}

}  // namespace staraction::page
