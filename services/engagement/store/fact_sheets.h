#ifndef STARACTION_SERVICES_ENGAGEMENT_STORE_FACT_SHEETS_H_
#define STARACTION_SERVICES_ENGAGEMENT_STORE_FACT_SHEETS_H_

#include <map>
#include <string>

#include "common/pg/transaction.h"
#include "services/engagement/domain/readiness.h"

namespace staraction::engagement {

// What is stored of the services' facts of the call's client.
struct StoredFacts {
  domain::FactSheets sheets;
  // Services that have announced newer data than their sheet has.
  std::map<std::string, int64_t> announced;
};
absl::StatusOr<StoredFacts> LoadFacts(pg::Transaction& tx);

// Keeps a sheet unless a newer one is there.
absl::Status SaveSheet(pg::Transaction& tx, const fact::v1::FactSheet& sheet);

// Remembers the newest version that a service has announced.
absl::Status SaveAnnouncement(pg::Transaction& tx, const std::string& service, int64_t version);

// What this service itself knows of the client: the roster.
absl::StatusOr<std::vector<fact::v1::Fact>> OwnFacts(pg::Transaction& tx,
                                                     const std::string& engagement);

}  // namespace staraction::engagement

#endif  // STARACTION_SERVICES_ENGAGEMENT_STORE_FACT_SHEETS_H_
