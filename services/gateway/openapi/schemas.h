#ifndef STARACTION_SERVICES_GATEWAY_OPENAPI_SCHEMAS_H_
#define STARACTION_SERVICES_GATEWAY_OPENAPI_SCHEMAS_H_

#include <google/protobuf/descriptor.h>

#include <set>
#include <string>

#include <nlohmann/json.hpp>

#include "services/gateway/openapi/comments.h"

namespace staraction::gateway {

using Json = nlohmann::ordered_json;

// Messages as JSON Schemas (2020-12, as OpenAPI 3.1 has them), as the gateway reads and writes
// them: names in camel case, 64-bit numbers as strings, limits and what is required from the
// schema's annotations. Every message that is referred to becomes a component.
class Schemas {
 public:
  explicit Schemas(Comments& comments) : comments_(comments) {}

  // {"$ref": "#/components/schemas/engagement.v1.Client"}, or the schema itself of a well-known
  // type.
  Json Refer(const google::protobuf::Descriptor& message);
  // The message without these fields: what a body holds when the path says them.
  Json Without(const google::protobuf::Descriptor& message,
               const std::set<const google::protobuf::FieldDescriptor*>& fields);
  // Of a field's value, with its limits, without its comment.
  Json Value(const google::protobuf::FieldDescriptor& field);
  // The comment, with the meaning of each value of an enum.
  std::string Describe(const google::protobuf::FieldDescriptor& field);

  // All components so far, by name.
  Json Take() { return std::move(components_); }

 private:
  Json Object(const google::protobuf::Descriptor& message,
              const std::set<const google::protobuf::FieldDescriptor*>& without);
  Json Scalar(const google::protobuf::FieldDescriptor& field);
  Json Property(const google::protobuf::FieldDescriptor& field);

  Comments& comments_;
  Json components_ = Json::object();
};

// Whether the field has this behaviour (google.api.field_behavior), e.g. REQUIRED.
bool Behaves(const google::protobuf::FieldDescriptor& field, int behavior);

}  // namespace staraction::gateway

#endif  // STARACTION_SERVICES_GATEWAY_OPENAPI_SCHEMAS_H_
