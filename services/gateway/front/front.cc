#include "services/gateway/front/front.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "common/status/grpc_status.h"
#include "services/gateway/front/exchange.h"
#include "services/gateway/front/gateway_errors.h"
#include "services/gateway/front/grpc_exchange.h"
#include "services/gateway/transcode/grpc_web.h"

namespace staraction::gateway {

namespace {

// What its time is measured together with: files take as long as they are large, streams as long
// as somebody listens.
const char* KindOf(const Route& route) {
  if (route.method->server_streaming()) return "stream";
  for (const auto* message : {route.method->input_type(), route.method->output_type()}) {
    if (message->full_name() == "google.api.HttpBody") return "file";
  }
  const auto* body = route.body_message();
  if (body != nullptr && body->full_name() == "google.api.HttpBody") return "file";
  return route.http_method == "GET" ? "read" : "write";
}

class ThreadApp : public App {
 public:
  ThreadApp(Front& front, std::unique_ptr<Hop> hop) : front_(front), hop_(std::move(hop)) {}

  std::unique_ptr<Handler> Begin(RequestHead head) override {
    auto flavor = GrpcFlavorOf(head.headers.Get("content-type"));
    if (!flavor.has_value() || head.method == "OPTIONS") {
      return std::make_unique<Exchange>(front_, *hop_, std::move(head));
    }
    return std::make_unique<GrpcExchange>(front_, *hop_, std::move(head), *std::move(flavor));
  }

  HttpReply RefuseBroken(const absl::Status& status, int http_status) override {
    Request request(front_, RequestHead());
    HttpReply reply = ErrorReply(request.ErrorOf(status), http_status);
    request.AddHeaders(reply);
    request.Record(http_status, static_cast<int>(status.code()), reply.body.size(),
                   LogText(status));
    return reply;
  }

 private:
  Front& front_;
  const std::unique_ptr<Hop> hop_;
};

}  // namespace

Front::Front(RouteTable routes, std::string contract, TokenCheck token_check, RequestLimits limits,
             const std::vector<std::string>& cors_origins, TrustedProxies proxies, Metrics& metrics,
             Clock clock)
    : routes_(std::move(routes)),
      pages_(std::move(contract)),
      reflection_(routes_),
      token_check_(std::move(token_check)),
      limits_(limits),
      cors_(cors_origins),
      proxies_(std::move(proxies)),
      clock_(std::move(clock)),
      callers_(limits.caller_rate, limits.caller_rate * RequestLimits::kBurstSeconds),
      organizations_(limits.organization_rate,
                     limits.organization_rate * RequestLimits::kBurstSeconds),
      addresses_(limits.address_rate, limits.address_rate * RequestLimits::kBurstSeconds),
      metrics_(metrics) {
  for (const Route& route : routes_.routes()) {
    // The path without its first slash is what the services call the method, too.
    method_metrics_.push_back(&metrics_.ForMethod(route.rpc_path.substr(1), KindOf(route)));
  }
  method_metrics_.push_back(&metrics_.ForMethod("none", "none"));
}

std::unique_ptr<App> Front::MakeApp(std::unique_ptr<Hop> hop) {
  return std::make_unique<ThreadApp>(*this, std::move(hop));
}

absl::Status Front::TakePart(const Principal& principal) {
  const std::string caller = principal.kind == Principal::Kind::kParticipant
                                 ? principal.link
                                 : absl::StrCat(principal.issuer, "\n", principal.subject);
  const absl::Time now = clock_();
  if (const auto wait = callers_.Take(caller, now); wait > absl::ZeroDuration()) {
    return TooMany(wait);
  }
  const auto wait = organizations_.Take(principal.organization, now);
  return wait > absl::ZeroDuration() ? TooMany(wait) : absl::OkStatus();
}

absl::Status Front::TakePart(const std::string& address) {
  const auto wait = addresses_.Take(address, clock_());
  return wait > absl::ZeroDuration() ? TooMany(wait) : absl::OkStatus();
}

RpcMetrics::Method& Front::MetricsOf(const Route* route) {
  const size_t index = route == nullptr ? method_metrics_.size() - 1
                                        : static_cast<size_t>(route - routes_.routes().data());
  return *method_metrics_[index];
}

}  // namespace staraction::gateway
