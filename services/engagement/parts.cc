#include "services/engagement/parts.h"

#include "common/base/macros.h"
#include "common/content/library.h"
#include "services/engagement/access_service.h"
#include "services/engagement/activity_service.h"
#include "services/engagement/client_service.h"
#include "services/engagement/company_service.h"
#include "services/engagement/contact_service.h"
#include "services/engagement/due_service.h"
#include "services/engagement/effort_service.h"
#include "services/engagement/engagement_service.h"
#include "services/engagement/erasure_service.h"
#include "services/engagement/evidence_service.h"
#include "services/engagement/fact_collection.h"
#include "services/engagement/finding_service.h"
#include "services/engagement/internal_check_service.h"
#include "services/engagement/invitation_service.h"
#include "services/engagement/kiosk_service.h"
#include "services/engagement/life_event_service.h"
#include "services/engagement/mailer.h"
#include "services/engagement/message_service.h"
#include "services/engagement/opening.h"
#include "services/engagement/operation_form_service.h"
#include "services/engagement/organization_service.h"
#include "services/engagement/participant_service.h"
#include "services/engagement/quote_service.h"
#include "services/engagement/report_service.h"
#include "services/engagement/roster_feed_service.h"
#include "services/engagement/roster_service.h"
#include "services/engagement/rule_exception_service.h"
#include "services/engagement/store/fact_sheets.h"
#include "services/engagement/store/gauges.h"
#include "services/engagement/task_service.h"
#include "services/engagement/visit_service.h"
#include "services/engagement/watch_hub.h"
#include "services/engagement/watch_service.h"

namespace staraction::engagement {
namespace {

std::unique_ptr<MailSender> MakeSender(const SmtpOptions& smtp) {
  return smtp.server.empty() ? nullptr : std::make_unique<MailSender>(smtp);
}

struct Parts {
  Parts(Host& host, std::unique_ptr<const content::Library> packs, const Settings& settings)
      : library(std::move(packs)),
        access(host.pool()),
        cached_access(access, absl::Seconds(3)),
        facts(host, *library, settings.fact_peers),
        access_service(host.rpc(), access),
        organizations(host.rpc(), host.pool()),
        clients(host.rpc(), host.pool(), *library),
        invitations(host.rpc(), host.pool(), host.verifier(), settings.link_key),
        life_events(host.rpc(), host.pool(), *library),
        companies(host.rpc(), host.pool(), *library),
        rosters(host.rpc(), host.pool(), *library),
        roster_feed(host.rpc(), host.pool(), *library),
        opening(*library, facts),
        engagements(host.rpc(), host.pool(), facts, opening),
        quotes(host.rpc(), host.pool(), *library, opening),
        tasks(host.rpc(), host.pool()),
        visits(host.rpc(), host.pool(), *library),
        efforts(host.rpc(), host.pool(), *library),
        pilots(host.rpc(), host.pool()),
        reports(host.rpc(), host.pool()),
        activities(host.rpc(), host.pool(), *library),
        due(host.rpc(), host.pool()),
        evidences(host.rpc(), host.pool()),
        forms(host.rpc(), host.pool(), *library),
        internal_checks(host.rpc(), host.pool(), *library),
        findings(host.rpc(), host.pool()),
        rule_exceptions(host.rpc(), host.pool(), *library),
        erasures(host, settings.fact_peers, settings.erase_delay),
        entry(host.pool(), host.signer(), *library, settings.link_key),
        participants(host.rpc(), host.pool(), entry),
        kiosks(host.rpc(), host.pool(), entry),
        mailer(host, *library, entry, MakeSender(settings.smtp)),
        outreach(*library, facts, entry, mailer),
        messages(host.rpc(), host.pool(), *library, outreach),
        contacts(host.rpc(), host.pool(), entry, outreach),
        watch_hub(host.jobs_pool(), host.clock(), host.metrics()),
        watches(host.rpc(), host.pool(), watch_hub) {
    host.SetAccess(cached_access);
    host.Add<v1::AccessService>(access_service);
    host.Add<v1::OrganizationService>(organizations);
    host.Add<v1::ClientService>(clients);
    host.Add<v1::InvitationService>(invitations);
    host.Add<v1::LifeEventService>(life_events);
    host.Add<v1::CompanyService>(companies);
    host.Add<v1::RosterService>(rosters);
    host.Add<v1::RosterFeedService>(roster_feed);
    host.Add<v1::EngagementService>(engagements);
    host.Add<v1::ParticipantService>(participants);
    host.Add<v1::QuoteService>(quotes);
    host.Add<v1::TaskService>(tasks);
    host.Add<v1::KioskService>(kiosks);
    host.Add<v1::MessageService>(messages);
    host.Add<v1::ContactService>(contacts);
    host.Add<v1::VisitService>(visits);
    host.Add<v1::EffortService>(efforts);
    host.Add<v1::PilotService>(pilots);
    host.Add<v1::ReportService>(reports);
    host.Add<v1::ActivityService>(activities);
    host.Add<v1::DueService>(due);
    host.Add<v1::EvidenceService>(evidences);
    host.Add<v1::OperationFormService>(forms);
    host.Add<v1::InternalCheckService>(internal_checks);
    host.Add<v1::FindingService>(findings);
    host.Add<v1::RuleExceptionService>(rule_exceptions);
    host.Add<v1::ErasureService>(erasures);
    host.Add<fact::v1::FactInboxService>(facts);
    host.Add<v1::WatchService>(watches);
    host.OnStop([this] { watch_hub.Stop(); });
    host.ServeFacts(OwnFacts);
    AddGauges(host.gauges());
    host.jobs().Add("announce", [this](const Job& job) { return facts.AnnounceOwn(job); });
  }

  std::unique_ptr<const content::Library> library;
  LocalAccess access;
  CachedAccess cached_access;
  FactCollection facts;
  AccessService access_service;
  OrganizationService organizations;
  ClientService clients;
  InvitationService invitations;
  LifeEventService life_events;
  CompanyService companies;
  RosterService rosters;
  RosterFeedService roster_feed;
  Opening opening;
  EngagementService engagements;
  QuoteService quotes;
  TaskService tasks;
  VisitService visits;
  EffortService efforts;
  PilotService pilots;
  ReportService reports;
  ActivityService activities;
  DueService due;
  EvidenceService evidences;
  OperationFormService forms;
  InternalCheckService internal_checks;
  FindingService findings;
  RuleExceptionService rule_exceptions;
  ErasureService erasures;
  ParticipantEntry entry;
  ParticipantService participants;
  KioskService kiosks;
  Mailer mailer;
  Outreach outreach;
  MessageService messages;
  ContactService contacts;
  WatchHub watch_hub;
  WatchService watches;
};

}  // namespace

absl::StatusOr<std::shared_ptr<void>> MakeParts(Host& host, const Settings& settings) {
  if (settings.link_key.size() < 32) {
    return absl::InvalidArgumentError("link_key: want at least 32 bytes");
  }
  SA_ASSIGN_OR_RETURN(auto library, content::Library::Load(settings.content_dir));
  if (library->FindHolidayCalendar("japan") == nullptr) {
    return absl::InternalError("content: there is no holiday calendar \"japan\"");
  }
  return std::static_pointer_cast<void>(
      std::make_shared<Parts>(host, std::move(library), settings));
}

}  // namespace staraction::engagement
