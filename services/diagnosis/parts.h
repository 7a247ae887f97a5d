#ifndef STARACTION_SERVICES_DIAGNOSIS_PARTS_H_
#define STARACTION_SERVICES_DIAGNOSIS_PARTS_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/pg/migrate.h"
#include "common/service/host.h"
#include "services/diagnosis/roster.h"

namespace staraction::diagnosis {

const std::vector<pg::Migration>& Migrations();

// Makes the service's parts and registers them with the host. `content_directory` holds added
// content packs, or is empty; `roster` null means the engagement service's.
absl::StatusOr<std::shared_ptr<void>> MakeParts(Host& host, const std::string& content_directory,
                                                std::shared_ptr<Roster> roster = nullptr);

}  // namespace staraction::diagnosis

#endif  // STARACTION_SERVICES_DIAGNOSIS_PARTS_H_
