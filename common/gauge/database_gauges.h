#ifndef STARACTION_COMMON_GAUGE_DATABASE_GAUGES_H_
#define STARACTION_COMMON_GAUGE_DATABASE_GAUGES_H_

#include <mutex>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/base/clock.h"
#include "common/obs/metrics.h"
#include "common/pg/pool.h"

namespace staraction {

// A gauge whose values are rows of the database: what the business looks like, over all
// organizations, and the same after a restart.
struct DatabaseGauge {
  std::string name;  // staraction_…, in a base unit
  std::string help;
  // Columns of `statement` that become labels. Each has few values, which the schema or our content
  // bounds: states, kinds, bands; never an id, an organization or anything that somebody entered.
  std::vector<std::string> labels;
  // Of the jobs' role, with a column `value` (NULL: no line). Its one parameter, if it has any, is
  // the present (timestamptz).
  const pg::Statement* statement;
};

// Reads a service's gauges when they are scraped, all in one snapshot, and keeps them for a while,
// so that several Prometheus servers cost no more than one. Replicas of a service say the same, so
// queries take their maximum, not their sum. Of gauges that one object reads all are there or none;
// then the gauge that says whether they could be read is 0. Thread safe.
class DatabaseGauges {
 public:
  // `flag` is the name of the gauge that says whether these could be read. `pool` logs in as the
  // jobs' role. Pool and metrics outlive this object's last scrape.
  DatabaseGauges(std::string flag, pg::Pool& pool, Clock clock, absl::Duration keep,
                 Metrics& metrics);

  // Before the first scrape.
  void Add(DatabaseGauge gauge) { gauges_.push_back(std::move(gauge)); }

 private:
  using Families = std::vector<prometheus::MetricFamily>;
  Families Collect();
  absl::StatusOr<Families> Read();

  const std::string flag_;
  pg::Pool& pool_;
  const Clock clock_;
  const absl::Duration keep_;
  const std::string service_;
  std::vector<DatabaseGauge> gauges_;
  std::mutex mutex_;
  absl::Time read_time_ = absl::InfinitePast();
  Families families_;
};

}  // namespace staraction

#endif  // STARACTION_COMMON_GAUGE_DATABASE_GAUGES_H_
