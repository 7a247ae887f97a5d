#ifndef STARACTION_COMMON_RESOURCE_ETAG_H_
#define STARACTION_COMMON_RESOURCE_ETAG_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/status/status.h"

namespace staraction {

// Etag of a row's version: opaque to callers, in double quotes (RFC 7232).
std::string Etag(int64_t version);

// Whether the etag that a caller sent is the resource's `present` one. OK without one;
// INVALID_ARGUMENT on "etag" for a text that is no etag of ours; else EtagMismatch(name).
absl::Status CheckEtag(const std::string& sent, const std::string& present,
                       const std::string& name);

// The version that an etag of ours stands for; nothing for other texts.
std::optional<int64_t> EtagVersion(const std::string& text);

}  // namespace staraction

#endif  // STARACTION_COMMON_RESOURCE_ETAG_H_
