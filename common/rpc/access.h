#ifndef STARACTION_COMMON_RPC_ACCESS_H_
#define STARACTION_COMMON_RPC_ACCESS_H_

#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/call/call.h"
#include "staraction/common/v1/policy.pb.h"
#include "staraction/engagement/v1/access_service.pb.h"

namespace staraction {

// Asks who somebody is and what they may do: the engagement service in its own database, all
// others over AccessService. Thread safe.
class AccessResolver {
 public:
  virtual ~AccessResolver() = default;
  // For a user or participant. One resolution for each name, in their order.
  virtual absl::StatusOr<engagement::v1::ResolveResponse> Resolve(
      const Call& call, const std::vector<std::string>& names) = 0;
};

// Finds the engagements that a name outside clients/ and engagements/ is about, e.g. a joint
// session's. An unknown name has none.
using ScopeLookup = std::function<absl::StatusOr<std::vector<std::string>>(
    const Call& call, const std::string& name)>;

// What the caller may do in a call with this policy whose scope has these values. The answer to a
// foreign name equals the answer to a name that never existed: PERMISSION_DENIED, or NOT_FOUND for
// those who see the whole organization.
absl::StatusOr<Access> ResolveAccess(const Call& call, const common::v1::MethodPolicy& policy,
                                     const std::vector<std::string>& scope,
                                     const std::map<std::string, ScopeLookup>& lookups,
                                     AccessResolver& resolver);

// Remembers good answers of another resolver for some seconds; fails closed. Bounded.
class CachedAccess : public AccessResolver {
 public:
  CachedAccess(AccessResolver& source, absl::Duration keep) : source_(source), keep_(keep) {}
  absl::StatusOr<engagement::v1::ResolveResponse> Resolve(
      const Call& call, const std::vector<std::string>& names) override;

 private:
  struct Entry {
    engagement::v1::ResolveResponse response;
    absl::Time until;
  };
  AccessResolver& source_;
  const absl::Duration keep_;
  std::mutex mutex_;
  std::map<std::string, Entry> entries_;
};

}  // namespace staraction

#endif  // STARACTION_COMMON_RPC_ACCESS_H_
