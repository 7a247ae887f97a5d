#ifndef STARACTION_COMMON_AUTH_TOKEN_CACHE_H_
#define STARACTION_COMMON_AUTH_TOKEN_CACHE_H_

#include <list>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "common/auth/key_source.h"
#include "common/auth/principal.h"

namespace staraction {

// Verified tokens, at most `capacity`; the one unused for longest makes room. Thread safe.
class TokenCache {
 public:
  struct Entry {
    Principal principal;
    absl::Time expires;  // The first instant at which the token is refused.
    // Where its key came from, and the keys then. An entry counts only while these are in force,
    // so a withdrawn key ends its tokens.
    std::shared_ptr<KeySource> source;
    std::shared_ptr<const KeySet> keys;
  };

  explicit TokenCache(size_t capacity) : capacity_(capacity) {}

  std::optional<Principal> Get(const std::string& digest, absl::Time now);
  void Put(const std::string& digest, Entry entry);
  size_t size() const;

 private:
  using List = std::list<std::pair<std::string, Entry>>;

  const size_t capacity_;
  mutable absl::Mutex mutex_;
  List entries_ ABSL_GUARDED_BY(mutex_);  // The most recently used first.
  std::unordered_map<std::string, List::iterator> index_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace staraction

#endif  // STARACTION_COMMON_AUTH_TOKEN_CACHE_H_
