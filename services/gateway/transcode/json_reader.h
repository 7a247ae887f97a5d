#ifndef STARACTION_SERVICES_GATEWAY_TRANSCODE_JSON_READER_H_
#define STARACTION_SERVICES_GATEWAY_TRANSCODE_JSON_READER_H_

#include <google/protobuf/message.h>

#include <string>
#include <string_view>

#include "absl/status/status.h"

namespace staraction::gateway {

// Objects and arrays in each other, the outermost included.
inline constexpr int kMaxJsonDepth = 32;

// Reads one JSON object into an empty message, by protobuf's mapping but stricter than protobuf's
// own parser: RFC 8259 to the letter, UTF-8, no member twice (also not under its two names,
// "pageSize" and "page_size"), every member a field of the message, every value of the field's
// kind and range, one field of a oneof, finite numbers, at most kMaxValues members and elements.
// Fields that are null stay unset. google.protobuf.Struct, Any and the like are protobuf's to read.
//
// INVALID_ARGUMENT, and the message may be half filled: MALFORMED_BODY with the place if it isn't
// JSON; INVALID_FIELDS with all fields that don't fit, named in the schema's spelling after
// `prefix` ("client." or empty). Values are never repeated.
absl::Status ReadJson(std::string_view text, const std::string& prefix,
                      google::protobuf::Message* message);

}  // namespace staraction::gateway

#endif  // STARACTION_SERVICES_GATEWAY_TRANSCODE_JSON_READER_H_
