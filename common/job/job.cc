#include "common/job/job.h"

#include <algorithm>
#include <chrono>
#include <vector>

#include "common/base/macros.h"
#include "common/obs/log.h"

namespace staraction {
namespace {

using pg::Statement;
using pg::ToParam;

constexpr absl::Duration kPoll = absl::Milliseconds(200);
constexpr absl::Duration kLease = absl::Seconds(60);
constexpr absl::Duration kMaxDelay = absl::Minutes(5);
// request_ids are promised for 24 hours.
constexpr absl::Duration kKeepRequests = absl::Hours(24 * 30);

const Statement kEnqueue("job_enqueue", R"(
  insert into job as j (organization_id, client_id, kind, key, due_time, create_time)
  values ($1, $2, $3, $4, $5, $6)
  on conflict on constraint job_pkey do update set generation = j.generation + 1)");

const Statement kClaim("job_claim", R"(
  update job set lease_time = $3, attempts = attempts + 1
  where (organization_id, client_id, kind, key) in (
    select organization_id, client_id, kind, key from job
    where kind = any ($1::text[]) and due_time <= $2 and (lease_time is null or lease_time <= $2)
    order by due_time for update skip locked limit $4)
  returning organization_id, client_id, kind, key, generation, attempts, due_time)",
                       Statement::Role::kJobs);

const Statement kDone("job_done", R"(
  delete from job
  where organization_id = $1 and client_id = $2 and kind = $3 and key = $4 and generation = $5)",
                      Statement::Role::kJobs);

// Failed, or asked again while it ran.
const Statement kAgain("job_again", R"(
  update job set lease_time = null, due_time = $5, attempts = $6
  where organization_id = $1 and client_id = $2 and kind = $3 and key = $4)",
                       Statement::Role::kJobs);

const Statement kPurgeRequests("job_purge_requests", "delete from request where create_time < $1",
                               Statement::Role::kJobs);

const Statement kWaiting("job_gauge_waiting",
                         "select kind, count(*) as value from job group by kind",
                         Statement::Role::kJobs);

const Statement kOverdue("job_gauge_overdue", R"(
  select kind, greatest(0, extract(epoch from $1::timestamptz - min(due_time))) as value
  from job group by kind)",
                         Statement::Role::kJobs);

// Claimed three times or more without an end: a job that succeeds is gone, one asked again begins
// at 0.
const Statement kFailing("job_gauge_failing", R"(
  select kind, count(*) filter (where attempts >= 3) as value from job group by kind)",
                         Statement::Role::kJobs);

}  // namespace

void AddJobGauges(DatabaseGauges& gauges) {
  gauges.Add({"staraction_jobs_waiting", "Jobs that are not done yet.", {"kind"}, &kWaiting});
  gauges.Add({"staraction_jobs_overdue_seconds",
              "How long the oldest due job has waited.",
              {"kind"},
              &kOverdue});
  gauges.Add({"staraction_jobs_failing",
              "Jobs that were tried three times or more.",
              {"kind"},
              &kFailing});
}

absl::Status EnqueueJob(pg::Transaction& tx, const std::string& kind, const std::string& key,
                        absl::Duration delay) {
  return tx
      .Exec(kEnqueue, {tx.organization(), tx.call().client(), kind, key, ToParam(tx.now() + delay),
                       ToParam(tx.now())})
      .status();
}

JobRunner::JobRunner(pg::Pool& pool, Clock clock, Metrics& metrics, const std::string& name,
                     int batch)
    : pool_(pool), clock_(std::move(clock)), metrics_(metrics), batch_(batch) {
  const prometheus::Labels labels =
      name.empty() ? prometheus::Labels{} : prometheus::Labels{{"runner", name}};
  metrics.AddGauge("staraction_job_lag_seconds", "How long the oldest due job has waited.", labels,
                   [this] { return lag_seconds_.load(); });
}

void JobRunner::Add(const std::string& kind, Handler handler) {
  handlers_[kind] = std::move(handler);
  auto& runs = prometheus::BuildCounter()
                   .Name("staraction_job_runs_total")
                   .Help("Jobs run, by kind and outcome (ok, failed).")
                   .Register(metrics_.registry());
  auto& durations = prometheus::BuildHistogram()
                        .Name("staraction_job_duration_seconds")
                        .Help("Time that a job ran.")
                        .Register(metrics_.registry());
  const prometheus::Labels labels = {{"service", metrics_.service()}, {"kind", kind}};
  const auto with_outcome = [&](const char* outcome) {
    prometheus::Labels all = labels;
    all.emplace("outcome", outcome);
    return &runs.Add(all);
  };
  kinds_[kind] = {with_outcome("ok"), with_outcome("failed"),
                  &durations.Add(labels, DurationBuckets())};
}

