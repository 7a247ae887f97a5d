#include "common/gauge/database_gauges.h"

#include <utility>

#include "common/base/macros.h"
#include "common/obs/log.h"

namespace staraction {
namespace {

using prometheus::ClientMetric;
using prometheus::MetricFamily;
using prometheus::MetricType;

// Shorter than Prometheus waits (10 s), so that the other metrics arrive in any case.
constexpr absl::Duration kTimeLimit = absl::Seconds(5);

absl::StatusOr<MetricFamily> ReadOne(pg::Transaction& tx, const DatabaseGauge& gauge,
                                     const std::string& service) {
  pg::Params params;
  if (gauge.statement->sql().find("$1") != std::string::npos) {
    params.push_back(pg::ToParam(tx.now()));
  }
  SA_ASSIGN_OR_RETURN(const pg::Rows rows, tx.Exec(*gauge.statement, params));
  MetricFamily family{gauge.name, gauge.help, MetricType::Gauge, {}};
  for (const pg::Row row : rows) {
    if (row.IsNull("value")) continue;
    ClientMetric metric;
    metric.label.push_back({"service", service});
    for (const std::string& label : gauge.labels) {
      metric.label.push_back({label, row.Text(label.c_str())});
    }
    metric.gauge.value = row.Double("value");
    family.metric.push_back(std::move(metric));
  }
  return family;
}

MetricFamily ReadFlag(const std::string& name, const std::string& service, bool read) {
  ClientMetric metric;
  metric.label.push_back({"service", service});
  metric.gauge.value = read ? 1 : 0;
  return {name,
          "Whether the gauges that stand in the database could be read.",
          MetricType::Gauge,
          {metric}};
}

}  // namespace

DatabaseGauges::DatabaseGauges(std::string flag, pg::Pool& pool, Clock clock, absl::Duration keep,
                               Metrics& metrics)
    : flag_(std::move(flag)),
      pool_(pool),
      clock_(std::move(clock)),
      keep_(keep),
      service_(metrics.service()) {
  metrics.AddSource([this] { return Collect(); });
}

DatabaseGauges::Families DatabaseGauges::Collect() {
  const std::lock_guard<std::mutex> lock(mutex_);
  const absl::Time now = RealClock()();
  if (now < read_time_ + keep_) return families_;
  // Also after a failure: a database that does not answer is not asked at every scrape.
  read_time_ = now;
  auto families = Read();
  families_.clear();
  if (families.ok()) {
    families_ = *families;
  } else {
    Log(LogLevel::kWarning, "gauges not read", {{"error", LogText(families.status())}});
  }
  families_.push_back(ReadFlag(flag_, service_, families.ok()));
  return families_;
}

absl::StatusOr<DatabaseGauges::Families> DatabaseGauges::Read() {
  const Call call = SystemCall(service_, "", "", clock_(), kTimeLimit);
  return pool_.Read(call, [this](pg::Transaction& tx) -> absl::StatusOr<Families> {
    Families families;
    for (const DatabaseGauge& gauge : gauges_) {
      SA_ASSIGN_OR_RETURN(MetricFamily family, ReadOne(tx, gauge, service_));
      families.push_back(std::move(family));
    }
    return families;
  });
}

}  // namespace staraction
