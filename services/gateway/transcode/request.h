#ifndef STARACTION_SERVICES_GATEWAY_TRANSCODE_REQUEST_H_
#define STARACTION_SERVICES_GATEWAY_TRANSCODE_REQUEST_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "services/gateway/route/route.h"

namespace staraction::gateway {

// What an HTTP request says, apart from its route. The views must outlive the call.
struct RequestParts {
  const std::vector<std::string>* path_values = nullptr;  // of the route's bindings
  std::string_view query;
  std::string_view content_type;
  std::string_view idempotency_key;
  std::string_view if_match;
  const std::string* body = nullptr;
};

// The RPC's request message, in binary. The body is JSON or, where the schema has a
// google.api.HttpBody, any bytes with their content type. Path, query, body and headers must not
// contradict each other. INVALID_ARGUMENT tells what is wrong in one BadRequest.
absl::StatusOr<std::string> BuildRequest(const Route& route, const RequestParts& parts);

// Whether the body goes to a google.api.HttpBody.
bool TakesRawBody(const Route& route);

// Whether a body of this content type can be read: JSON in UTF-8, or anything if raw.
bool AcceptsContentType(const Route& route, std::string_view content_type);

}  // namespace staraction::gateway

#endif  // STARACTION_SERVICES_GATEWAY_TRANSCODE_REQUEST_H_
