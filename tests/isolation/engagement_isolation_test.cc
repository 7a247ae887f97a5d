#include "services/engagement/testing/world.h"
#include "tests/isolation/engagement.h"
#include "tests/isolation/isolation.h"

namespace staraction::engagement {
namespace {

TEST(EngagementIsolationTest, EveryMethodKeepsItsFences) {
  World world;
  const v1::Client client = world.CreateClient("consultant");
  test::IsolationSetup setup;
  setup.channel = world.service().channel();
  setup.services = UnderTest::Services();
  setup.client = client.name();
  setup.engagement = world.OpenEngagement(client).name();
  setup.tokens = {
      {common::v1::ROLE_CONSULTANT, world.Token("consultant")},
      {common::v1::ROLE_REPORTING, world.Token("reporter")},
      {common::v1::ROLE_PRESIDENT, world.CompanyUser(client, common::v1::ROLE_PRESIDENT)},
      {common::v1::ROLE_SECURITY_MANAGER,
       world.CompanyUser(client, common::v1::ROLE_SECURITY_MANAGER)},
      {common::v1::ROLE_OPERATOR, *world.keys().signer("operator")->Operator()},
      {common::v1::ROLE_SERVICE,
       *world.keys()
            .signer("training")
            ->Service(test::kOrganization, client.name().substr(sizeof("clients/") - 1))}};
  setup.unassigned = world.Token("other-consultant");
  setup.foreigner = world.Token("stranger");
  EXPECT_GT(test::CheckIsolation(setup), 200);
}

}  // namespace
}  // namespace staraction::engagement
