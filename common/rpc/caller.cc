#include "common/rpc/caller.h"

#include <grpc/grpc_security_constants.h>

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "common/identity/programs.h"
#include "common/identity/tls.h"
#include "common/status/errors.h"
#include "google/api/annotations.pb.h"

namespace staraction {
namespace {

// gRPC fills this property only if the certificate has exactly one URI.
std::string ProgramAt(const grpc::AuthContext& connection) {
  const auto values = connection.FindPropertyValues(GRPC_PEER_SPIFFE_ID_PROPERTY_NAME);
  if (!connection.IsPeerAuthenticated() || values.size() != 1) return "";
  return ProgramOf(std::string(values[0].data(), values[0].size()));
}

bool MayCall(const std::string& program, const std::vector<std::string>& services, bool routed,
             bool for_operators) {
  if (program == kGateway) return routed;
  if (program == kOperator) return routed || for_operators;
  return !for_operators && std::count(services.begin(), services.end(), program) > 0;
}

}  // namespace

bool HasRoute(const google::protobuf::MethodDescriptor& method) {
  return method.options().HasExtension(google::api::http);
}

absl::Status CheckCaller(const grpc::AuthContext& connection,
                         const std::vector<std::string>& services,
                         const google::protobuf::MethodDescriptor& method,
                         common::v1::Permission permission) {
  const std::string program = ProgramAt(connection);
  if (program.empty()) {
    return MakeError(absl::StatusCode::kUnauthenticated, error::v1::ERROR_REASON_CREDENTIAL_INVALID,
                     "the connection's certificate names no program of this installation",
                     "接続の証明書がこのシステムのプログラムのものではありません");
  }
  if (MayCall(program, services, HasRoute(method), permission == common::v1::PERMISSION_OPERATE)) {
    return absl::OkStatus();
  }
  return MakeError(absl::StatusCode::kPermissionDenied, error::v1::ERROR_REASON_PERMISSION_DENIED,
                   absl::StrCat("the program ", program, " may not call this method"),
                   absl::StrCat("プログラム", program, "はこのメソッドを呼び出せません"),
                   {{"program", program}});
}

}  // namespace staraction
