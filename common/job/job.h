#ifndef STARACTION_COMMON_JOB_JOB_H_
#define STARACTION_COMMON_JOB_JOB_H_

#include <atomic>
#include <functional>
#include <map>
#include <string>
#include <thread>

#include "absl/status/status.h"
#include "common/base/clock.h"
#include "common/gauge/database_gauges.h"
#include "common/obs/metrics.h"
#include "common/pg/pool.h"

namespace staraction {

// A piece of work of one client, of which there is at most one per (kind, key) waiting.
struct Job {
  std::string organization;  // UUID
  std::string client;        // UUID
  std::string kind;
  std::string key;
};

// Asks for a job from inside a transaction: it exists if and only if that commits. One that waits
// already is only marked as asked again, and runs once more if it was running.
absl::Status EnqueueJob(pg::Transaction& tx, const std::string& kind, const std::string& key,
                        absl::Duration delay);

// What waits in the service's table of jobs, the outbox (kind "announce") included.
void AddJobGauges(DatabaseGauges& gauges);

// Runs the jobs of a service. Jobs are claimed by SKIP LOCKED under a lease, so replicas don't
// double them and a dead one's work is taken over; a failed one comes again with growing delays,
// at most 5 minutes. Handlers may run twice for the same job and must not mind.
class JobRunner {
 public:
  using Handler = std::function<absl::Status(const Job&)>;

  // `pool` logs in as the service's jobs role. `name` is the metrics' label `runner` ("" for the
  // service's main one). Jobs are claimed up to `batch` at a time: 1 where a job may take long.
  JobRunner(pg::Pool& pool, Clock clock, Metrics& metrics, const std::string& name = "",
            int batch = 20);
  ~JobRunner() { Stop(); }

  void Add(const std::string& kind, Handler handler);
  // Starts the thread that looks for due jobs every 200 ms, if there are handlers.
  void Start();
  // Waits for the job in hand.
  void Stop();
  // Claims and runs what is due now; how many ran. What the thread does, for tests.
  absl::StatusOr<int> RunDue();

 private:
  struct KindMetrics {
    prometheus::Counter* done;
    prometheus::Counter* failed;
    prometheus::Histogram* duration;
  };

  void Loop();
  absl::Status Handle(const Job& job);
  absl::Status RunOne(const Job& job, int64_t generation, int64_t attempts);
  void Purge();

  pg::Pool& pool_;
  const Clock clock_;
  Metrics& metrics_;
  const int batch_;
  std::map<std::string, Handler> handlers_;
  std::map<std::string, KindMetrics> kinds_;
  std::atomic<bool> stopping_{false};
  std::atomic<double> lag_seconds_{0};
  absl::Time next_purge_ = absl::InfinitePast();
  std::thread thread_;
};

}  // namespace staraction

#endif  // STARACTION_COMMON_JOB_JOB_H_
