#include "common/obs/process_metrics.h"

#include <sys/resource.h>
#include <unistd.h>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>

#include "absl/time/time.h"
#include "common/base/clock.h"

namespace staraction {
namespace {

using prometheus::MetricFamily;
using prometheus::MetricType;

MetricFamily One(const char* name, const char* help, MetricType type, const std::string& service,
                 double value) {
  prometheus::ClientMetric metric;
  metric.label.push_back({"service", service});
  (type == MetricType::Counter ? metric.counter.value : metric.gauge.value) = value;
  return {name, help, type, {metric}};
}

// Fields of /proc/self/stat behind the program's name, which may hold blanks: the state is the
// first.
std::vector<std::string> StatFields() {
  std::ifstream file("/proc/self/stat");
  std::string line;
  std::getline(file, line);
  std::istringstream rest(line.substr(line.rfind(')') + 1));
  return {std::istream_iterator<std::string>(rest), std::istream_iterator<std::string>()};
}

// When the process began, in seconds since 1970. Computed once: a figure that trembles by the
// clock's grain would look like a restart.
double StartSeconds(double start_ticks) {
  static const double start = [start_ticks] {
    double uptime = 0;
    std::ifstream("/proc/uptime") >> uptime;
    const double age = uptime - start_ticks / static_cast<double>(sysconf(_SC_CLK_TCK));
    return absl::ToDoubleSeconds(RealClock()() - absl::UnixEpoch()) - age;
  }();
  return start;
}

}  // namespace

std::vector<MetricFamily> ProcessFamilies(const std::string& service) {
  std::vector<MetricFamily> families;
  const std::vector<std::string> stat = StatFields();
  constexpr size_t kUserTime = 11, kSystemTime = 12, kStartTime = 19, kResidentPages = 21;
  if (stat.size() > kResidentPages) {
    const auto ticks = static_cast<double>(sysconf(_SC_CLK_TCK));
    const auto page = static_cast<double>(sysconf(_SC_PAGESIZE));
    families.push_back(One("process_cpu_seconds_total", "CPU time used, user and system.",
                           MetricType::Counter, service,
                           (std::stod(stat[kUserTime]) + std::stod(stat[kSystemTime])) / ticks));
    families.push_back(One("process_resident_memory_bytes", "Memory in use.", MetricType::Gauge,
                           service, std::stod(stat[kResidentPages]) * page));
    families.push_back(One("process_start_time_seconds", "When the process began, since 1970.",
                           MetricType::Gauge, service, StartSeconds(std::stod(stat[kStartTime]))));
  }
  std::error_code error;
  const std::filesystem::directory_iterator files("/proc/self/fd", error);
  if (!error) {
    families.push_back(One("process_open_fds", "Open files and connections.", MetricType::Gauge,
                           service, static_cast<double>(std::distance(begin(files), end(files)))));
  }
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) == 0) {
    families.push_back(One("process_max_fds", "How many files may be open.", MetricType::Gauge,
                           service, static_cast<double>(limit.rlim_cur)));
  }
  return families;
}

}  // namespace staraction
