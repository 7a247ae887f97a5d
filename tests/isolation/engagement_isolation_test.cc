#include "services/engagement/testing/world.h"
#include "tests/isolation/isolation.h"

namespace staraction::engagement {
namespace {

TEST(EngagementIsolationTest, EveryMethodKeepsItsFences) {
  World world;
  const v1::Client client = world.CreateClient("consultant");
  test::IsolationSetup setup;
  setup.channel = world.service().channel();
  setup.services = {"staraction.engagement.v1.AccessService",
                    "staraction.engagement.v1.ActivityService",
                    "staraction.engagement.v1.ClientService",
                    "staraction.engagement.v1.CompanyService",
                    "staraction.engagement.v1.ContactService",
                    "staraction.engagement.v1.DueService",
                    "staraction.engagement.v1.EffortService",
                    "staraction.engagement.v1.EngagementService",
                    "staraction.engagement.v1.EvidenceService",
                    "staraction.engagement.v1.FindingService",
                    "staraction.engagement.v1.InternalCheckService",
                    "staraction.engagement.v1.InvitationService",
                    "staraction.engagement.v1.KioskService",
                    "staraction.engagement.v1.LifeEventService",
                    "staraction.engagement.v1.MessageService",
                    "staraction.engagement.v1.OperationFormService",
                    "staraction.engagement.v1.OrganizationService",
                    "staraction.engagement.v1.ParticipantService",
                    "staraction.engagement.v1.PilotService",
                    "staraction.engagement.v1.QuoteService",
                    "staraction.engagement.v1.ReportService",
                    "staraction.engagement.v1.RosterFeedService",
                    "staraction.engagement.v1.RosterService",
                    "staraction.engagement.v1.RuleExceptionService",
                    "staraction.engagement.v1.TaskService",
                    "staraction.engagement.v1.VisitService",
                    "staraction.engagement.v1.ErasureService",
                    "staraction.erasure.v1.EraseService",
                    "staraction.fact.v1.FactInboxService",
                    "staraction.fact.v1.FactService"};
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
