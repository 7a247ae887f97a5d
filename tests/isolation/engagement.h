#ifndef STARACTION_TESTS_ISOLATION_ENGAGEMENT_H_
#define STARACTION_TESTS_ISOLATION_ENGAGEMENT_H_

#include <memory>
#include <string>
#include <vector>

#include "services/engagement/parts.h"

namespace staraction {

struct UnderTest {
  static std::string Name() { return "engagement"; }
  static std::vector<std::string> Services() {
    return {"staraction.engagement.v1.AccessService",
            "staraction.engagement.v1.ActivityService",
            "staraction.engagement.v1.ClientService",
            "staraction.engagement.v1.CompanyService",
            "staraction.engagement.v1.ContactService",
            "staraction.engagement.v1.DueService",
            "staraction.engagement.v1.EffortService",
            "staraction.engagement.v1.EngagementService",
            "staraction.engagement.v1.ErasureService",
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
            "staraction.erasure.v1.EraseService",
            "staraction.fact.v1.FactInboxService",
            "staraction.fact.v1.FactService"};
  }
  static std::vector<pg::Migration> Migrations() { return engagement::Migrations(); }
  static absl::StatusOr<std::shared_ptr<void>> Make(Host& host) {
    engagement::Settings settings;
    settings.link_key = std::string(32, 'k');
    settings.fact_peers = {};
    return engagement::MakeParts(host, settings);
  }
};

}  // namespace staraction

#endif  // STARACTION_TESTS_ISOLATION_ENGAGEMENT_H_
