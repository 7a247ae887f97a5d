#include <sys/stat.h>

#include <optional>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"
#include "common/auth/key_source.h"
#include "common/base/macros.h"
#include "common/config/parse.h"

// Sources that need no network.
namespace staraction {
namespace {

constexpr size_t kMaxFileBytes = 256 * 1024;
constexpr absl::Duration kLookInterval = absl::Seconds(1);

class StaticSource : public KeySource {
 public:
  explicit StaticSource(KeySet keys) : keys_(std::make_shared<const KeySet>(std::move(keys))) {}
  std::shared_ptr<const KeySet> Current() override { return keys_; }

 private:
  const std::shared_ptr<const KeySet> keys_;
};

// What differs when the file is another one or has other content.
struct Stamp {
  time_t seconds = 0;
  long nanos = 0;
  off_t size = 0;
  ino_t inode = 0;

  friend bool operator==(const Stamp&, const Stamp&) = default;
};

// A missing file has a stamp of its own.
Stamp StampOf(const std::string& path) {
  struct stat info {};
  if (stat(path.c_str(), &info) != 0) return {};
  return {info.st_mtim.tv_sec, info.st_mtim.tv_nsec, info.st_size, info.st_ino};
}

absl::StatusOr<KeySet> ReadKeys(const std::string& path) {
  SA_ASSIGN_OR_RETURN(const std::string text, ReadFileToString(path, kMaxFileBytes));
  auto keys = KeySet::Parse(text);
  if (keys.ok()) return keys;
  return absl::InvalidArgumentError(absl::StrCat(path, ": ", keys.status().message()));
}

class FileSource : public KeySource {
 public:
  FileSource(std::string path, Clock clock, KeyProblemObserver on_problem)
      : path_(std::move(path)), clock_(std::move(clock)), on_problem_(std::move(on_problem)) {}

  // The first reading, whose failure is the caller's.
  absl::Status Start() {
    absl::MutexLock lock(&mutex_);
    return Look(clock_());
  }

  std::shared_ptr<const KeySet> Current() override {
    absl::MutexLock lock(&mutex_);
    const absl::Time now = clock_();
    // A clock that was set back must not stop the looking.
    if (now >= last_look_ + kLookInterval || now < last_look_) LookAndReport(now);
    return keys_;
  }

  // A look costs microseconds, so it needs no rate limit.
  std::shared_ptr<const KeySet> LookAgain() override {
    absl::MutexLock lock(&mutex_);
    LookAndReport(clock_());
    return keys_;
  }

 private:
  void LookAndReport(absl::Time now) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    const absl::Status status = Look(now);
    if (!status.ok() && on_problem_) on_problem_(status);
  }

  // The stamp is taken before the content: a file still being written gets another one later.
  absl::Status Look(absl::Time now) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    last_look_ = now;
    const Stamp stamp = StampOf(path_);
    if (stamp_ == stamp) return absl::OkStatus();
    stamp_ = stamp;
    SA_ASSIGN_OR_RETURN(KeySet keys, ReadKeys(path_));
    keys_ = std::make_shared<const KeySet>(std::move(keys));
    return absl::OkStatus();
  }

  const std::string path_;
  const Clock clock_;
  const KeyProblemObserver on_problem_;
  absl::Mutex mutex_;
  absl::Time last_look_ ABSL_GUARDED_BY(mutex_);
  std::optional<Stamp> stamp_ ABSL_GUARDED_BY(mutex_);
  std::shared_ptr<const KeySet> keys_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace

absl::StatusOr<std::shared_ptr<KeySource>> StaticKeys(std::string_view jwks) {
  SA_ASSIGN_OR_RETURN(KeySet keys, KeySet::Parse(jwks));
  return std::make_shared<StaticSource>(std::move(keys));
}

absl::StatusOr<std::shared_ptr<KeySource>> FileKeys(const std::string& path, Clock clock,
                                                    KeyProblemObserver on_problem) {
  auto source = std::make_shared<FileSource>(path, std::move(clock), std::move(on_problem));
  SA_RETURN_IF_ERROR(source->Start());
  return source;
}

}  // namespace staraction
