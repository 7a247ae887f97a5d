#ifndef STARACTION_SERVICES_GATEWAY_FRONT_RATE_LIMIT_H_
#define STARACTION_SERVICES_GATEWAY_FRONT_RATE_LIMIT_H_

#include <array>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"

namespace staraction::gateway {

// So many requests a second for each key on the average, and some at once (GCRA: a key's state is
// one time). Keys that are at rest are forgotten, so memory is bounded by the keys of the last
// seconds. Thread-safe.
class RateLimiter {
 public:
  // `per_second` 0: no limit. `burst` requests may come at once.
  RateLimiter(int per_second, int burst);

  // Zero if the request may go on, else how long to wait before the next; a refused one costs
  // nothing.
  absl::Duration Take(const std::string& key, absl::Time now);

  // How many keys are remembered.
  size_t size() const;

 private:
  struct Shard {
    mutable absl::Mutex mutex;
    // When all that the key has taken is paid for.
    absl::flat_hash_map<std::string, absl::Time> paid ABSL_GUARDED_BY(mutex);
    size_t sweep_at ABSL_GUARDED_BY(mutex) = 1024;
  };

  const absl::Duration interval_;  // between two requests; zero: no limit
  const absl::Duration slack_;     // how far ahead of the time a key may take
  std::array<Shard, 16> shards_;
};

}  // namespace staraction::gateway

#endif  // STARACTION_SERVICES_GATEWAY_FRONT_RATE_LIMIT_H_
