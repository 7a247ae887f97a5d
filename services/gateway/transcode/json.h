#ifndef STARACTION_SERVICES_GATEWAY_TRANSCODE_JSON_H_
#define STARACTION_SERVICES_GATEWAY_TRANSCODE_JSON_H_

#include <google/protobuf/message.h>

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

// protobuf's JSON mapping with the choices of this gateway. Types are found among those linked in.
namespace staraction::gateway {

// The text as a JSON string, with its quotes. The text is UTF-8.
std::string QuoteJson(const std::string& text);

// JSON of a reply that came as bytes of `type`: lowerCamelCase, 64-bit numbers as strings, fields
// without a value printed with their default (messages that are not set aren't). INTERNAL if the
// bytes are no such message or hold an Any of a type that isn't linked in.
absl::StatusOr<std::string> PrintReply(const google::protobuf::Descriptor& type,
                                       const std::string& bytes);

// JSON of an error's detail: as above, but without fields that have no value.
absl::StatusOr<std::string> PrintDetail(const google::protobuf::Message& message);

// Reads JSON that CheckJson let pass into the message. INVALID_ARGUMENT names the field, after
// `prefix`, if protobuf tells it, and never repeats the value.
absl::Status ParseCheckedJson(const std::string& text, const std::string& prefix,
                              google::protobuf::Message* message);

}  // namespace staraction::gateway

#endif  // STARACTION_SERVICES_GATEWAY_TRANSCODE_JSON_H_
