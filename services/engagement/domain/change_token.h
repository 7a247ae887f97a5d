#ifndef STARACTION_SERVICES_ENGAGEMENT_DOMAIN_CHANGE_TOKEN_H_
#define STARACTION_SERVICES_ENGAGEMENT_DOMAIN_CHANGE_TOKEN_H_

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "absl/status/statusor.h"

namespace staraction::engagement::domain {

// How often each service has changed a client's data, by the service's short name.
using Versions = std::map<std::string, int64_t>;

// "engagement.12-training.3".
std::string FormatChangeToken(const Versions& versions);

// INVALID_ARGUMENT on `change_token` for what we didn't make.
absl::StatusOr<Versions> ParseChangeToken(const std::string& token);

// Services whose version rose.
std::vector<std::string> ChangedServices(const Versions& seen, const Versions& now);

}  // namespace staraction::engagement::domain

#endif  // STARACTION_SERVICES_ENGAGEMENT_DOMAIN_CHANGE_TOKEN_H_
