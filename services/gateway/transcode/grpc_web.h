#ifndef STARACTION_SERVICES_GATEWAY_TRANSCODE_GRPC_WEB_H_
#define STARACTION_SERVICES_GATEWAY_TRANSCODE_GRPC_WEB_H_

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"

namespace staraction::gateway {

// Which of gRPC's dialects a content type means.
struct GrpcFlavor {
  bool web = false;
  bool text = false;  // gRPC-Web in base64
  // Of replies.
  std::string content_type{};
};

// Nothing for what isn't gRPC. "application/grpc+json" and the like are gRPC, but refused: their
// content_type is empty.
std::optional<GrpcFlavor> GrpcFlavorOf(std::string_view content_type);

// The one message of a gRPC-Web request. INVALID_ARGUMENT if the base64 or the framing is broken or
// it isn't one message, UNIMPLEMENTED if it is compressed.
absl::StatusOr<std::string> ReadWebMessage(const GrpcFlavor& flavor, std::string_view body);

// Bytes of a reply as the flavor has them.
std::string ForWeb(const GrpcFlavor& flavor, std::string bytes);

// The last frame of a gRPC-Web reply.
std::string WebTrailers(const std::vector<std::pair<std::string, std::string>>& trailers);

}  // namespace staraction::gateway

#endif  // STARACTION_SERVICES_GATEWAY_TRANSCODE_GRPC_WEB_H_
