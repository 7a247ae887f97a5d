#include "services/gateway/config.h"

#include <gtest/gtest.h>

#include "common/testing/status_matchers.h"

namespace staraction::gateway {
namespace {

TEST(ConfigTest, ReadsItsKeys) {
  ASSERT_OK_AND_ASSIGN(Config config,
                       Config::Load("gateway", {},
                                    {{"STARACTION_GATEWAY_LISTEN", "127.0.0.1:1"},
                                     {"STARACTION_GATEWAY_BACKENDS", "a=127.0.0.1:5, b=[::1]:6,"},
                                     {"STARACTION_GATEWAY_CORS_ORIGINS",
                                      "https://app.example,http://localhost:3000"},
                                     {"STARACTION_GATEWAY_DEADLINE", "5s"},
                                     {"STARACTION_ISSUER", "https://id.example"},
                                     {"STARACTION_JWKS", "keys.json"}}));
  ASSERT_OK_AND_ASSIGN(const Settings settings, ReadSettings(config));
  ASSERT_OK(config.Finish());
  EXPECT_EQ(settings.listen, "127.0.0.1:1");
  EXPECT_EQ(settings.metrics_listen, "127.0.0.1:9080");
  EXPECT_EQ(settings.backends.at("b"), std::vector<std::string>{"[::1]:6"});
  EXPECT_EQ(settings.backends.size(), 2u);
  EXPECT_EQ(settings.cors_origins.size(), 2u);
  EXPECT_EQ(settings.requests.deadline, absl::Seconds(5));
  EXPECT_EQ(settings.audience, "staraction");
}

TEST(ConfigTest, RefusesBadLists) {
  for (const char* text : {"a", "a=", "=127.0.0.1:1", "a=127.0.0.1", "a=127.0.0.1:x",
                           "a=127.0.0.1:1,a=127.0.0.1:2", "a=127.0.0.1:1|", "a=127.0.0.1:1|x"}) {
    EXPECT_FALSE(ParseBackends(text).ok()) << text;
  }
  for (const char* text : {"*", "app.example", "https://", "https://a/", "https://*.example",
                           "https://A.example", "null", "ftp://a"}) {
    EXPECT_FALSE(ParseOrigins(text).ok()) << text;
  }
}

}  // namespace
}  // namespace staraction::gateway
