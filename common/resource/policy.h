#ifndef STARACTION_COMMON_RESOURCE_POLICY_H_
#define STARACTION_COMMON_RESOURCE_POLICY_H_

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <set>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "staraction/common/v1/policy.pb.h"

// Who may call what, read from the schema's annotations. Everything here is thread safe.
namespace staraction {

using common::v1::MethodPolicy;
using common::v1::Permission;
using common::v1::Role;

// The method's policy; an empty one, which lets nobody in, if it has none.
const MethodPolicy& PolicyOf(const google::protobuf::MethodDescriptor& method);

// Whether the annotations of all methods make sense; FAILED_PRECONDITION lists every fault, so
// that a server refuses to start. Each method has a policy that is either public or names one
// permission; the scope is a string or repeated string field of the request; variables and body
// of google.api.http exist in the request.
absl::Status CheckService(const google::protobuf::ServiceDescriptor& service);

// Whether the role has the permission; nobody has one that does not exist.
bool Grants(Permission permission, Role role);
const std::set<Role>& RolesWith(Permission permission);

// The names at the policy's scope: which client or engagement the request is about. None without
// a scope; INVALID_ARGUMENT naming the field if a name is missing. Their form is not checked.
absl::StatusOr<std::vector<std::string>> ScopeNames(const MethodPolicy& policy,
                                                    const google::protobuf::Message& request);

// The request's `request_id`, or nothing if it has no such string field.
std::string RequestId(const google::protobuf::Message& request);

// Method of a gRPC path, e.g. "/staraction.fact.v1.FactService/CollectFacts", among the schemas
// that are linked in; null if there is none.
const google::protobuf::MethodDescriptor* MethodDescriptorOf(const std::string& path);

}  // namespace staraction

#endif  // STARACTION_COMMON_RESOURCE_POLICY_H_
