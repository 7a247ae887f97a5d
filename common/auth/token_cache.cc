#include "common/auth/token_cache.h"

namespace staraction {

std::optional<Principal> TokenCache::Get(const std::string& digest, absl::Time now) {
  Entry entry;
  {
    absl::MutexLock lock(&mutex_);
    const auto found = index_.find(digest);
    if (found == index_.end()) return std::nullopt;
    entry = found->second->second;
    entries_.splice(entries_.begin(), entries_, found->second);
  }
  // Outside the lock: a source may look at its file here. A stale entry is replaced by the
  // caller's Put or pushed out.
  if (now >= entry.expires || entry.source->Current() != entry.keys) return std::nullopt;
  return std::move(entry.principal);
}

void TokenCache::Put(const std::string& digest, Entry entry) {
  if (capacity_ == 0) return;
  absl::MutexLock lock(&mutex_);
  if (const auto found = index_.find(digest); found != index_.end()) {
    entries_.erase(found->second);
    index_.erase(found);
  }
  if (index_.size() >= capacity_) {
    index_.erase(entries_.back().first);
    entries_.pop_back();
  }
  entries_.emplace_front(digest, std::move(entry));
  index_[digest] = entries_.begin();
}

size_t TokenCache::size() const {
  absl::MutexLock lock(&mutex_);
  return index_.size();
}

}  // namespace staraction
