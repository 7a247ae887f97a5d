#ifndef STARACTION_SERVICES_GATEWAY_ROUTE_ROUTE_H_
#define STARACTION_SERVICES_GATEWAY_ROUTE_ROUTE_H_

#include <google/api/http.pb.h>
#include <google/protobuf/descriptor.h>

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "services/gateway/route/field_path.h"
#include "services/gateway/route/path_template.h"

namespace staraction::gateway {

// One HTTP binding of an RPC, with everything about it that can be known at start-up.
struct Route {
  const google::protobuf::MethodDescriptor* method = nullptr;
  std::string rpc_path;  // "/staraction.engagement.v1.EngagementService/GetClient"
  std::string backend;   // "engagement", from the package staraction.engagement.v1
  bool is_public = false;

  std::string http_method;  // "GET"
  std::string text;         // "/v1/{name=clients/*}", as written in the schema
  PathTemplate path;
  std::vector<FieldPath> bindings;  // where path.variables go, one by one

  enum class Body { kNone, kWholeRequest, kField };
  Body body = Body::kNone;
  const google::protobuf::FieldDescriptor* body_field = nullptr;      // with Body::kField
  const google::protobuf::FieldDescriptor* response_field = nullptr;  // only this one is the reply

  // Where the headers Idempotency-Key and If-Match go; empty if the request has no such field.
  FieldPath request_id;
  FieldPath etag;

  // The message that the HTTP body holds, or null without a body.
  const google::protobuf::Descriptor* body_message() const;
};

// All routes of a method: its rule and the additional bindings. Empty without a rule.
// INVALID_ARGUMENT, for start-up, if the rule has a fault.
absl::StatusOr<std::vector<Route>> RoutesOf(const google::protobuf::MethodDescriptor& method);

}  // namespace staraction::gateway

#endif  // STARACTION_SERVICES_GATEWAY_ROUTE_ROUTE_H_
