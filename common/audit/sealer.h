#ifndef STARACTION_COMMON_AUDIT_SEALER_H_
#define STARACTION_COMMON_AUDIT_SEALER_H_

#include <atomic>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/status/statusor.h"
#include "common/auth/jwk.h"
#include "common/base/clock.h"
#include "common/gauge/database_gauges.h"
#include "common/pg/pool.h"

namespace staraction::audit {

struct SealerOptions {
  // Signs the anchors: the service's internal key.
  std::shared_ptr<const Jwk> key;
  // Where anchors are written to, besides the log; "" for the log alone.
  std::string anchor_directory;
  // Entries that are sealed in one transaction.
  int batch = 500;
};

// How much waits to be sealed or anchored, and for how long.
void AddAuditGauges(DatabaseGauges& gauges);

// Seals a service's audit entries and writes the ends of their chains down outside the database.
// Any number of replicas may run it: an organization's entries are sealed under the lock of its
// row in audit_chain. One that dies leaves what it had in hand to the next; an anchor may then be
// written twice, which does no harm.
class Sealer {
 public:
  // `pool` logs in as the service's jobs role.
  Sealer(pg::Pool& pool, Clock clock, SealerOptions options);
  ~Sealer() { Stop(); }

  // Starts the thread, which seals every 5 seconds and anchors every minute.
  void Start();
  void Stop();

  // Seals everything that is committed; how many entries. What the thread does, for tests.
  absl::StatusOr<int> SealAll();
  // Anchors every chain that has grown since it was anchored; how many.
  absl::StatusOr<int> AnchorAll();

 private:
  void Loop();
  absl::StatusOr<std::vector<std::string>> Waiting();
  absl::StatusOr<int> SealBatch(const std::string& organization);
  Call OwnCall() const;

  pg::Pool& pool_;
  const Clock clock_;
  const SealerOptions options_;
  std::atomic<bool> stopping_{false};
  std::thread thread_;
};

}  // namespace staraction::audit

#endif  // STARACTION_COMMON_AUDIT_SEALER_H_
