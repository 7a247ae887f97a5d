#include "services/gateway/front/rate_limit.h"

#include <algorithm>

#include "absl/hash/hash.h"

namespace staraction::gateway {

RateLimiter::RateLimiter(int per_second, int burst)
    : interval_(per_second > 0 ? absl::Seconds(1) / per_second : absl::ZeroDuration()),
      slack_(interval_ * std::max(burst - 1, 0)) {}

absl::Duration RateLimiter::Take(const std::string& key, absl::Time now) {
  if (interval_ == absl::ZeroDuration()) return absl::ZeroDuration();
  Shard& shard = shards_[absl::HashOf(key) % shards_.size()];
  const absl::MutexLock lock(&shard.mutex);
  if (shard.paid.size() >= shard.sweep_at) {
    absl::erase_if(shard.paid, [now](const auto& entry) { return entry.second <= now; });
    shard.sweep_at = std::max<size_t>(1024, shard.paid.size() * 2);
  }
  absl::Time& paid = shard.paid.try_emplace(key, now).first->second;
  const absl::Time from = std::max(paid, now);
  if (from - now > slack_) return from - now - slack_;
  paid = from + interval_;
  return absl::ZeroDuration();
}

size_t RateLimiter::size() const {
  size_t keys = 0;
  for (const Shard& shard : shards_) {
    const absl::MutexLock lock(&shard.mutex);
    keys += shard.paid.size();
  }
  return keys;
}

}  // namespace staraction::gateway
