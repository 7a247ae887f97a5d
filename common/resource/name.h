#ifndef STARACTION_COMMON_RESOURCE_NAME_H_
#define STARACTION_COMMON_RESOURCE_NAME_H_

#include <google/protobuf/descriptor.h>

#include <string>
#include <vector>

#include "absl/status/statusor.h"

// Resource names (AIP-122): "clients/{client}/assets/{asset}" is a pattern, its variables are ids.
namespace staraction {

// Whether the text is made of segments of [A-Za-z0-9._~-] joined by slashes.
bool IsResourceName(const std::string& text);

// The ids of a name, one for each variable of the pattern, in its order. INVALID_ARGUMENT on
// `field` if the name does not follow the pattern.
absl::StatusOr<std::vector<std::string>> ParseName(const std::string& pattern,
                                                   const std::string& name,
                                                   const std::string& field = "name");

// The name with these ids. Aborts unless there is one for each variable.
std::string FormatName(const std::string& pattern, const std::vector<std::string>& ids);

// First pattern of the message's google.api.resource annotation; empty if it is no resource.
std::string ResourcePattern(const google::protobuf::Descriptor& message);

// The resource's own id: the last segment of its name.
std::string LastId(const std::string& name);

// "clients/{client}" of a name that lies there, else empty.
std::string ClientOf(const std::string& name);

// "engagements/{engagement}" of a name that lies there, else empty.
std::string EngagementOf(const std::string& name);

}  // namespace staraction

#endif  // STARACTION_COMMON_RESOURCE_NAME_H_
