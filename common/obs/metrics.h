#ifndef STARACTION_COMMON_OBS_METRICS_H_
#define STARACTION_COMMON_OBS_METRICS_H_

#include <prometheus/collectable.h>
#include <prometheus/counter.h>
#include <prometheus/family.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>

#include <array>
#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"

// Prometheus metrics of a process. Names start with staraction_, carry base units and _total
// (what `promtool check metrics` asks for); labels are few and bounded: never ids, tenants or
// anything that a client sends.
namespace staraction {

// Bounds of histograms of time, in seconds: few, as each method of a service has them, and with
// those that the service levels name (0.1 for reads, 0.25 for changes: deploy/monitoring).
const prometheus::Histogram::BucketBoundaries& DurationBuckets();

// All metrics of one process. Thread-safe.
class Metrics : public prometheus::Collectable {
 public:
  // `service` as in "engagement". Publishes staraction_build_info{service,version} and what every
  // Prometheus client says of its process (process_*: memory, CPU, files, start).
  Metrics(const std::string& service, const std::string& version);

  const std::string& service() const { return service_; }

  // For counters and histograms of one's own. Resolve a label set once and keep the reference:
  // Family::Add takes a lock.
  prometheus::Registry& registry() { return registry_; }

  // A gauge (pool in use, queue length, lag) that `sample` is asked for at each scrape, on a
  // thread of the metrics server. `sample` must not throw, block for long, or outlive what it
  // looks at: stop the MetricsServer first. Same name, other labels: one more line of the family.
  // The label `service` is added.
  void AddGauge(const std::string& name, const std::string& help, const prometheus::Labels& labels,
                std::function<double()> sample);

  // Families that `collect` makes at each scrape, for what is known only then; the same holds for
  // it. It sets all labels itself.
  using Source = std::function<std::vector<prometheus::MetricFamily>()>;
  void AddSource(Source collect);

  std::vector<prometheus::MetricFamily> Collect() const override;

 private:
  struct SampledGauge {
    prometheus::Labels labels;
    std::function<double()> sample;
  };
  struct SampledFamily {
    std::string help;
    std::vector<SampledGauge> gauges;
  };

  const std::string service_;
  prometheus::Registry registry_;
  mutable std::mutex mutex_;
  std::map<std::string, SampledFamily> sampled_;
  std::vector<Source> sources_;
};

// staraction_rpc_requests_total{service,method,code}, and how long calls took:
// staraction_rpc_duration_seconds{service,method}, or, where methods are too many for a histogram
// each (the gateway), staraction_http_duration_seconds{service,kind}.
class RpcMetrics {
 public:
  // The metrics of one method. Record is thread-safe and takes no lock once a code has been seen.
  class Method {
   public:
    void Record(absl::StatusCode code, absl::Duration duration);

   private:
    friend class RpcMetrics;
    Method(RpcMetrics& owner, const std::string& method, const std::string& kind);
    prometheus::Histogram& MakeDuration() const;

    RpcMetrics& owner_;
    const std::string method_;
    const std::string kind_;
    // Made when the first call ends: most programs see few of their methods.
    std::atomic<prometheus::Histogram*> duration_{nullptr};
    // By code, made when the code first occurs: most methods see three of the seventeen.
    std::array<std::atomic<prometheus::Counter*>, 17> requests_{};
  };

  // `metrics` must outlive this object.
  explicit RpcMetrics(Metrics& metrics);

  // The method's metrics, made at the first call. Takes a lock: ask once per method, at the start.
  // The reference stays valid as long as this object. `method` comes from a descriptor, as in
  // "staraction.engagement.v1.EngagementService/GetClient", never from a caller. With a `kind`, its
  // calls' durations are counted together with all others of that kind.
  Method& ForMethod(const std::string& method, const std::string& kind = "");

 private:
  Metrics& metrics_;
  const std::string service_;
  prometheus::Family<prometheus::Counter>& requests_;
  std::mutex mutex_;
  std::map<std::string, std::unique_ptr<Method>> methods_;
};

// Serves until destroyed, which takes up to two seconds (civetweb polls that slowly):
//   GET /metrics   for Prometheus
//   GET /healthz   200: the process lives
//   GET /readyz    200 or 503: whether it can serve
class MetricsServer {
 public:
  // `address` as in "127.0.0.1:8101"; port 0 takes a free one. `metrics`, and what `ready` looks
  // at, must outlive the server; `ready` is asked on the server's threads and must not block.
  // UNAVAILABLE if the address cannot be listened on.
  static absl::StatusOr<std::unique_ptr<MetricsServer>> Start(
      const std::string& address, const Metrics& metrics,
      std::function<bool()> ready = [] { return true; });
  ~MetricsServer();

  int port() const;

 private:
  struct Impl;
  explicit MetricsServer(std::unique_ptr<Impl> impl);

  const std::unique_ptr<Impl> impl_;
};

}  // namespace staraction

#endif  // STARACTION_COMMON_OBS_METRICS_H_
