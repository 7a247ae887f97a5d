#ifndef STARACTION_SERVICES_RISK_PARTS_H_
#define STARACTION_SERVICES_RISK_PARTS_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/pg/migrate.h"
#include "common/service/host.h"
#include "services/risk/company.h"
#include "services/risk/ledgers.h"
#include "services/risk/work.h"

namespace staraction::risk {

const std::vector<pg::Migration>& Migrations();

// What the service reads elsewhere; null means the service whose it is.
struct Peers {
  std::shared_ptr<Company> company;
  std::shared_ptr<Ledgers> ledgers;
  std::shared_ptr<Work> work;
};

// Makes the service's parts and registers them with the host. `content_directory` holds added
// content packs, or is empty.
absl::StatusOr<std::shared_ptr<void>> MakeParts(Host& host, const std::string& content_directory,
                                                Peers peers = {});

}  // namespace staraction::risk

#endif  // STARACTION_SERVICES_RISK_PARTS_H_