void JobRunner::Start() {
  if (handlers_.empty()) return;
  thread_ = std::thread([this] { Loop(); });
}

void JobRunner::Stop() {
  stopping_ = true;
  if (thread_.joinable()) thread_.join();
}

void JobRunner::Loop() {
  while (!stopping_) {
    const auto ran = RunDue();
    if (!ran.ok()) Log(LogLevel::kWarning, "jobs", {{"error", LogText(ran.status())}});
    if (!ran.ok() || *ran == 0) std::this_thread::sleep_for(absl::ToChronoMilliseconds(kPoll));
  }
}

absl::StatusOr<int> JobRunner::RunDue() {
  struct Claimed {
    Job job;
    int64_t generation;
    int64_t attempts;
  };
  std::vector<Claimed> claimed;
  std::vector<std::string> kinds;
  for (const auto& [kind, handler] : handlers_) kinds.push_back(kind);
  const absl::Time now = clock_();
  double lag = 0;
  SA_RETURN_IF_ERROR(pool_.Run(
      SystemCall(pool_.service(), "", "", now, absl::Seconds(10)),
      [&](pg::Transaction& tx) -> absl::Status {
        claimed.clear();
        SA_ASSIGN_OR_RETURN(const pg::Rows rows,
                            tx.Exec(kClaim, {pg::ToArrayParam(kinds), ToParam(now),
                                             ToParam(now + kLease), ToParam(int64_t{batch_})}));
        for (const pg::Row row : rows) {
          claimed.push_back({{row.Text("organization_id"), row.Text("client_id"), row.Text("kind"),
                              row.Text("key")},
                             row.Int("generation"),
                             row.Int("attempts")});
          lag = std::max(lag, absl::ToDoubleSeconds(now - row.Time("due_time")));
        }
        return absl::OkStatus();
      }));
  lag_seconds_ = lag;
  for (const Claimed& one : claimed) {
    SA_RETURN_IF_ERROR(RunOne(one.job, one.generation, one.attempts));
  }
  if (now >= next_purge_) Purge();
  return static_cast<int>(claimed.size());
}

absl::Status JobRunner::Handle(const Job& job) {
  const KindMetrics& metrics = kinds_.at(job.kind);
  const absl::Time begin = RealClock()();
  absl::Status status = handlers_.at(job.kind)(job);
  metrics.duration->Observe(absl::ToDoubleSeconds(RealClock()() - begin));
  (status.ok() ? metrics.done : metrics.failed)->Increment();
  return status;
}

absl::Status JobRunner::RunOne(const Job& job, int64_t generation, int64_t attempts) {
  const absl::Status status = Handle(job);
  if (!status.ok()) {
    Log(LogLevel::kWarning, "job failed", {{"kind", job.kind}, {"error", LogText(status)}});
  }
  const absl::Time now = clock_();
  return pool_.Run(
      SystemCall(pool_.service(), "", "", now, absl::Seconds(10)),
      [&](pg::Transaction& tx) -> absl::Status {
        const pg::Params key = {job.organization, job.client, job.kind, job.key};
        pg::Params params = key;
        if (status.ok()) {
          params.push_back(ToParam(generation));
          SA_ASSIGN_OR_RETURN(const pg::Rows rows, tx.Exec(kDone, params));
          if (rows.affected() == 1) return absl::OkStatus();
          params = key;
        }
        const absl::Duration delay =
            status.ok() ? absl::ZeroDuration()
                        : std::min(kMaxDelay, absl::Milliseconds(500) *
                                                  (int64_t{1} << std::min<int64_t>(attempts, 12)));
        params.push_back(ToParam(now + delay));
        params.push_back(ToParam(status.ok() ? int64_t{0} : attempts));
        return tx.Exec(kAgain, params).status();
      });
}

void JobRunner::Purge() {
  const absl::Time now = clock_();
  next_purge_ = now + absl::Hours(1);
  const absl::Status status = pool_.Run(
      SystemCall(pool_.service(), "", "", now, absl::Seconds(60)), [&](pg::Transaction& tx) {
        return tx.Exec(kPurgeRequests, {ToParam(now - kKeepRequests)}).status();
      });
  if (!status.ok()) Log(LogLevel::kWarning, "purge failed", {{"error", LogText(status)}});
}

}  // namespace staraction
