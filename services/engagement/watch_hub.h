#ifndef STARACTION_SERVICES_ENGAGEMENT_WATCH_HUB_H_
#define STARACTION_SERVICES_ENGAGEMENT_WATCH_HUB_H_

#include <atomic>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "common/base/clock.h"
#include "common/obs/metrics.h"
#include "common/pg/pool.h"
#include "common/rpc/response_stream.h"
#include "services/engagement/domain/change_token.h"
#include "staraction/engagement/v1/watch_service.pb.h"

namespace staraction::engagement {

// All streams of watchers of this process. One statement a second asks for the changes of all
// clients that are watched, however many watch. Thread safe.
class WatchHub {
 public:
  using Stream = std::shared_ptr<ResponseStream<v1::WatchEngagementResponse>>;

  static constexpr size_t kMaxWatchers = 2000;
  static constexpr size_t kMaxOfOrganization = 500;
  static constexpr size_t kMaxOfOne = 20;
  // Who watches is asked for again after this time, since accesses end and tokens expire.
  static constexpr absl::Duration kLongestWatch = absl::Minutes(5);

  // `jobs_pool` sees all clients' versions.
  WatchHub(pg::Pool& jobs_pool, Clock clock, Metrics& metrics);
  ~WatchHub() { Stop(); }

  // Tells the stream of all changes of the call's client since `seen`, until it ends.
  // RESOURCE_EXHAUSTED if there are too many watchers, in all, of the organization, or of the
  // caller.
  absl::Status Add(const Call& call, domain::Versions seen, Stream stream);

  // Ends all streams, with OK: their readers watch again elsewhere.
  void Stop();

 private:
  struct Watcher {
    std::string organization, client, actor;
    domain::Versions seen;
    Stream stream;
    absl::Time since, told;
  };

  bool HasRoomFor(const Watcher& watcher) const;
  void Loop();
  void Look();
  absl::StatusOr<std::map<std::string, domain::Versions>> ReadVersions(
      const std::vector<std::shared_ptr<Watcher>>& watchers);
  void Tell(Watcher& watcher, const domain::Versions& now);

  pg::Pool& jobs_pool_;
  const Clock clock_;
  std::mutex mutex_;
  std::vector<std::shared_ptr<Watcher>> watchers_;
  std::atomic<bool> stopping_{false};
  std::thread thread_;
};

}  // namespace staraction::engagement

#endif  // STARACTION_SERVICES_ENGAGEMENT_WATCH_HUB_H_
