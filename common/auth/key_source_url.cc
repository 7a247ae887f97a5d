#include <algorithm>
#include <thread>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"
#include "common/auth/key_source.h"
#include "common/base/macros.h"
#include "common/client/http.h"

namespace staraction {
namespace {

constexpr size_t kMaxBytes = 256 * 1024;
constexpr int kHttpOk = 200;

class UrlSource : public KeySource {
 public:
  UrlSource(std::string url, UrlKeysOptions options, Clock clock)
      : url_(std::move(url)), options_(std::move(options)), clock_(std::move(clock)) {
    {
      // Before the thread runs, so that whoever comes first waits for its first fetch.
      absl::MutexLock lock(&mutex_);
      Begin(clock_());
    }
    thread_ = std::thread([this] { RefreshUntilStopped(); });
  }

  // Waits for a fetch under way, so at most options.fetch_time.
  ~UrlSource() override {
    {
      absl::MutexLock lock(&mutex_);
      stop_ = true;
    }
    thread_.join();
  }

  std::shared_ptr<const KeySet> Current() override {
    absl::MutexLock lock(&mutex_);
    return keys_;
  }

  // The thread fetches and callers wait a while; they return at once when the last try was too
  // recent: tokens with invented kids cannot make us flood the issuer.
  std::shared_ptr<const KeySet> LookAgain() override {
    absl::MutexLock lock(&mutex_);
    if (!fetching_) {
      const absl::Time now = clock_();
      if (now >= last_try_ && now < last_try_ + options_.min_interval) return keys_;
      Begin(now);
      wanted_ = true;
    }
    mutex_.AwaitWithTimeout(absl::Condition(this, &UrlSource::IsIdle),
                            std::min(options_.look_time, options_.fetch_time));
    return keys_;
  }

 private:
  bool IsIdle() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) { return !fetching_; }

  bool IsWoken() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) { return stop_ || wanted_; }

  void Begin(absl::Time now) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    fetching_ = true;
    last_try_ = now;
  }

  // Begins with the fetch that the constructor announced.
  void RefreshUntilStopped() {
    bool mine = true;
    while (true) {
      if (mine) Fetch();
      absl::MutexLock lock(&mutex_);
      const absl::Duration pause = keys_ == nullptr ? options_.min_interval : options_.refresh;
      mutex_.AwaitWithTimeout(absl::Condition(this, &UrlSource::IsWoken), pause);
      if (stop_) return;
      mine = std::exchange(wanted_, false) || !fetching_;
      if (!fetching_) Begin(clock_());
    }
  }

  absl::StatusOr<std::string> Download() const {
    HttpGetOptions get;
    get.time = options_.fetch_time;
    get.max_bytes = kMaxBytes;
    get.ca_file = options_.ca_file;
    SA_ASSIGN_OR_RETURN(HttpResponse response, HttpGet(url_, get));
    if (response.status == kHttpOk) return std::move(response.body);
    return absl::UnavailableError(absl::StrCat("HTTP status ", response.status));
  }

  // Without the lock, as it takes long; Begin() made this the only one.
  void Fetch() {
    absl::Status problem;
    std::shared_ptr<const KeySet> keys;
    auto text = Download();
    if (text.ok()) {
      auto parsed = KeySet::Parse(*text);
      problem = parsed.status();
      if (parsed.ok()) keys = std::make_shared<const KeySet>(*std::move(parsed));
    } else {
      problem = text.status();
    }
    // Told before whoever waits goes on.
    if (!problem.ok() && options_.on_problem) {
      options_.on_problem(
          absl::Status(problem.code(), absl::StrCat(url_, ": ", problem.message())));
    }
    {
      absl::MutexLock lock(&mutex_);
      fetching_ = false;
      // Equal text keeps the pointer, and with it what was verified by these keys.
      if (keys != nullptr && *text != text_) {
        keys_ = std::move(keys);
        text_ = *std::move(text);
      }
    }
  }

  const std::string url_;
  const UrlKeysOptions options_;
  const Clock clock_;
  absl::Mutex mutex_;
  bool stop_ ABSL_GUARDED_BY(mutex_) = false;
  bool fetching_ ABSL_GUARDED_BY(mutex_) = false;
  bool wanted_ ABSL_GUARDED_BY(mutex_) = false;  // a fetch that was begun waits for the thread
  absl::Time last_try_ ABSL_GUARDED_BY(mutex_) = absl::InfinitePast();
  std::shared_ptr<const KeySet> keys_ ABSL_GUARDED_BY(mutex_);
  std::string text_ ABSL_GUARDED_BY(mutex_);
  std::thread thread_;
};

}  // namespace

std::shared_ptr<KeySource> UrlKeys(const std::string& url, UrlKeysOptions options, Clock clock) {
  return std::make_shared<UrlSource>(url, std::move(options), std::move(clock));
}

}  // namespace staraction
