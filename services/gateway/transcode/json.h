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

// JSON of an error's detail, without fields that have no value. INTERNAL if it holds an Any of a
// type that isn't linked in.
absl::StatusOr<std::string> PrintDetail(const google::protobuf::Message& message);

// Reads JSON that CheckJson let pass into the message. INVALID_ARGUMENT names the field, after
// `prefix`, if protobuf tells it, and never repeats the value.
absl::Status ParseCheckedJson(const std::string& text, const std::string& prefix,
                              google::protobuf::Message* message);

}  // namespace staraction::gateway

#endif  // STARACTION_SERVICES_GATEWAY_TRANSCODE_JSON_H_
