#include "services/gateway/front/cors.h"

namespace staraction::gateway {

bool Cors::IsPreflight(const RequestHead& head) {
  return head.method == "OPTIONS" && head.headers.Count("origin") == 1 &&
         head.headers.Count("access-control-request-method") == 1;
}

void Cors::Allow(const RequestHead& head, HttpReply* reply) const {
  if (origins_.empty()) return;
  // Also for other origins, or a cache would hand one origin's answer to another.
  reply->headers.Add("Vary", "Origin");
  const std::string_view origin = head.headers.Get("origin");
  if (head.headers.Count("origin") != 1 || origins_.count(origin) == 0) return;
  reply->headers.Add("Access-Control-Allow-Origin", std::string(origin));
  if (!IsPreflight(head)) {
    reply->headers.Add("Access-Control-Expose-Headers",
                       "ETag, Retry-After, X-Request-Id, Grpc-Status, Grpc-Message, "
                       "Grpc-Status-Details-Bin");
    return;
  }
  reply->headers.Add("Access-Control-Allow-Methods", "GET, POST, PUT, PATCH, DELETE");
  reply->headers.Add("Access-Control-Allow-Headers",
                     "Authorization, Content-Type, Accept-Language, Idempotency-Key, If-Match, "
                     "If-None-Match, Traceparent, X-Request-Id, X-Timeout-Ms, Grpc-Timeout, "
                     "X-Grpc-Web, X-User-Agent");
  reply->headers.Add("Access-Control-Max-Age", "600");
}

}  // namespace staraction::gateway
