#ifndef STARACTION_SERVICES_GATEWAY_FRONT_GATEWAY_ERRORS_H_
#define STARACTION_SERVICES_GATEWAY_FRONT_GATEWAY_ERRORS_H_

#include <cstddef>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "google/rpc/status.pb.h"
#include "services/gateway/http/message.h"

// The errors that the gateway makes itself, and the look of all error replies.
namespace staraction::gateway {

inline constexpr char kGatewayDomain[] = "gateway.staraction";

absl::Status NoSuchPath();
absl::Status NoSuchMethod();
// gRPC:
absl::Status NoSuchRpc();
absl::Status WrongGrpcContentType();
absl::Status GrpcNeedsHttp2();
absl::Status CompressedMessage();
absl::Status MalformedMessage(const std::string& what);

absl::Status TooLarge(size_t limit);
absl::Status WrongEncoding();
absl::Status WrongContentType();
absl::Status TwoCredentials();
absl::Status UnusableCredential();
absl::Status InternalCredential();
// More requests than a caller may send; they may come again after `wait`.
absl::Status TooMany(absl::Duration wait);

// For a call that ended without a word of the service.
absl::Status TransportError(const google::rpc::Status& error, const std::string& backend);

// The envelope with Retry-After and WWW-Authenticate. `http_status` 0: the code's own.
HttpReply ErrorReply(const google::rpc::Status& error, int http_status);

// Headers that keep browsers and caches from being clever with what we send.
void AddCommonHeaders(HttpReply* reply);

// Whether the HTTP method may stand in a log.
bool IsKnownMethod(std::string_view method);

}  // namespace staraction::gateway

#endif  // STARACTION_SERVICES_GATEWAY_FRONT_GATEWAY_ERRORS_H_
