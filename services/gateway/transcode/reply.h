#ifndef STARACTION_SERVICES_GATEWAY_TRANSCODE_REPLY_H_
#define STARACTION_SERVICES_GATEWAY_TRANSCODE_REPLY_H_

#include <string>

#include "absl/status/statusor.h"
#include "google/rpc/status.pb.h"
#include "services/gateway/route/route.h"

namespace staraction::gateway {

struct ReplyBody {
  std::string content_type;
  std::string content;
  std::string etag{};  // of a resource that has one
};

// An RPC's response as the body of an HTTP reply: JSON, or the bytes of a google.api.HttpBody with
// their content type. INTERNAL if the bytes can't be read or printed.
absl::StatusOr<ReplyBody> RenderReply(const Route& route, const std::string& response);

struct ErrorBody {
  int http_status = 500;
  int retry_after_seconds = 0;  // 0: no such header
  std::string content;          // JSON
};

// AIP-193's envelope. `http_status` 0 takes the code's usual one. Never fails: a detail that can't
// be printed is left out.
ErrorBody RenderError(const google::rpc::Status& error, int http_status = 0);

// google.rpc's mapping, e.g. NOT_FOUND to 404.
int HttpStatusOf(int grpc_code);

}  // namespace staraction::gateway

#endif  // STARACTION_SERVICES_GATEWAY_TRANSCODE_REPLY_H_
