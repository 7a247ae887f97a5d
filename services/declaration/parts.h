#ifndef STARACTION_SERVICES_DECLARATION_PARTS_H_
#define STARACTION_SERVICES_DECLARATION_PARTS_H_

#include <memory>
#include <string>
#include <vector>

#include "common/service/host.h"
#include "services/declaration/basis_reader.h"
#include "services/declaration/document_reader.h"
#include "services/declaration/engagement_reader.h"

namespace staraction::declaration {

struct PartsOptions {
  // Folder of added content packs; empty: only the built-in ones.
  std::string content_directory;
  // Program that reads scans (common/paper/scan_reader.h); empty: no code is ever read.
  std::string scan_program;
  // Program that fetches pages (common/page/page_reader.h); empty: no page is ever read.
  std::string page_program;
  // Addresses that pages may be fetched from although they are not public (common/page/address.h).
  std::vector<std::string> page_allowed;
  // Between two looks at a published policy, and at rosters and approvals for campaigns.
  absl::Duration page_interval = absl::Hours(24 * 7);
  absl::Duration campaign_interval = absl::Hours(1);
  // Null: the services themselves, over the host's channels.
  std::shared_ptr<EngagementReader> engagements;
  std::shared_ptr<DocumentReader> documents;
  std::shared_ptr<DiagnosisReader> diagnoses;
};

// Makes the services and registers them and the facts with the host. They live as long as the
// answer. Fails if the content cannot be loaded.
absl::StatusOr<std::shared_ptr<void>> MakeParts(Host& host, const PartsOptions& options);

// Tables of the service's schema.
const std::vector<pg::Migration>& Migrations();

}  // namespace staraction::declaration

#endif  // STARACTION_SERVICES_DECLARATION_PARTS_H_
