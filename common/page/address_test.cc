#include "common/page/address.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>

#include <cstring>

namespace staraction::page {
namespace {

sockaddr_storage Address(const std::string& text, int port) {
  sockaddr_storage storage{};
  auto& four = reinterpret_cast<sockaddr_in&>(storage);
  auto& six = reinterpret_cast<sockaddr_in6&>(storage);
  if (inet_pton(AF_INET, text.c_str(), &four.sin_addr) == 1) {
    four.sin_family = AF_INET;
    four.sin_port = htons(static_cast<uint16_t>(port));
  } else if (inet_pton(AF_INET6, text.c_str(), &six.sin6_addr) == 1) {
    six.sin6_family = AF_INET6;
    six.sin6_port = htons(static_cast<uint16_t>(port));
  } else {
    ADD_FAILURE() << text << " is no address";
  }
  return storage;
}

const sockaddr& Plain(const sockaddr_storage& storage) {
  return reinterpret_cast<const sockaddr&>(storage);
}

TEST(Address, OnlyThePublicInternetIsPublic) {
  const struct {
    const char* text;
    bool want;
  } cases[] = {
      {"8.8.8.8", true},
      {"1.1.1.1", true},
      {"172.15.255.255", true},
      {"172.32.0.1", true},
      {"100.63.255.255", true},
      {"192.167.0.1", true},
      {"223.255.255.255", true},
      {"0.0.0.0", false},
      {"10.0.0.1", false},
      {"100.64.0.1", false},
      {"100.127.255.255", false},
      {"127.0.0.1", false},
      {"127.255.255.254", false},
      {"169.254.169.254", false},  // metadata of clouds
      {"172.16.0.1", false},
      {"172.31.255.255", false},
      {"192.0.0.1", false},
      {"192.0.2.1", false},
      {"192.168.1.1", false},
      {"198.18.0.1", false},
      {"198.19.255.255", false},
      {"198.51.100.1", false},
      {"203.0.113.1", false},
      {"224.0.0.1", false},
      {"255.255.255.255", false},
      {"2400:4050::1", true},
      {"2606:4700::1111", true},
      {"::", false},
      {"::1", false},
      {"::ffff:127.0.0.1", false},
      {"::ffff:8.8.8.8", true},
      {"64:ff9b::a00:1", false},
      {"64:ff9b::808:808", true},
      {"2002:7f00:1::", false},
      {"2002:808:808::", true},
      {"2001::1", false},
      {"2001:db8::1", false},
      {"3fff::1", false},
      {"fc00::1", false},
      {"fd12:3456::1", false},
      {"fe80::1", false},
      {"fec0::1", false},
      {"ff02::1", false},
      {"100::1", false},
  };
  for (const auto& c : cases) {
    const sockaddr_storage address = Address(c.text, 80);
    EXPECT_EQ(IsPublic(Plain(address)), c.want) << c.text;
  }
  sockaddr local{};
  local.sa_family = AF_UNIX;
  EXPECT_FALSE(IsPublic(local));
}

TEST(Address, AllowedOnesAreParsedStrictly) {
  const struct {
    const char* text;
    size_t bytes;
    int port;
  } good[] = {
      {"127.0.0.1", 4, 0}, {"127.0.0.1:8080", 4, 8080}, {"::1", 16, 0}, {"[::1]:80", 16, 80}};
  for (const auto& c : good) {
    const auto parsed = ParseAllowed(c.text);
    ASSERT_TRUE(parsed.has_value()) << c.text;
    EXPECT_EQ(parsed->bytes.size(), c.bytes) << c.text;
    EXPECT_EQ(parsed->port, c.port) << c.text;
  }
  for (const char* bad : {"", "localhost", "127.0.0.1:", "127.0.0.1:0", "127.0.0.1:65536", "[::1]",
                          "[127.0.0.1]:80", "127.0.0.1/8"}) {
    EXPECT_FALSE(ParseAllowed(bad).has_value()) << bad;
  }
}

TEST(Address, ConnectsToWebPortsAndToWhatIsAllowed) {
  const std::vector<AllowedAddress> allowed = {*ParseAllowed("127.0.0.1:8080")};
  const struct {
    const char* text;
    int port;
    bool want;
  } cases[] = {{"8.8.8.8", 80, true},      {"8.8.8.8", 443, true},     {"8.8.8.8", 22, false},
               {"127.0.0.1", 8080, true},  {"127.0.0.1", 8081, false}, {"127.0.0.1", 80, false},
               {"127.0.0.2", 8080, false}, {"::1", 80, false},         {"2400:4050::1", 443, true},
               {"2400:4050::1", 25, false}};
  for (const auto& c : cases) {
    const sockaddr_storage address = Address(c.text, c.port);
    EXPECT_EQ(MayConnect(Plain(address), allowed), c.want) << c.text << " " << c.port;
  }
}

}  // namespace
}  // namespace staraction::page
