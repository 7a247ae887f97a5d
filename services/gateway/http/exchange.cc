#include "services/gateway/http/exchange.h"

#include <algorithm>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/auth/token.h"
#include "common/base/id.h"
#include "common/base/strings.h"
#include "common/obs/log.h"
#include "common/status/errors.h"
#include "common/status/grpc_status.h"
#include "services/gateway/http/gateway_errors.h"
#include "services/gateway/http/gzip.h"
#include "services/gateway/http/timeout.h"
#include "services/gateway/transcode/reply.h"
#include "services/gateway/transcode/request.h"

namespace staraction::gateway {
namespace {

// gRPC ends a call whose headers exceed 8 KiB; a token leaves room for the others.
constexpr size_t kMaxAuthorizationBytes = 6 << 10;

// Taken over only if it can't be anything but a random id: it goes into our logs.
std::string RequestIdOf(const Headers& headers) {
  const std::string_view given = headers.Get(kRequestIdHeader);
  return IsRequestId(given) ? std::string(given) : NewUuid4();
}

Language LanguageOf(const Headers& headers) {
  return ParseAcceptLanguage(std::string(headers.Get("accept-language")));
}

bool IsPrintable(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= 32 && c < 127; });
}

HttpReply Small(int status) {
  return {status,
          "application/json",
          absl::StrCat(R"({"status":)", status == 200 ? R"("ok"})" : R"("draining"})"),
          {}};
}

}  // namespace

Exchange::Exchange(Front& front, RequestHead head)
    : front_(front),
      head_(std::move(head)),
      begin_(front.clock_()),
      trace_(ContinueTrace(head_.headers.Get("traceparent"))),
      request_id_(RequestIdOf(head_.headers)) {}

std::optional<HttpReply> Exchange::Start() {
  const size_t mark = head_.target.find('?');
  const std::string_view path = std::string_view(head_.target).substr(0, mark);
  if (mark != std::string::npos) query_ = head_.target.substr(mark + 1);
  if (auto reply = OwnPath(path)) return reply;
  if (auto reply = FindRoute(path)) return reply;
  if (auto reply = CheckBody()) return reply;
  const auto timeout = AskedTimeout(head_.headers, front_.limits_.deadline);
  if (!timeout.ok()) return Fail(timeout.status());
  timeout_ = *timeout;
  if (const absl::Status status = CheckCredential(); !status.ok()) return Fail(status);
  return std::nullopt;
}

std::optional<HttpReply> Exchange::OwnPath(std::string_view path) {
  const bool reads = head_.method == "GET" || head_.method == "HEAD";
  if (reads && path == "/healthz") return Finish(Small(200), 0, "");
  // Peers don't count: a service that is down must not take the other ones' front away.
  if (reads && path == "/readyz") {
    return front_.draining_
               ? Finish(Small(503), static_cast<int>(absl::StatusCode::kUnavailable), "draining")
               : Finish(Small(200), 0, "");
  }
  const HttpReply* page =
      reads ? front_.pages_.Find(path, head_.headers.Get("if-none-match")) : nullptr;
  if (page != nullptr) return Finish(*page, 0, "");
  if (Cors::IsPreflight(head_)) return Finish(HttpReply{204, "", "", {}}, 0, "");
  return std::nullopt;
}

std::optional<HttpReply> Exchange::FindRoute(std::string_view path) {
  const bool asks = head_.method == "OPTIONS";
  auto match = front_.routes_.Find(head_.method, path);
  if (!match.ok()) return Fail(match.status());
  match_ = *std::move(match);
  if (match_.route != nullptr) return std::nullopt;
  if (match_.allow.empty()) return Fail(NoSuchPath(), 404);
  HttpReply reply = asks ? HttpReply{204, "", "", {}} : HttpReply();
  if (std::count(match_.allow.begin(), match_.allow.end(), "GET") > 0) {
    match_.allow.push_back("HEAD");
  }
  match_.allow.push_back("OPTIONS");
  reply = asks ? Finish(std::move(reply), 0, "") : Fail(NoSuchMethod(), 405);
  reply.headers.Add("Allow", absl::StrJoin(match_.allow, ", "));
  return reply;
}

std::optional<HttpReply> Exchange::CheckBody() {
  if (head_.content_length.value_or(0) > body_limit()) return Fail(TooLarge(body_limit()), 413);
  const bool has_body = head_.content_length.value_or(1) > 0;
  const std::string_view encoding = head_.headers.Get("content-encoding");
  if (!encoding.empty() && encoding != "identity") return Fail(WrongEncoding(), 415);
  if (has_body && match_.route->body != Route::Body::kNone &&
      !AcceptsContentType(*match_.route, head_.headers.Get("content-type"))) {
    return Fail(WrongContentType(), 415);
  }
  return std::nullopt;
}

