#ifndef STARACTION_COMMON_AUDIT_ANCHOR_H_
#define STARACTION_COMMON_AUDIT_ANCHOR_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/auth/jwk.h"
#include "common/auth/key_set.h"

namespace staraction::audit {

// The end of an organization's chain at some time.
struct Anchor {
  std::string service;
  std::string organization;
  int64_t sequence = 0;
  std::string hash;   // 32 bytes
  absl::Time time;    // seconds
  std::string kid{};  // whose signature it carries
  bool verified = false;
};

// An anchor as one line: a compact JWS of the service's internal key, whose `typ` no token has.
// Being signed it can be kept anywhere.
absl::StatusOr<std::string> SignAnchor(const Anchor& anchor, const Jwk& key);

// The anchor in a line that is one, or is a line of the log with one in "anchor". INVALID_ARGUMENT
// if it is malformed, or if `keys` are given and its signature is not its service's key's.
absl::StatusOr<Anchor> ParseAnchor(std::string_view line, const KeySet* keys);

// A line of the log about something else.
bool IsOtherLogLine(std::string_view line);

// Adds lines to `<directory>/<service>.<host>.anchors` in one write and waits until the disk has
// them. A line that a crash cut off stays alone on its line.
absl::Status AppendAnchors(const std::string& directory, const std::string& service,
                           const std::vector<std::string>& lines);

}  // namespace staraction::audit

#endif  // STARACTION_COMMON_AUDIT_ANCHOR_H_
