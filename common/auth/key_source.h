#ifndef STARACTION_COMMON_AUTH_KEY_SOURCE_H_
#define STARACTION_COMMON_AUTH_KEY_SOURCE_H_

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/auth/key_set.h"
#include "common/base/clock.h"

namespace staraction {

// Keys that may change while the process runs. Thread safe.
class KeySource {
 public:
  virtual ~KeySource() = default;

  // The keys in force; null as long as none could ever be had. The same pointer as before means
  // the same keys.
  virtual std::shared_ptr<const KeySet> Current() = 0;

  // Asked when Current() lacks a kid: looks for newer keys if it is time, else returns Current().
  virtual std::shared_ptr<const KeySet> LookAgain() { return Current(); }
};

// Keys that never change.
absl::StatusOr<std::shared_ptr<KeySource>> StaticKeys(std::string_view jwks);

// Told when new keys could not be had and the last good ones stay. For the log; no secrets.
// Must not call the source.
using KeyProblemObserver = std::function<void(const absl::Status&)>;

// Keys of a JWKS file. Looks at the file at most once a second, on use, and reads it again when
// its time, size or inode has changed (replaced links, as Kubernetes does it, too). Fails if the
// file is not usable at the start; later the last good keys stay.
absl::StatusOr<std::shared_ptr<KeySource>> FileKeys(const std::string& path, Clock clock,
                                                    KeyProblemObserver on_problem = {});

struct UrlKeysOptions {
  // How often the keys are fetched, by a thread of the source.
  absl::Duration refresh = absl::Minutes(5);
  // An unknown kid makes the source fetch at once, but not sooner than this after the last try,
  // and so do later tries as long as there are no keys at all.
  absl::Duration min_interval = absl::Seconds(10);
  // Limit of one fetch.
  absl::Duration fetch_time = absl::Seconds(3);
  // How long a verification waits for one; an event loop waits for nobody longer.
  absl::Duration look_time = absl::Seconds(3);
  // PEM file of the authorities to trust instead of the system's; may be empty.
  std::string ca_file{};
  KeyProblemObserver on_problem{};
};

// Keys at an http or https address. Returns at once: readiness does not wait for the issuer, and
// while no keys have come every token of that issuer is refused as UNAVAILABLE.
std::shared_ptr<KeySource> UrlKeys(const std::string& url, UrlKeysOptions options, Clock clock);

}  // namespace staraction

#endif  // STARACTION_COMMON_AUTH_KEY_SOURCE_H_
