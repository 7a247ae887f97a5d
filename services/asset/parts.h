#ifndef STARACTION_SERVICES_ASSET_PARTS_H_
#define STARACTION_SERVICES_ASSET_PARTS_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/pg/migrate.h"
#include "common/service/host.h"
#include "services/asset/sites.h"

namespace staraction::asset {

const std::vector<pg::Migration>& Migrations();

// Makes the service's parts and registers them with the host. `content_directory` holds added
// content packs, or is empty; `sites` null means the engagement service's.
absl::StatusOr<std::shared_ptr<void>> MakeParts(Host& host, const std::string& content_directory,
                                                std::shared_ptr<Sites> sites = nullptr);

}  // namespace staraction::asset

#endif  // STARACTION_SERVICES_ASSET_PARTS_H_
