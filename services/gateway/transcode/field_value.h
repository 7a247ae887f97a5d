#ifndef STARACTION_SERVICES_GATEWAY_TRANSCODE_FIELD_VALUE_H_
#define STARACTION_SERVICES_GATEWAY_TRANSCODE_FIELD_VALUE_H_

#include <google/protobuf/message.h>

#include <optional>
#include <string>

#include "common/status/errors.h"
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

// Whether there is a text for it at all.
bool HasTextForm(const google::protobuf::FieldDescriptor& field);

// For a text that SetField refuses: says what such a text looks like, and nothing of the text.
Violation Misfit(const std::string& path, const google::protobuf::FieldDescriptor& field);

// Of google.protobuf: messages that hold one scalar, and those that JSON writes as a string.
bool IsWrapper(const google::protobuf::Descriptor& type);
bool IsWrittenAsText(const google::protobuf::Descriptor& type);

// The message in the field, or a new element if it is repeated.
google::protobuf::Message* MutableValue(const google::protobuf::FieldDescriptor* field,
                                        google::protobuf::Message* message);

// The value of a single string field, empty if not set.
std::string GetText(const FieldPath& path, const google::protobuf::Message& message);

// Whether the field holds something.
bool IsSet(const FieldPath& path, const google::protobuf::Message& message);

}  // namespace staraction::gateway

#endif  // STARACTION_SERVICES_GATEWAY_TRANSCODE_FIELD_VALUE_H_
