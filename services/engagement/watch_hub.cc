#include "services/engagement/watch_hub.h"

#include <algorithm>
#include <map>

#include "common/base/macros.h"
#include "common/obs/log.h"
#include "common/status/errors.h"

namespace staraction::engagement {
namespace {

constexpr absl::Duration kPoll = absl::Seconds(1);
constexpr absl::Duration kSignOfLife = absl::Seconds(20);

// A service's announcement may be ahead of what has been collected.
const pg::Statement kVersions("watch_versions", R"(
  with watched as (select * from unnest($1::uuid[], $2::uuid[]) as w(organization_id, client_id))
  select client_id, service, greatest(version, announced_version) as version
  from fact_sheet join watched using (organization_id, client_id) where service <> 'engagement'
  union all
  select client_id, 'engagement', version
  from fact_version join watched using (organization_id, client_id))",
                              pg::Statement::Role::kJobs);

}  // namespace

WatchHub::WatchHub(pg::Pool& jobs_pool, Clock clock, Metrics& metrics)
    : jobs_pool_(jobs_pool), clock_(std::move(clock)) {
  metrics.AddGauge("staraction_watchers", "Streams of WatchEngagement.", {}, [this] {
    const std::lock_guard<std::mutex> lock(mutex_);
    return static_cast<double>(watchers_.size());
  });
  thread_ = std::thread([this] { Loop(); });
}

absl::Status WatchHub::Add(const Call& call, domain::Versions seen, Stream stream) {
  const auto watcher = std::make_shared<Watcher>(
      Watcher{call.organization(), call.client(), call.Actor(), std::move(seen), std::move(stream),
              clock_(), absl::InfinitePast()});
  SA_ASSIGN_OR_RETURN(auto versions, ReadVersions({watcher}));
  const std::lock_guard<std::mutex> lock(mutex_);
  if (stopping_ || !HasRoomFor(*watcher)) {
    return TryAgain(absl::StatusCode::kResourceExhausted, error::v1::ERROR_REASON_OVERLOADED,
                    "too many watchers", "監視の数が上限に達しています", absl::Seconds(5));
  }
  const domain::Versions& now = versions[watcher->client];
  if (watcher->seen.empty()) watcher->seen = now;
  Tell(*watcher, now);
  watchers_.push_back(watcher);
  return absl::OkStatus();
}

bool WatchHub::HasRoomFor(const Watcher& watcher) const {
  size_t of_organization = 0, of_one = 0;
  for (const auto& other : watchers_) {
    if (other->organization != watcher.organization || other->stream->over()) continue;
    ++of_organization;
    if (other->actor == watcher.actor) ++of_one;
  }
  return watchers_.size() < kMaxWatchers && of_organization < kMaxOfOrganization &&
         of_one < kMaxOfOne;
}

absl::StatusOr<std::map<std::string, domain::Versions>> WatchHub::ReadVersions(
    const std::vector<std::shared_ptr<Watcher>>& watchers) {
  std::vector<std::string> organizations, clients;
  for (const auto& watcher : watchers) {
    organizations.push_back(watcher->organization);
    clients.push_back(watcher->client);
  }
  std::map<std::string, domain::Versions> versions;
  const Call call = SystemCall("engagement", "", "", clock_(), absl::Seconds(5));
  const auto read = jobs_pool_.Read(call, [&](pg::Transaction& tx) -> absl::StatusOr<bool> {
    SA_ASSIGN_OR_RETURN(const pg::Rows rows, tx.Exec(kVersions, {pg::ToArrayParam(organizations),
                                                                 pg::ToArrayParam(clients)}));
    for (const pg::Row row : rows) {
      versions[row.Text("client_id")][row.Text("service")] = row.Int("version");
    }
    return true;
  });
  if (!read.ok()) return read.status();
  return versions;
}

void WatchHub::Tell(Watcher& watcher, const domain::Versions& now) {
  v1::WatchEngagementResponse response;
  for (const std::string& service : domain::ChangedServices(watcher.seen, now)) {
    response.add_changed_services(service);
    watcher.seen[service] = now.at(service);
  }
  const absl::Time moment = clock_();
  if (response.changed_services().empty() && moment < watcher.told + kSignOfLife) return;
  watcher.told = moment;
  response.set_change_token(domain::FormatChangeToken(watcher.seen));
  watcher.stream->Write(std::move(response));
}

void WatchHub::Look() {
  std::vector<std::shared_ptr<Watcher>> watchers;
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    const absl::Time now = clock_();
    std::erase_if(watchers_, [now](const auto& watcher) {
      if (now > watcher->since + kLongestWatch) watcher->stream->End(grpc::Status::OK);
      return watcher->stream->over();
    });
    watchers = watchers_;
  }
  if (watchers.empty()) return;
  auto versions = ReadVersions(watchers);
  if (!versions.ok()) {
    Log(LogLevel::kWarning, "watched versions could not be read",
        {{"why", LogText(versions.status())}});
    return;
  }
  for (const auto& watcher : watchers) Tell(*watcher, (*versions)[watcher->client]);
}

void WatchHub::Loop() {
  constexpr int kSteps = 10;
  while (!stopping_) {
    Look();
    for (int i = 0; i < kSteps && !stopping_; ++i) {
      std::this_thread::sleep_for(absl::ToChronoMilliseconds(kPoll / kSteps));
    }
  }
}

void WatchHub::Stop() {
  stopping_ = true;
  if (thread_.joinable()) thread_.join();
  const std::lock_guard<std::mutex> lock(mutex_);
  for (const auto& watcher : watchers_) watcher->stream->End(grpc::Status::OK);
  watchers_.clear();
}

}  // namespace staraction::engagement
