#include "common/rpc/access.h"

#include <algorithm>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/base/macros.h"
#include "common/resource/name.h"
#include "common/resource/policy.h"
#include "common/status/errors.h"

namespace staraction {
namespace {

using common::v1::Role;

constexpr size_t kMaxEntries = 20'000;

absl::Status Denied() {
  return MakeError(absl::StatusCode::kPermissionDenied, error::v1::ERROR_REASON_PERMISSION_DENIED,
                   "the caller may not do this here", "この操作を行う権限がありません");
}

template <typename Roles>
bool AnyGrants(common::v1::Permission permission, const Roles& roles) {
  return std::any_of(roles.begin(), roles.end(), [permission](int role) {
    return Grants(permission, static_cast<Role>(role));
  });
}

// Services and the operator carry their reach in their token.
absl::StatusOr<Access> OfInternal(const Call& call, const common::v1::MethodPolicy& policy,
                                  const std::vector<std::string>& scope) {
  Access access;
  const bool service = call.principal.kind == Principal::Kind::kService;
  access.roles = {service ? common::v1::ROLE_SERVICE : common::v1::ROLE_OPERATOR};
  if (!AnyGrants(policy.permission(), access.roles)) return Denied();
  if (!call.principal.client.empty()) access.clients = {call.principal.client};
  for (const std::string& name : scope) {
    if (ClientOf(name) != "clients/" + call.principal.client) return Denied();
  }
  return access;
}

// Replaces names that lie under neither clients/ nor engagements/ by the engagements they mean.
absl::StatusOr<std::vector<std::string>> Expand(const Call& call,
                                                const std::vector<std::string>& scope,
                                                const std::map<std::string, ScopeLookup>& lookups) {
  std::vector<std::string> names;
  for (const std::string& name : scope) {
    const auto lookup = lookups.find(name.substr(0, name.find('/')));
    if (lookup == lookups.end()) {
      names.push_back(name);
      continue;
    }
    SA_ASSIGN_OR_RETURN(std::vector<std::string> found, lookup->second(call, name));
    if (found.empty()) return NotFound(name);
    names.insert(names.end(), found.begin(), found.end());
  }
  return names;
}

void AddUnique(std::vector<std::string>& list, const std::string& item) {
  if (!item.empty() && std::find(list.begin(), list.end(), item) == list.end())
    list.push_back(item);
}

}  // namespace

absl::StatusOr<Access> ResolveAccess(const Call& call, const common::v1::MethodPolicy& policy,
                                     const std::vector<std::string>& scope,
                                     const std::map<std::string, ScopeLookup>& lookups,
                                     AccessResolver& resolver) {
  if (call.principal.kind == Principal::Kind::kService ||
      call.principal.kind == Principal::Kind::kOperator) {
    return OfInternal(call, policy, scope);
  }
  auto names = Expand(call, scope, lookups);
  SA_ASSIGN_OR_RETURN(const engagement::v1::ResolveResponse response,
                      resolver.Resolve(call, names.ok() ? *names : std::vector<std::string>()));
  Access access;
  access.user_id = response.user_id();
  if (scope.empty()) {
    for (const int role : response.roles()) access.roles.push_back(static_cast<Role>(role));
    if (!AnyGrants(policy.permission(), response.roles())) return Denied();
    if (policy.permission() == common::v1::PERMISSION_READ_PORTFOLIO) {
      const bool all = access.Has(common::v1::ROLE_ADMIN) || access.Has(common::v1::ROLE_REPORTING);
      access.portfolio = all ? "all" : access.user_id;
    }
    return access;
  }
  if (!names.ok()) {
    const bool sees_all =
        std::count(response.roles().begin(), response.roles().end(), common::v1::ROLE_ADMIN) > 0 &&
        Grants(policy.permission(), common::v1::ROLE_ADMIN);
    return sees_all || !absl::IsNotFound(names.status()) ? names.status() : Denied();
  }
  for (int i = 0; i < response.resolutions_size(); ++i) {
    const auto& resolution = response.resolutions(i);
    if (!AnyGrants(policy.permission(), resolution.roles())) return Denied();
    if (resolution.absent()) return NotFound((*names)[static_cast<size_t>(i)]);
    if (resolution.client().empty()) return Denied();
    AddUnique(access.clients, resolution.client().substr(sizeof("clients/") - 1));
    AddUnique(access.engagements, resolution.engagement());
    for (const int role : resolution.roles()) access.roles.push_back(static_cast<Role>(role));
  }
  return access;
}

absl::StatusOr<engagement::v1::ResolveResponse> CachedAccess::Resolve(
    const Call& call, const std::vector<std::string>& names) {
  const std::string key = absl::StrCat(call.token, "|", absl::StrJoin(names, "|"));
  {
    std::lock_guard<std::mutex> lock(mutex_);
    const auto found = entries_.find(key);
    if (found != entries_.end() && found->second.until > call.now) return found->second.response;
  }
  SA_ASSIGN_OR_RETURN(engagement::v1::ResolveResponse response, source_.Resolve(call, names));
  // What is refused now may be allowed in a moment (an invitation accepted, a new assignment), and
  // is asked again.
  if (response.roles().empty()) return response;
  for (const auto& resolution : response.resolutions()) {
    if (resolution.client().empty()) return response;
  }
  std::lock_guard<std::mutex> lock(mutex_);
  if (entries_.size() >= kMaxEntries) entries_.clear();
  entries_[key] = {response, call.now + keep_};
  return response;
}

}  // namespace staraction
