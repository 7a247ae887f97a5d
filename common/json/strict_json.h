#ifndef STARACTION_COMMON_JSON_STRICT_JSON_H_
#define STARACTION_COMMON_JSON_STRICT_JSON_H_

#include <string_view>

#include <nlohmann/json.hpp>

#include "absl/status/statusor.h"

namespace staraction {

// One JSON object (RFC 8259) and nothing after it, in UTF-8 without a byte order mark. Refused with
// INVALID_ARGUMENT, beside bad syntax: a member that occurs twice in one object (readers disagree
// on which one counts), NUL in a name or string, nesting deeper than 8, more than `max_bytes`. The
// message names the fault and never quotes values.
absl::StatusOr<nlohmann::json> ParseStrictJsonObject(std::string_view text, size_t max_bytes);

}  // namespace staraction

#endif  // STARACTION_COMMON_JSON_STRICT_JSON_H_
