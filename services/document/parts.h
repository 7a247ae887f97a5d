#ifndef STARACTION_SERVICES_DOCUMENT_PARTS_H_
#define STARACTION_SERVICES_DOCUMENT_PARTS_H_

#include <memory>
#include <string>
#include <vector>

#include "common/pg/migrate.h"
#include "common/service/host.h"
#include "services/document/sources.h"

namespace staraction::document {

// The service's own settings, and what tests put in the place of the real thing.
struct Settings {
  std::string content_dir;           // added content packs; empty: only the built-in ones
  std::string fonts_dir;             // the fonts that the build prepared
  std::shared_ptr<Sources> sources;  // null: the engagement and declaration services
};

const std::vector<pg::Migration>& Migrations();

// Makes everything that the service consists of and registers it with the host.
absl::StatusOr<std::shared_ptr<void>> MakeParts(Host& host, const Settings& settings);

}  // namespace staraction::document

#endif  // STARACTION_SERVICES_DOCUMENT_PARTS_H_
