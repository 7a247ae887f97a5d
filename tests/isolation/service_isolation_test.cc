// One service alone, with access as the engagement service would resolve it. SERVICE_HEADER says
// which: it defines `UnderTest`.
#include "common/testing/service.h"
#include "common/testing/status_matchers.h"
#include "tests/isolation/isolation.h"

#include SERVICE_HEADER

namespace staraction {
namespace {

constexpr char kClient[] = "0190a000-0000-7000-8000-00000000000c";
constexpr char kEngagement[] = "0190a000-0000-7000-8000-00000000000e";

TEST(ServiceIsolationTest, EveryMethodKeepsItsFences) {
  test::TestKeys keys;
  test::TestAccess access;
  test::IsolationSetup setup;
  const auto grant = [&](common::v1::Role role, const char* subject, bool everywhere) {
    access.Grant(test::kOrganization, subject, role, everywhere ? "" : kClient,
                 everywhere ? "" : kEngagement);
    setup.tokens[role] = keys.User(subject);
  };
  grant(common::v1::ROLE_CONSULTANT, "consultant", false);
  grant(common::v1::ROLE_PRESIDENT, "president", false);
  grant(common::v1::ROLE_SECURITY_MANAGER, "manager", false);
  grant(common::v1::ROLE_REPORTING, "reporter", true);
  setup.tokens[common::v1::ROLE_PARTICIPANT] = keys.Participant(
      kClient, kEngagement, std::string("clients/") + kClient + "/members/" + kClient);
  setup.tokens[common::v1::ROLE_SERVICE] =
      *keys.signer("engagement")->Service(test::kOrganization, kClient);
  access.Grant(test::kOrganization, "unassigned", common::v1::ROLE_CONSULTANT, "", "");
  access.Grant(test::kOtherOrganization, "foreigner", common::v1::ROLE_ADMIN, "", "");
  setup.unassigned = keys.User("unassigned");
  setup.foreigner = keys.User("foreigner", test::kOtherOrganization);
  setup.client = std::string("clients/") + kClient;
  setup.engagement = std::string("engagements/") + kEngagement;
  setup.services = UnderTest::Services();
  setup.services.push_back("staraction.erasure.v1.EraseService");
  test::TestService service({UnderTest::Name(), UnderTest::Migrations()}, keys, &access,
                            UnderTest::Make);
  setup.channel = service.channel();
  EXPECT_GT(test::CheckIsolation(setup), 50);
}

}  // namespace
}  // namespace staraction
