#include "services/declaration/parts.h"

#include "common/base/macros.h"
#include "common/content/library.h"
#include "services/declaration/campaign_service.h"
#include "services/declaration/declaration_service.h"
#include "services/declaration/facts.h"

namespace staraction::declaration {
namespace {

struct Parts {
  Parts(Host& host, std::unique_ptr<const content::Library> content,
        std::shared_ptr<EngagementReader> reader)
      : library(std::move(content)),
        engagements(std::move(reader)),
        campaigns(host.rpc(), host.pool(), *library, *engagements),
        declarations(host.rpc(), host.pool(), *library, *engagements) {}

  std::unique_ptr<const content::Library> library;
  std::shared_ptr<EngagementReader> engagements;
  CampaignService campaigns;
  DeclarationService declarations;
};

}  // namespace

absl::StatusOr<std::shared_ptr<void>> MakeParts(Host& host, const PartsOptions& options) {
  SA_ASSIGN_OR_RETURN(auto library, content::Library::Load(options.content_directory));
  auto engagements = options.engagements;
  if (engagements == nullptr) {
    engagements = std::make_shared<RemoteEngagementReader>(host.channel("engagement"));
  }
  auto parts = std::make_shared<Parts>(host, std::move(library), std::move(engagements));
  host.Add<v1::CampaignService>(parts->campaigns);
  host.Add<v1::DeclarationService>(parts->declarations);
  host.ServeFacts([&content = *parts->library](pg::Transaction& tx, const std::string& engagement) {
    return CollectDeclarationFacts(tx, engagement, content);
  });
  return std::shared_ptr<void>(std::move(parts));
}

}  // namespace staraction::declaration
