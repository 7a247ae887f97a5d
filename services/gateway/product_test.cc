#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "absl/strings/str_cat.h"
#include "common/testing/status_matchers.h"
#include "services/gateway/config.h"
#include "services/gateway/route/route_table.h"
#include "services/gateway/route/schemas.h"
#include "staraction/common/v1/policy.pb.h"

// The product's own schemas, as the program links them.
namespace staraction::gateway {
namespace {

constexpr common::v1::Role kColumns[] = {
    common::v1::ROLE_ADMIN,     common::v1::ROLE_CONSULTANT,       common::v1::ROLE_REPORTING,
    common::v1::ROLE_PRESIDENT, common::v1::ROLE_SECURITY_MANAGER, common::v1::ROLE_PARTICIPANT};

// Methods and the roles that may call them, from the policies that every service enforces.
std::string PermissionsTable(const RouteTable& table) {
  std::string text =
      "# Who may call what\n\nMade from the schemas' policies by `gateway_product_test`. Beside "
      "the role, "
      "every call is held to the clients that\nthe caller sees. Methods for services and operators "
      "are "
      "not offered here.\n\n"
      "| method | permission | admin | consultant | reporting | president | security manager | "
      "participant |\n| --- | --- | --- | --- | --- | --- | --- | --- |\n";
  std::map<std::string, const google::protobuf::MethodDescriptor*> methods;
  for (const Route& route : table.routes()) methods[route.method->full_name()] = route.method;
  for (const auto& [name, method] : methods) {
    const auto& policy = method->options().GetExtension(common::v1::policy);
    const auto* permission =
        common::v1::Permission_descriptor()->FindValueByNumber(policy.permission());
    const auto& roles = permission->options().GetExtension(common::v1::grant).roles();
    const bool open = policy.permission() == common::v1::PERMISSION_UNSPECIFIED;
    absl::StrAppend(&text, "| ", method->service()->name(), ".", method->name(), " | ",
                    open ? "public" : permission->name().substr(sizeof("PERMISSION_") - 1));
    for (const auto role : kColumns) {
      const bool may = open || std::count(roles.begin(), roles.end(), role) > 0;
      absl::StrAppend(&text, " | ", may ? "x" : "");
    }
    text += " |\n";
  }
  return text;
}

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

// STARACTION_UPDATE_GOLDEN=1 writes the table anew.
TEST(ProductTest, TheTableOfPermissionsIsCurrent) {
  constexpr char kFile[] = "services/gateway/PERMISSIONS.md";
  ASSERT_OK_AND_ASSIGN(const RouteTable table, RouteTable::Build(LinkedServices()));
  const std::string text = PermissionsTable(table);
  if (std::getenv("STARACTION_UPDATE_GOLDEN") != nullptr) std::ofstream(kFile) << text;
  std::ifstream in(kFile);
  std::stringstream golden;
  golden << in.rdbuf();
  EXPECT_EQ(text, golden.str());
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
