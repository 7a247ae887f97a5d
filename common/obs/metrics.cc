#include "common/obs/metrics.h"

#include <prometheus/gauge.h>

#include <utility>

#include "common/obs/process_metrics.h"

namespace staraction {
namespace {

prometheus::ClientMetric Sample(const prometheus::Labels& labels, double value) {
  prometheus::ClientMetric metric;
  for (const auto& [name, label_value] : labels) metric.label.push_back({name, label_value});
  metric.gauge.value = value;
  return metric;
}

}  // namespace

const prometheus::Histogram::BucketBoundaries& DurationBuckets() {
  static const auto& buckets =
      *new prometheus::Histogram::BucketBoundaries{0.0025, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5};
  return buckets;
}

Metrics::Metrics(const std::string& service, const std::string& version) : service_(service) {
  prometheus::BuildGauge()
      .Name("staraction_build_info")
      .Help("Version of the running program; always 1.")
      .Register(registry_)
      .Add({{"service", service}, {"version", version}})
      .Set(1);
  AddSource([service] { return ProcessFamilies(service); });
}

void Metrics::AddSource(Source collect) {
  const std::lock_guard<std::mutex> lock(mutex_);
  sources_.push_back(std::move(collect));
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
  std::vector<Source> sources;
  {
    // Samples take locks of their own, so they run outside this one.
    const std::lock_guard<std::mutex> lock(mutex_);
    sampled = sampled_;
    sources = sources_;
  }
  for (const auto& [name, family] : sampled) {
    prometheus::MetricFamily out{name, family.help, prometheus::MetricType::Gauge, {}};
    for (const auto& gauge : family.gauges) {
      out.metric.push_back(Sample(gauge.labels, gauge.sample()));
    }
    families.push_back(std::move(out));
  }
  for (const Source& source : sources) {
    for (prometheus::MetricFamily& family : source()) families.push_back(std::move(family));
  }
  return families;
}

RpcMetrics::Method::Method(RpcMetrics& owner, const std::string& method, const std::string& kind)
    : owner_(owner), method_(method), kind_(kind) {}

prometheus::Histogram& RpcMetrics::Method::MakeDuration() const {
  const bool by_kind = !kind_.empty();
  auto& family =
      prometheus::BuildHistogram()
          .Name(by_kind ? "staraction_http_duration_seconds" : "staraction_rpc_duration_seconds")
          .Help(by_kind ? "Time from a request's head to its reply."
                        : "Time from a call's arrival to its answer.")
          .Register(owner_.metrics_.registry());
  prometheus::Labels labels = {{"service", owner_.service_}};
  labels.emplace(by_kind ? "kind" : "method", by_kind ? kind_ : method_);
  return family.Add(labels, DurationBuckets());
}

void RpcMetrics::Method::Record(absl::StatusCode code, absl::Duration duration) {
  const auto index = static_cast<size_t>(code);
  if (index >= requests_.size()) return Record(absl::StatusCode::kUnknown, duration);
  // Two threads may both find nothing yet: Add gives both the same metric.
  prometheus::Counter* counter = requests_[index].load(std::memory_order_acquire);
  if (counter == nullptr) {
    counter = &owner_.requests_.Add({{"service", owner_.service_},
                                     {"method", method_},
                                     {"code", absl::StatusCodeToString(code)}});
    requests_[index].store(counter, std::memory_order_release);
  }
  prometheus::Histogram* histogram = duration_.load(std::memory_order_acquire);
  if (histogram == nullptr) {
    histogram = &MakeDuration();
    duration_.store(histogram, std::memory_order_release);
  }
  counter->Increment();
  histogram->Observe(absl::ToDoubleSeconds(duration));
}

RpcMetrics::RpcMetrics(Metrics& metrics)
    : metrics_(metrics),
      service_(metrics.service()),
      requests_(prometheus::BuildCounter()
                    .Name("staraction_rpc_requests_total")
                    .Help("Calls finished, by method and status code.")
                    .Register(metrics.registry())) {}

RpcMetrics::Method& RpcMetrics::ForMethod(const std::string& method, const std::string& kind) {
  const std::lock_guard<std::mutex> lock(mutex_);
  std::unique_ptr<Method>& entry = methods_[method];
  if (!entry) entry.reset(new Method(*this, method, kind));
  return *entry;
}

}  // namespace staraction
