#ifndef STARACTION_TOOLS_STARACTL_KEYS_H_
#define STARACTION_TOOLS_STARACTL_KEYS_H_

#include <string>

#include "absl/status/status.h"

namespace staraction::ctl {

// Makes the keys of a development installation in `dir`, all files readable by their owner only:
//
//   users.jwk, jwks.json                    the local issuer of users' tokens
//   internal/<name>.jwk, internal_jwks.json  each service and the operator
//
// Keys that exist stay; public sets are written anew from them. Safe to repeat.
absl::Status InitKeys(const std::string& dir);

std::string UserKeyFile(const std::string& dir);
std::string InternalKeyFile(const std::string& dir, const std::string& name);

}  // namespace staraction::ctl

#endif  // STARACTION_TOOLS_STARACTL_KEYS_H_
