#include "services/gateway/http/front.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "services/gateway/http/exchange.h"
#include "services/gateway/http/gateway_errors.h"

namespace staraction::gateway {
namespace {

// What its time is measured together with: files take as long as they are large.
const char* KindOf(const Route& route) {
  for (const auto* message : {route.method->input_type(), route.method->output_type()}) {
    if (message->full_name() == "google.api.HttpBody") return "file";
  }
  const auto* body = route.body_message();
  if (body != nullptr && body->full_name() == "google.api.HttpBody") return "file";
  return route.http_method == "GET" ? "read" : "write";
}

}  // namespace

Front::Front(RouteTable routes, std::string contract, Upstream& upstream, TokenCheck token_check,
             HttpLimits limits, const std::vector<std::string>& cors_origins, Metrics& metrics,
             Clock clock)
    : routes_(std::move(routes)),
      pages_(std::move(contract)),
      upstream_(upstream),
      token_check_(std::move(token_check)),
      limits_(limits),
      cors_(cors_origins),
      clock_(std::move(clock)),
      callers_(limits.caller_rate, limits.caller_rate * HttpLimits::kBurstSeconds),
      organizations_(limits.organization_rate,
                     limits.organization_rate * HttpLimits::kBurstSeconds),
      addresses_(limits.address_rate, limits.address_rate * HttpLimits::kBurstSeconds),
      metrics_(metrics) {
  for (const Route& route : routes_.routes()) {
    // The path without its first slash is what the services call the method, too.
    method_metrics_.push_back(&metrics_.ForMethod(route.rpc_path.substr(1), KindOf(route)));
  }
  method_metrics_.push_back(&metrics_.ForMethod("none", "none"));
}

std::shared_ptr<Exchange> Front::Begin(RequestHead head) {
  return std::make_shared<Exchange>(*this, std::move(head));
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
