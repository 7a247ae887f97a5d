#include "services/risk/parts.h"

#include <utility>

#include "common/base/macros.h"
#include "common/content/library.h"
#include "common/content/problem.h"
#include "common/obs/log.h"
#include "services/risk/analysis_service.h"
#include "services/risk/risk_facts.h"
#include "services/risk/state_service.h"
#include "services/risk/store/gauges.h"
#include "services/risk/treatment_service.h"

namespace staraction::risk {
namespace {

struct Parts {
  Parts(Host& host, std::unique_ptr<const content::Library> content, Peers others)
      : library(std::move(content)),
        peers(std::move(others)),
        states(host.rpc(), host.pool(), *library, *peers.company, *peers.work),
        analyses(host.rpc(), host.pool(), *library, *peers.ledgers, host.clock()),
        treatments(host.rpc(), host.pool(), *library, *peers.company, *peers.work) {}

  const std::unique_ptr<const content::Library> library;
  const Peers peers;
  StateService states;
  AnalysisService analyses;
  TreatmentService treatments;
};

}  // namespace

absl::StatusOr<std::shared_ptr<void>> MakeParts(Host& host, const std::string& content_directory,
                                                Peers peers) {
  SA_ASSIGN_OR_RETURN(auto library, content::Library::Load(content_directory));
  if (!library->problems().empty()) {
    Log(LogLevel::kWarning, "content packs refused",
        {{"problems", static_cast<int64_t>(library->problems().size())}});
  }
  if (peers.company == nullptr) {
    peers.company = std::make_shared<EngagementCompany>(host.channel("engagement"));
  }
  if (peers.ledgers == nullptr) {
    peers.ledgers = std::make_shared<AssetLedgers>(host.channel("asset"));
  }
  if (peers.work == nullptr) {
    peers.work = std::make_shared<DiagnosisWork>(host.channel("diagnosis"));
  }
  auto parts = std::make_shared<Parts>(host, std::move(library), std::move(peers));
  host.Add<v1::StateService>(parts->states);
  host.Add<v1::AnalysisService>(parts->analyses);
  host.Add<v1::TreatmentService>(parts->treatments);
  AddGauges(host.gauges());
  host.ServeFacts(CollectFacts);
  return std::shared_ptr<void>(std::move(parts));
}

}  // namespace staraction::risk
