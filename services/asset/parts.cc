#include "services/asset/parts.h"

#include <utility>

#include "common/base/macros.h"
#include "common/content/library.h"
#include "common/obs/log.h"
#include "services/asset/asset_facts.h"
#include "services/asset/asset_service.h"
#include "services/asset/schemes.h"
#include "services/asset/snapshot_service.h"
#include "services/asset/store/gauges.h"
#include "services/asset/system_service.h"
#include "services/asset/template_service.h"
#include "services/asset/transfer_service.h"

namespace staraction::asset {
namespace {

struct Parts {
  Parts(Host& host, std::unique_ptr<const content::Library> content, const Schemes& made,
        std::shared_ptr<Sites> reader)
      : library(std::move(content)),
        schemes(made),
        sites(std::move(reader)),
        assets(host.rpc(), host.pool(), schemes, *sites),
        snapshots(host.rpc(), host.pool(), schemes),
        templates(host.rpc(), host.pool(), schemes),
        systems(host.rpc(), host.pool(), schemes),
        transfers(host.rpc(), host.pool(), schemes, *sites) {}

  const std::unique_ptr<const content::Library> library;
  const Schemes schemes;
  const std::shared_ptr<Sites> sites;
  AssetService assets;
  AssetSnapshotService snapshots;
  AssetTemplateService templates;
  SystemService systems;
  AssetTransferService transfers;
};

}  // namespace

absl::StatusOr<std::shared_ptr<void>> MakeParts(Host& host, const std::string& content_directory,
                                                std::shared_ptr<Sites> sites) {
  SA_ASSIGN_OR_RETURN(auto library, content::Library::Load(content_directory));
  if (!library->problems().empty()) {
    Log(LogLevel::kWarning, "content packs refused",
        {{"problems", static_cast<int64_t>(library->problems().size())}});
  }
  SA_ASSIGN_OR_RETURN(const Schemes schemes, Schemes::Of(*library));
  if (sites == nullptr) sites = std::make_shared<EngagementSites>(host.channel("engagement"));
  auto parts = std::make_shared<Parts>(host, std::move(library), schemes, std::move(sites));
  host.Add<v1::AssetService>(parts->assets);
  host.Add<v1::AssetSnapshotService>(parts->snapshots);
  host.Add<v1::AssetTemplateService>(parts->templates);
  host.Add<v1::SystemService>(parts->systems);
  host.Add<v1::AssetTransferService>(parts->transfers);
  AddGauges(host.gauges());
  host.ServeFacts(CollectFacts);
  return std::shared_ptr<void>(std::move(parts));
}

}  // namespace staraction::asset
