#ifndef STARACTION_COMMON_RPC_CALLER_H_
#define STARACTION_COMMON_RPC_CALLER_H_

#include <grpcpp/security/auth_context.h>

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "google/protobuf/descriptor.h"
#include "staraction/common/v1/policy.pb.h"

namespace staraction {

// Whether the program at the other end of an encrypted connection may call a method:
//   the gateway     methods with a route
//   the operator    methods with a route, and those for operators (PERMISSION_OPERATE)
//   `services`      all but those for operators
// Everybody else is refused: UNAUTHENTICATED if the certificate names no program of ours, else
// PERMISSION_DENIED. Which user or client the call is for is the token's business, not this one's.
absl::Status CheckCaller(const grpc::AuthContext& connection,
                         const std::vector<std::string>& services,
                         const google::protobuf::MethodDescriptor& method,
                         common::v1::Permission permission);

// Whether the method is served to users through the gateway.
bool HasRoute(const google::protobuf::MethodDescriptor& method);

}  // namespace staraction

#endif  // STARACTION_COMMON_RPC_CALLER_H_
