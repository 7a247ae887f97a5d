#ifndef STARACTION_SERVICES_DECLARATION_PARTS_H_
#define STARACTION_SERVICES_DECLARATION_PARTS_H_

#include <memory>
#include <string>
#include <vector>

#include "common/service/host.h"
#include "services/declaration/engagement_reader.h"

namespace staraction::declaration {

struct PartsOptions {
  // Folder of added content packs; empty: only the built-in ones.
  std::string content_directory;
  // Program that reads scans (common/paper/scan_reader.h); empty: no code is ever read.
  std::string scan_program;
  // Null: the engagement service, over the host's channel.
  std::shared_ptr<EngagementReader> engagements;
};

// Makes the services and registers them and the facts with the host. They live as long as the
// answer. Fails if the content cannot be loaded.
absl::StatusOr<std::shared_ptr<void>> MakeParts(Host& host, const PartsOptions& options);

// Tables of the service's schema.
const std::vector<pg::Migration>& Migrations();

}  // namespace staraction::declaration

#endif  // STARACTION_SERVICES_DECLARATION_PARTS_H_
