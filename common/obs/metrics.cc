#include "common/obs/metrics.h"

#include <prometheus/gauge.h>

#include <exception>
#include <utility>

#include "absl/strings/str_cat.h"

namespace staraction {
namespace {

// Seconds. From a read by name (about 1 ms) to the longest deadline of an interactive call.
const prometheus::Histogram::BucketBoundaries& DurationBuckets() {
  static const auto& buckets = *new prometheus::Histogram::BucketBoundaries{
      0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10};
  return buckets;
}

prometheus::ClientMetric Sample(const prometheus::Labels& labels, double value) {
  prometheus::ClientMetric metric;
  for (const auto& [name, label_value] : labels) metric.label.push_back({name, label_value});
  metric.gauge.value = value;
  return metric;
}

// The exposer wants shared ownership; the process's metrics live in main.
class Forwarder : public prometheus::Collectable {
 public:
  explicit Forwarder(const Metrics& metrics) : metrics_(metrics) {}
  std::vector<prometheus::MetricFamily> Collect() const override { return metrics_.Collect(); }

 private:
  const Metrics& metrics_;
};

}  // namespace

Metrics::Metrics(const std::string& service, const std::string& version) : service_(service) {
  prometheus::BuildGauge()
      .Name("staraction_build_info")
      .Help("Version of the running program; always 1.")
      .Register(registry_)
      .Add({{"service", service}, {"version", version}})
      .Set(1);
}

void Metrics::AddGauge(const std::string& name, const std::string& help,
                       const prometheus::Labels& labels, std::function<double()> sample) {
  SampledGauge gauge{labels, std::move(sample)};
  gauge.labels.emplace("service", service_);
  const std::lock_guard<std::mutex> lock(mutex_);
  SampledFamily& family = sampled_[name];
  if (family.gauges.empty()) family.help = help;
  family.gauges.push_back(std::move(gauge));
}

std::vector<prometheus::MetricFamily> Metrics::Collect() const {
  std::vector<prometheus::MetricFamily> families = registry_.Collect();
  std::map<std::string, SampledFamily> sampled;
  {
    // Samples take locks of their own, so they run outside this one.
    const std::lock_guard<std::mutex> lock(mutex_);
    sampled = sampled_;
  }
  for (const auto& [name, family] : sampled) {
    prometheus::MetricFamily out{name, family.help, prometheus::MetricType::Gauge, {}};
    for (const auto& gauge : family.gauges) {
      out.metric.push_back(Sample(gauge.labels, gauge.sample()));
    }
    families.push_back(std::move(out));
  }
  return families;
}

RpcMetrics::Method::Method(RpcMetrics& owner, const std::string& method)
    : owner_(owner),
      method_(method),
      duration_(owner.durations_.Add({{"service", owner.service_}, {"method", method}},
                                     DurationBuckets())) {}

void RpcMetrics::Method::Record(absl::StatusCode code, absl::Duration duration) {
  const auto index = static_cast<size_t>(code);
  if (index >= requests_.size()) return Record(absl::StatusCode::kUnknown, duration);
  prometheus::Counter* counter = requests_[index].load(std::memory_order_acquire);
  if (counter == nullptr) {
    // Two threads may both come here: Add gives both the same counter.
    counter = &owner_.requests_.Add({{"service", owner_.service_},
                                     {"method", method_},
                                     {"code", absl::StatusCodeToString(code)}});
    requests_[index].store(counter, std::memory_order_release);
  }
  counter->Increment();
  duration_.Observe(absl::ToDoubleSeconds(duration));
}

RpcMetrics::RpcMetrics(Metrics& metrics)
    : service_(metrics.service()),
      requests_(prometheus::BuildCounter()
                    .Name("staraction_rpc_requests_total")
                    .Help("Calls finished, by method and status code.")
                    .Register(metrics.registry())),
      durations_(prometheus::BuildHistogram()
                     .Name("staraction_rpc_duration_seconds")
                     .Help("Time from a call's arrival to its answer.")
                     .Register(metrics.registry())) {}

RpcMetrics::Method& RpcMetrics::ForMethod(const std::string& method) {
  const std::lock_guard<std::mutex> lock(mutex_);
  std::unique_ptr<Method>& entry = methods_[method];
  if (!entry) entry.reset(new Method(*this, method));
  return *entry;
}

absl::StatusOr<std::unique_ptr<MetricsServer>> MetricsServer::Start(const std::string& address,
                                                                    const Metrics& metrics) {
  try {
    return std::unique_ptr<MetricsServer>(new MetricsServer(address, metrics));
  } catch (const std::exception& error) {
    return absl::UnavailableError(
        absl::StrCat("metrics: cannot listen on '", address, "': ", error.what()));
  }
}

MetricsServer::MetricsServer(const std::string& address, const Metrics& metrics)
    : source_(std::make_shared<Forwarder>(metrics)), exposer_(address) {
  exposer_.RegisterCollectable(source_);
}

int MetricsServer::port() const {
  return exposer_.GetListeningPorts().front();
}

}  // namespace staraction
