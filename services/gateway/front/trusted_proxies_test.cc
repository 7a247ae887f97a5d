#include "services/gateway/front/trusted_proxies.h"

#include <gtest/gtest.h>

namespace staraction::gateway {
namespace {

TEST(TrustedProxiesTest, OnlyOurProxiesAreBelieved) {
  const auto proxies = TrustedProxies::Parse("10.1.0.0/16, fd00::/8,192.0.2.7");
  ASSERT_TRUE(proxies.ok());
  struct Case {
    const char *connection, *forwarded, *client;
  };
  for (const Case& one :
       {Case{"203.0.113.5", "198.51.100.1", "203.0.113.5"}, Case{"10.1.2.3", "", "10.1.2.3"},
        Case{"10.1.2.3", "198.51.100.1", "198.51.100.1"},
        Case{"10.1.2.3", "1.2.3.4, 198.51.100.1", "198.51.100.1"},
        Case{"10.1.2.3", "198.51.100.1, 10.1.9.9", "198.51.100.1"},
        Case{"10.2.2.3", "198.51.100.1", "10.2.2.3"},
        Case{"::ffff:10.1.2.3", "198.51.100.1", "198.51.100.1"},
        Case{"fd12::1", "2001:db8::1", "2001:db8::1"},
        Case{"192.0.2.7", "1.2.3.4, nonsense", "192.0.2.7"},
        Case{"192.0.2.7", "nonsense, 1.2.3.4", "1.2.3.4"},
        Case{"192.0.2.8", "1.2.3.4", "192.0.2.8"}}) {
    RequestHead head;
    head.address = one.connection;
    if (*one.forwarded != '\0') head.headers.Add("x-forwarded-for", one.forwarded);
    EXPECT_EQ(proxies->ClientOf(head), one.client) << one.connection << " " << one.forwarded;
  }
}

TEST(TrustedProxiesTest, WrongNetworksAreTold) {
  for (const char* text : {"10.0.0.0/33", "ingress", "10.0.0", "fd00::/129", "/8"}) {
    EXPECT_FALSE(TrustedProxies::Parse(text).ok()) << text;
  }
  EXPECT_TRUE(TrustedProxies::Parse("").ok());
}

}  // namespace
}  // namespace staraction::gateway
