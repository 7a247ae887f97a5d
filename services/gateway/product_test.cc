#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "common/testing/status_matchers.h"
#include "services/gateway/config.h"
#include "services/gateway/route/route_table.h"
#include "services/gateway/route/schemas.h"

// The product's own schemas, as the program links them.
namespace staraction::gateway {
namespace {

TEST(ProductTest, EveryRouteIsSoundAndHasADefaultAddress) {
  ASSERT_OK_AND_ASSIGN(const RouteTable table, RouteTable::Build(LinkedServices()));
  ASSERT_OK_AND_ASSIGN(
      Config config,
      Config::Load("gateway", {}, {{"STARACTION_ISSUER", "i"}, {"STARACTION_JWKS", "j"}}));
  ASSERT_OK_AND_ASSIGN(const Settings settings, ReadSettings(config));
  EXPECT_GE(table.routes().size(), 20u);
  for (const Route& route : table.routes()) {
    EXPECT_EQ(settings.backends.count(route.backend), 1u) << route.rpc_path;
    EXPECT_EQ(route.text.substr(0, 4), "/v1/") << route.rpc_path;
  }
}

// Whoever adds a method that needs no token changes this list, and has a reason.
TEST(ProductTest, MethodsWithoutATokenAreFew) {
  ASSERT_OK_AND_ASSIGN(const RouteTable table, RouteTable::Build(LinkedServices()));
  std::set<std::string> open;
  for (const Route& route : table.routes()) {
    if (route.is_public) open.insert(route.method->full_name());
  }
  EXPECT_THAT(open, testing::UnorderedElementsAre(
                        // The secret of a link or a kiosk is the credential of these.
                        "staraction.engagement.v1.KioskService.IdentifyAtKiosk",
                        "staraction.engagement.v1.KioskService.ListKioskMembers",
                        "staraction.engagement.v1.InvitationService.AcceptInvitation",
                        "staraction.engagement.v1.ParticipantService.ExchangeParticipantLink"));
}

}  // namespace
}  // namespace staraction::gateway
