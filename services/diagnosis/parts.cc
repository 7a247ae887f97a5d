#include "services/diagnosis/parts.h"

#include <utility>

#include "common/base/macros.h"
#include "common/content/library.h"
#include "common/content/problem.h"
#include "common/obs/log.h"
#include "services/diagnosis/diagnosis_facts.h"
#include "services/diagnosis/diagnosis_service.h"
#include "services/diagnosis/rulebook_service.h"
#include "services/diagnosis/rulebook_version_service.h"

namespace staraction::diagnosis {
namespace {

struct Parts {
  Parts(Host& host, std::unique_ptr<const content::Library> content, std::shared_ptr<Roster> people)
      : library(std::move(content)),
        roster(std::move(people)),
        diagnoses(host.rpc(), host.pool(), *library, *roster),
        rulebook(host.rpc(), host.pool(), *library, *roster),
        versions(host.rpc(), host.pool(), *library, *roster) {}

  const std::unique_ptr<const content::Library> library;
  const std::shared_ptr<Roster> roster;
  DiagnosisService diagnoses;
  RulebookService rulebook;
  RulebookVersionService versions;
};

}  // namespace

absl::StatusOr<std::shared_ptr<void>> MakeParts(Host& host, const std::string& content_directory,
                                                std::shared_ptr<Roster> roster) {
  SA_ASSIGN_OR_RETURN(auto library, content::Library::Load(content_directory));
  if (!library->problems().empty()) {
    Log(LogLevel::kWarning, "content packs refused",
        {{"problems", static_cast<int64_t>(library->problems().size())}});
  }
  if (roster == nullptr) roster = std::make_shared<EngagementRoster>(host.channel("engagement"));
  auto parts = std::make_shared<Parts>(host, std::move(library), std::move(roster));
  host.Add<v1::DiagnosisService>(parts->diagnoses);
  host.Add<v1::RulebookService>(parts->rulebook);
  host.Add<v1::RulebookVersionService>(parts->versions);
  host.ServeFacts(CollectFacts);
  return std::shared_ptr<void>(std::move(parts));
}

}  // namespace staraction::diagnosis
