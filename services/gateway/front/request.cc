#include "services/gateway/front/request.h"

#include <algorithm>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/auth/token.h"
#include "common/base/id.h"
#include "common/base/macros.h"
#include "common/base/strings.h"
#include "common/obs/log.h"
#include "common/status/errors.h"
#include "common/status/grpc_status.h"
#include "services/gateway/front/gateway_errors.h"
#include "services/gateway/front/timeout.h"

namespace staraction::gateway {
namespace {

// gRPC ends a call whose headers exceed 8 KiB; a token leaves room for the others.
constexpr size_t kMaxAuthorizationBytes = 6 << 10;

// Taken over only if it can't be anything but a random id: it goes into our logs.
std::string RequestIdOf(const Headers& headers) {
  const std::string_view given = headers.Get(kRequestIdHeader);
  return IsRequestId(given) ? std::string(given) : NewUuid4();
}

bool IsPrintable(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= 32 && c < 127; });
}

const char* ProtocolOf(const RequestHead& head) {
  const std::string_view type = head.headers.Get("content-type");
  if (absl::StartsWith(absl::string_view(type.data(), type.size()), "application/grpc-web")) {
    return "grpc-web";
  }
  const bool grpc =
      absl::StartsWith(absl::string_view(type.data(), type.size()), "application/grpc");
  return grpc ? "grpc" : "rest";
}

}  // namespace

Request::Request(Front& front, RequestHead head)
    : front_(front),
      head_(std::move(head)),
      begin_(front.clock_()),
      trace_(ContinueTrace(head_.headers.Get("traceparent"))),
      id_(RequestIdOf(head_.headers)) {}

Request::~Request() {
  front_.gathered_ -= gathered_;
  if (!recorded_) Record(499, static_cast<int>(absl::StatusCode::kCancelled), 0, "client left");
}

std::string Request::address() const {
  return front_.proxies_.ClientOf(head_);
}

Language Request::language() const {
  return ParseAcceptLanguage(std::string(head_.headers.Get("accept-language")));
}

size_t Request::body_limit() const {
  const bool anybody = route_ != nullptr && route_->is_public;
  return anybody ? front_.limits_.public_body_bytes : front_.limits_.body_bytes;
}

absl::Status Request::Admit() {
  const bool streams = route_->method->server_streaming();
  SA_ASSIGN_OR_RETURN(timeout_, AskedTimeout(head_.headers, streams ? front_.limits_.stream_deadline
                                                                    : front_.limits_.deadline));
  return CheckCredential();
}

absl::Status Request::CheckCredential() {
  if (route_->is_public) return front_.TakePart(address());
  // Two headers: proxies on the way and we might each believe another one.
  if (head_.headers.Count("authorization") > 1) return TwoCredentials();
  const std::string_view header = head_.headers.Get("authorization");
  if (header.size() > kMaxAuthorizationBytes || !IsPrintable(header)) return UnusableCredential();
  const auto token = BearerToken(header);
  if (!token.ok()) return token.status();
  const auto principal = front_.token_check_(*token);
  if (!principal.ok()) return principal.status();
  authorization_ = std::string(header);
  return front_.TakePart(*principal);
}

absl::Status Request::Gather(size_t bytes) {
  gathered_ += bytes;
  const size_t all = front_.gathered_ += bytes;
  if (all <= front_.limits_.gathered_bytes) return absl::OkStatus();
  return TryAgain(absl::StatusCode::kUnavailable, error::v1::ERROR_REASON_OVERLOADED,
                  "too many large requests at this moment",
                  "大きなリクエストが集中しています。しばらく待ってからやり直してください",
                  absl::Seconds(2));
}

CallHead Request::MakeCall() const {
  CallHead call;
  call.path = route_->rpc_path;
  // Kept back: the service should have answered before we give up, and the answer has to travel.
  call.time_left = (begin_ + timeout_ * 0.99) - front_.clock_();
  call.metadata.reserve(4);
  call.metadata.emplace_back(kTraceparentHeader, FormatTraceparent(trace_));
  call.metadata.emplace_back(kRequestIdHeader, id_);
  if (!authorization_.empty()) call.metadata.emplace_back("authorization", authorization_);
  const std::string_view language = head_.headers.Get("accept-language");
  if (!language.empty() && language.size() <= 256 && IsPrintable(language)) {
    call.metadata.emplace_back("accept-language", std::string(language));
  }
  return call;
}

bool Request::time_is_left() const {
  return front_.clock_() < begin_ + timeout_;
}

google::rpc::Status Request::ErrorOf(const google::rpc::Status& status) const {
  // Details are the service's own words; without any, gRPC's text would tell about our inside.
  return status.details().empty() ? ErrorOf(TransportError(status, route_->backend)) : status;
}

google::rpc::Status Request::ErrorOf(const absl::Status& status) const {
  return ToWire(status, kGatewayDomain, language(), id_);
}

void Request::AddHeaders(HttpReply& reply) const {
  AddCommonHeaders(&reply);
  reply.headers.Add("X-Request-Id", id_);
  reply.headers.Add("traceparent", FormatTraceparent(trace_));
  front_.cors_.Allow(head_, &reply);
}

void Request::Record(int http_status, int code, size_t bytes, std::string_view why) {
  if (std::exchange(recorded_, true)) return;
  const absl::Duration took = front_.clock_() - begin_;
  const auto status = static_cast<absl::StatusCode>(code);
  front_.MetricsOf(route_).Record(status, took);
  // No path, query or header: they may name people.
  Log(code == static_cast<int>(absl::StatusCode::kInternal) ? LogLevel::kError : LogLevel::kInfo,
      "http",
      {{"method", IsKnownMethod(head_.method) ? head_.method : "other"},
       {"protocol", ProtocolOf(head_)},
       {"route", route_ == nullptr ? "none" : route_->text},
       {"status", http_status},
       {"code", absl::StatusCodeToString(status)},
       {"ms", absl::ToDoubleMilliseconds(took)},
       {"bytes", bytes},
       {"trace", trace_.trace_id},
       {"request", id_},
       {"why", why}});
}

}  // namespace staraction::gateway