absl::Status Exchange::CheckCredential() {
  if (match_.route->is_public) return front_.TakePart(head_.address);
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

size_t Exchange::body_limit() const {
  const bool anybody = match_.route != nullptr && match_.route->is_public;
  return anybody ? front_.limits_.public_body_bytes : front_.limits_.body_bytes;
}

void Exchange::Run(const std::string& body, Post post, Done done) {
  post_ = std::move(post);
  done_ = std::move(done);
  RequestParts parts;
  parts.path_values = &match_.values;
  parts.query = query_;
  parts.content_type = head_.headers.Get("content-type");
  parts.idempotency_key = head_.headers.Get("idempotency-key");
  parts.if_match = head_.headers.Get("if-match");
  parts.body = &body;
  auto message = BuildRequest(*match_.route, parts);
  if (!message.ok()) return Deliver(Fail(message.status()));
  message_ = *std::move(message);
  Call();
}

UpstreamRequest Exchange::MakeCall() const {
  UpstreamRequest request;
  request.backend = match_.route->backend;
  request.rpc_path = match_.route->rpc_path;
  request.message = message_;
  // gRPC rounds time-outs up on the wire, by a hundredth at most: kept back, so that no service
  // works longer than its caller waits.
  request.deadline = begin_ + timeout_ * 0.99;
  request.metadata = {{kTraceparentHeader, FormatTraceparent(trace_)},
                      {kRequestIdHeader, request_id_}};
  if (!authorization_.empty()) request.metadata.emplace_back("authorization", authorization_);
  const std::string_view language = head_.headers.Get("accept-language");
  if (!language.empty() && language.size() <= 256 && IsPrintable(language)) {
    request.metadata.emplace_back("accept-language", std::string(language));
  }
  return request;
}

void Exchange::Call() {
  call_ = front_.upstream_.Start(
      MakeCall(), [self = shared_from_this(), post = post_](UpstreamReply reply) mutable {
        post([self = std::move(self), reply = std::move(reply)] { self->OnReply(reply); });
      });
}

// Only what changes nothing and surely never reached a service that would have said why.
bool Exchange::MayRetry(const UpstreamReply& reply) const {
  return !retried_ && !cancelled_ && match_.route->http_method == "GET" &&
         reply.status.code() == static_cast<int>(absl::StatusCode::kUnavailable) &&
         reply.status.details().empty() && front_.clock_() < begin_ + timeout_;
}

void Exchange::OnReply(const UpstreamReply& reply) {
  call_.reset();
  if (MayRetry(reply)) {
    retried_ = true;
    return Call();
  }
  Deliver(Relay(reply));
}

// Lets go of the two functions first: they hold the connection, which holds the exchange.
void Exchange::Deliver(HttpReply reply) {
  post_ = nullptr;
  std::exchange(done_, nullptr)(std::move(reply));
}

HttpReply Exchange::Relay(const UpstreamReply& reply) {
  if (reply.status.code() != 0) {
    // Details are the service's own words; without any, gRPC's text would tell about our inside.
    return reply.status.details().empty()
               ? Fail(TransportError(reply.status, match_.route->backend))
               : RenderFailure(reply.status, 0);
  }
  auto body = RenderReply(*match_.route, reply.message);
  if (!body.ok()) return Fail(body.status());
  HttpReply done{200, std::move(body->content_type), std::move(body->content), {}};
  if (!body->etag.empty()) {
    const bool reads = head_.method == "GET" || head_.method == "HEAD";
    if (reads && head_.headers.Get("if-none-match") == body->etag) done = {304, "", "", {}};
    done.headers.Add("ETag", body->etag);
  }
  return Finish(std::move(done), 0, "");
}

void Exchange::Cancel() {
  cancelled_ = true;
  if (call_ != nullptr) call_->Cancel();
}

HttpReply Exchange::Refuse(const absl::Status& status, int http_status) {
  return Fail(status, http_status);
}

HttpReply Exchange::Fail(const absl::Status& status, int http_status) {
  HttpReply reply = ErrorReply(
      ToWire(status, kGatewayDomain, LanguageOf(head_.headers), request_id_), http_status);
  return Finish(std::move(reply), static_cast<int>(status.code()), LogText(status));
}

HttpReply Exchange::RenderFailure(const google::rpc::Status& error, int http_status) {
  return Finish(ErrorReply(error, http_status), error.code(), "");
}

HttpReply Exchange::Finish(HttpReply reply, int code, std::string_view why) {
  const absl::Duration took = front_.clock_() - begin_;
  CompressFor(head_.headers.Get("accept-encoding"), reply);
  AddCommonHeaders(&reply);
  reply.headers.Add("X-Request-Id", request_id_);
  reply.headers.Add("traceparent", FormatTraceparent(trace_));
  front_.cors_.Allow(head_, &reply);

  const auto status = static_cast<absl::StatusCode>(code);
  front_.MetricsOf(match_.route).Record(status, took);
  // No path, query or header: they may name people.
  Log(code == static_cast<int>(absl::StatusCode::kInternal) ? LogLevel::kError : LogLevel::kInfo,
      "http",
      {{"method", IsKnownMethod(head_.method) ? head_.method : "other"},
       {"route", match_.route == nullptr ? "none" : match_.route->text},
       {"status", reply.status},
       {"code", absl::StatusCodeToString(status)},
       {"ms", absl::ToDoubleMilliseconds(took)},
       {"bytes", reply.body.size()},
       {"trace", trace_.trace_id},
       {"request", request_id_},
       {"why", why}});
  return reply;
}

}  // namespace staraction::gateway
