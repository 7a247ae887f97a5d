#include "services/diagnosis/parts.h"

#include <utility>

#include "common/base/macros.h"
#include "common/content/library.h"
#include "common/content/problem.h"
#include "common/obs/log.h"
#include "services/diagnosis/diagnosis_facts.h"
#include "services/diagnosis/diagnosis_service.h"
#include "services/diagnosis/measure_service.h"
#include "services/diagnosis/peers.h"
#include "services/diagnosis/review_service.h"
#include "services/diagnosis/rulebook_service.h"
#include "services/diagnosis/rulebook_version_service.h"
#include "services/diagnosis/store/gauges.h"

namespace staraction::diagnosis {
namespace {

struct Parts {
  Parts(Host& host, std::unique_ptr<const content::Library> content, PartsOptions options)
      : library(std::move(content)),
        roster(std::move(options.roster)),
        facts(std::move(options.facts)),
        diagnoses(host.rpc(), host.pool(), *library, *roster),
        sheets(host.rpc(), host.pool(), *library, *roster, std::move(options.seeds)),
        reviews(host.rpc(), host.pool(), *library, *facts),
        measures(host.rpc(), host.pool(), *library),
        rulebook(host.rpc(), host.pool(), *library, *roster),
        versions(host.rpc(), host.pool(), *library, *roster) {}

  const std::unique_ptr<const content::Library> library;
  const std::shared_ptr<Roster> roster;
  const std::shared_ptr<FactSource> facts;
  DiagnosisService diagnoses;
  AnswerSheetService sheets;
  ReviewService reviews;
  MeasureService measures;
  RulebookService rulebook;
  RulebookVersionService versions;
};

}  // namespace

absl::StatusOr<std::shared_ptr<void>> MakeParts(Host& host, PartsOptions options) {
  SA_ASSIGN_OR_RETURN(auto library, content::Library::Load(options.content_directory));
  if (!library->problems().empty()) {
    Log(LogLevel::kWarning, "content packs refused",
        {{"problems", static_cast<int64_t>(library->problems().size())}});
  }
  if (options.roster == nullptr) {
    options.roster = std::make_shared<EngagementRoster>(host.channel("engagement"));
  }
  if (options.facts == nullptr) options.facts = PeerFacts(host, options.fact_peers);
  auto parts = std::make_shared<Parts>(host, std::move(library), std::move(options));
  host.Add<v1::DiagnosisService>(parts->diagnoses);
  host.Add<v1::AnswerSheetService>(parts->sheets);
  host.Add<v1::DiagnosisReviewService>(parts->reviews);
  host.Add<v1::MeasureService>(parts->measures);
  host.Add<v1::RulebookService>(parts->rulebook);
  host.Add<v1::RulebookVersionService>(parts->versions);
  AddGauges(host.gauges());
  host.ServeFacts(CollectFacts);
  AddPeerJob(host, *parts->library);
  return std::shared_ptr<void>(std::move(parts));
}

}  // namespace staraction::diagnosis
