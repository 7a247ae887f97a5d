#ifndef STARACTION_COMMON_CONFIG_PARSE_H_
#define STARACTION_COMMON_CONFIG_PARSE_H_

#include <string>

#include "absl/status/statusor.h"

namespace staraction {

// Whether the text is "host:port" or "[ipv6]:port" with a port from 0 to 65535.
bool IsAddress(const std::string& text);

// The whole content of a file of at most `max_bytes`. NOT_FOUND or INVALID_ARGUMENT with the path.
absl::StatusOr<std::string> ReadFileToString(const std::string& path, size_t max_bytes);

}  // namespace staraction

#endif  // STARACTION_COMMON_CONFIG_PARSE_H_
