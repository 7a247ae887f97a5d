#ifndef STARACTION_SERVICES_DIAGNOSIS_PARTS_H_
#define STARACTION_SERVICES_DIAGNOSIS_PARTS_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/pg/migrate.h"
#include "common/service/host.h"
#include "services/diagnosis/answer_sheet_service.h"
#include "services/diagnosis/fact_source.h"
#include "services/diagnosis/roster.h"

namespace staraction::diagnosis {

const std::vector<pg::Migration>& Migrations();

// What the parts are made with; what is unset is made as in production.
struct PartsOptions {
  std::string content_directory;        // of added content packs; "": none
  std::shared_ptr<Roster> roster;       // else the engagement service's
  std::shared_ptr<FactSource> facts;    // else of `fact_peers`
  std::vector<std::string> fact_peers;  // services that are asked for facts
  SeedSource seeds = RandomSeeds();
};

// Makes the service's parts and registers them with the host.
absl::StatusOr<std::shared_ptr<void>> MakeParts(Host& host, PartsOptions options);

}  // namespace staraction::diagnosis

#endif  // STARACTION_SERVICES_DIAGNOSIS_PARTS_H_
