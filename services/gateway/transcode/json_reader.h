#ifndef STARACTION_SERVICES_GATEWAY_TRANSCODE_JSON_CHECK_H_
#define STARACTION_SERVICES_GATEWAY_TRANSCODE_JSON_CHECK_H_

#include <google/protobuf/descriptor.h>

#include <string_view>

#include "absl/status/status.h"

namespace staraction::gateway {

// Objects and arrays in each other, the outermost included.
inline constexpr int kMaxJsonDepth = 32;

// Whether the text is one JSON object that fits the message: RFC 8259 to the letter, UTF-8, no
// member twice (also not under its two names, "pageSize" and "page_size"), every member a field of
// the message, every value of the field's kind. protobuf's own parser, which runs after this, is
// lenient in all of that, and its messages repeat what came.
//
// INVALID_ARGUMENT: MALFORMED_BODY with the place if it isn't JSON; INVALID_FIELDS with all fields
// that don't fit, named in the schema's spelling after `prefix` ("client." or empty). Values are
// never repeated.
absl::Status CheckJson(std::string_view text, const google::protobuf::Descriptor& message,
                       const std::string& prefix);

}  // namespace staraction::gateway

#endif  // STARACTION_SERVICES_GATEWAY_TRANSCODE_JSON_CHECK_H_
