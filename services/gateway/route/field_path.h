#ifndef STARACTION_SERVICES_GATEWAY_ROUTE_FIELD_PATH_H_
#define STARACTION_SERVICES_GATEWAY_ROUTE_FIELD_PATH_H_

#include <google/protobuf/descriptor.h>

#include <string>
#include <vector>

namespace staraction::gateway {

// The fields from a message down to one of its descendants; all but the last are single messages.
using FieldPath = std::vector<const google::protobuf::FieldDescriptor*>;

// The field of a message by its name in the schema or in JSON ("page_size", "pageSize"), or null.
const google::protobuf::FieldDescriptor* FindField(const google::protobuf::Descriptor& message,
                                                   const std::string& name);

// Resolves "client.display_name" (or "client.displayName"). Empty if there is no such field.
FieldPath ResolveFieldPath(const google::protobuf::Descriptor& message, const std::string& text);

// A name that a client made up, if nobody can be meant by it: letters, digits, '_' and '.', as
// names of fields are, and no long numbers. Else "(unknown)".
std::string ShownName(const std::string& name);

// In the schema's spelling, as errors name fields: "client.display_name".
std::string FieldPathName(const FieldPath& path);

}  // namespace staraction::gateway

#endif  // STARACTION_SERVICES_GATEWAY_ROUTE_FIELD_PATH_H_
