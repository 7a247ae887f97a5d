#ifndef STARACTION_SERVICES_TRAINING_PARTS_H_
#define STARACTION_SERVICES_TRAINING_PARTS_H_

#include <memory>
#include <string>
#include <vector>

#include "common/pg/migrate.h"
#include "common/service/host.h"
#include "services/training/attempt_service.h"
#include "services/training/roster.h"

namespace staraction::training {

// The service's own settings, and what tests put in the place of the real thing.
struct Settings {
  std::string content_dir;         // added content packs; empty: only the built-in ones
  std::shared_ptr<Roster> roster;  // null: the engagement service's
  SeedSource seeds = RandomSeeds();
};

const std::vector<pg::Migration>& Migrations();

// Makes everything that the service consists of and registers it with the host.
absl::StatusOr<std::shared_ptr<void>> MakeParts(Host& host, const Settings& settings);

}  // namespace staraction::training

#endif  // STARACTION_SERVICES_TRAINING_PARTS_H_
