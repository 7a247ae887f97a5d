#ifndef STARACTION_SERVICES_GATEWAY_TRANSCODE_FIELD_VALUE_H_
#define STARACTION_SERVICES_GATEWAY_TRANSCODE_FIELD_VALUE_H_

#include <google/protobuf/message.h>

#include <optional>
#include <string>

#include "services/gateway/route/field_path.h"

namespace staraction::gateway {

// Sets the field, or adds an element if it is repeated, to what the text says: numbers in decimal,
// "true" or "false", names of enum values, base64 (also the URL form) for bytes, time stamps,
// durations, masks and wrappers in their JSON form. False if the text is no such value or the field
// is of a kind without a text form; the message may then be half changed.
bool SetField(const google::protobuf::FieldDescriptor* field, std::string text,
              google::protobuf::Message* message);

// The same for the field at the path.
bool SetFieldFromText(const FieldPath& path, const std::string& text,
                      google::protobuf::Message* message);

// The value of a single string field, empty if not set.
std::string GetText(const FieldPath& path, const google::protobuf::Message& message);

// Whether the field holds something.
bool IsSet(const FieldPath& path, const google::protobuf::Message& message);

}  // namespace staraction::gateway

#endif  // STARACTION_SERVICES_GATEWAY_TRANSCODE_FIELD_VALUE_H_
