#include "services/training/parts.h"

#include <utility>

#include "common/base/macros.h"
#include "common/content/library.h"
#include "services/training/briefing_service.h"
#include "services/training/certificate_service.h"
#include "services/training/course_service.h"
#include "services/training/courses.h"
#include "services/training/paper_service.h"
#include "services/training/report_service.h"
#include "services/training/session_service.h"
#include "services/training/store/completion_store.h"
#include "services/training/store/gauges.h"

namespace staraction::training {
namespace {

struct Parts {
  Parts(Host& host, std::unique_ptr<const content::Library> content,
        std::shared_ptr<Roster> members, const SeedSource& seeds)
      : library(std::move(content)),
        roster(std::move(members)),
        courses(host.rpc(), *library),
        sessions(host.rpc(), host.pool(), *library, *roster),
        attempts(host.rpc(), host.pool(), *library, *roster, seeds),
        briefings(host.rpc(), host.pool(), *library, *roster),
        certificates(host.rpc(), host.pool(), *library, *roster),
        papers(host.rpc(), host.pool(), *library, seeds),
        reports(host.rpc(), host.pool(), *library, *roster) {
    host.Add<v1::CourseService>(courses);
    host.Add<v1::SessionService>(sessions);
    host.Add<v1::AttemptService>(attempts);
    host.Add<v1::BriefingService>(briefings);
    host.Add<v1::CertificateService>(certificates);
    host.Add<v1::PaperService>(papers);
    host.Add<v1::ReportService>(reports);
    host.rpc().AddScopeLookup("sessions", [this](const Call& call, const std::string& name) {
      return sessions.EngagementsOf(call, name);
    });
    AddGauges(host.gauges());
    host.ServeFacts(
        [limit = RetestLimitOf(*library)](pg::Transaction& tx, const std::string& engagement) {
          return CollectFacts(tx, engagement, limit);
        });
  }

  const std::unique_ptr<const content::Library> library;
  const std::shared_ptr<Roster> roster;
  CourseService courses;
  SessionService sessions;
  AttemptService attempts;
  BriefingService briefings;
  CertificateService certificates;
  PaperService papers;
  ReportService reports;
};

}  // namespace

absl::StatusOr<std::shared_ptr<void>> MakeParts(Host& host, const Settings& settings) {
  SA_ASSIGN_OR_RETURN(auto library, content::Library::Load(settings.content_dir));
  std::shared_ptr<Roster> roster = settings.roster;
  if (roster == nullptr) roster = RemoteRoster(host);
  return std::static_pointer_cast<void>(
      std::make_shared<Parts>(host, std::move(library), std::move(roster), settings.seeds));
}

}  // namespace staraction::training
