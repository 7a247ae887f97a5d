#ifndef STARACTION_COMMON_OBS_PROCESS_METRICS_H_
#define STARACTION_COMMON_OBS_PROCESS_METRICS_H_

#include <prometheus/metric_family.h>

#include <string>
#include <vector>

namespace staraction {

// What Prometheus clients say of their process, under the names that all of them use:
// process_cpu_seconds_total, process_resident_memory_bytes, process_open_fds, process_max_fds and
// process_start_time_seconds, each with the label `service`. Read from /proc; what can't be read is
// left out.
std::vector<prometheus::MetricFamily> ProcessFamilies(const std::string& service);

}  // namespace staraction

#endif  // STARACTION_COMMON_OBS_PROCESS_METRICS_H_
