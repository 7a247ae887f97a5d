#include "services/gateway/front/exchange.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/status/grpc_status.h"
#include "services/gateway/front/gateway_errors.h"
#include "services/gateway/front/gzip.h"
#include "services/gateway/transcode/reply.h"
#include "services/gateway/transcode/request.h"

namespace staraction::gateway {
namespace {

constexpr int kMaxTries = 3;
// Replies that count among what the gateway holds for clients.
constexpr size_t kLargeReply = 64 << 10;

HttpReply Small(int status) {
  return {status,
          "application/json",
          absl::StrCat(R"({"status":)", status == 200 ? R"("ok"})" : R"("draining"})"),
          {}};
}

// Whether it is a header's value: a service's etag must not break out of it.
bool IsPrintable(const std::string& text) {
  return !text.empty() &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= 32 && c < 127; });
}

// Whether no service of ours said this: it isn't there, or was just stopping, when gRPC's server
// cancels what comes in. (Of a client that has gone nobody waits for an answer.)
bool IsDropped(const google::rpc::Status& status) {
  return status.details().empty() &&
         (status.code() == static_cast<int>(absl::StatusCode::kUnavailable) ||
          status.code() == static_cast<int>(absl::StatusCode::kCancelled));
}

bool Reads(const RequestHead& head) {
  return head.method == "GET" || head.method == "HEAD";
}

}  // namespace

Exchange::Exchange(Front& front, Hop& hop, RequestHead head)
    : front_(front), hop_(hop), request_(front, std::move(head)) {}

void Exchange::Start(ReplyWriter& writer) {
  writer_ = &writer;
  if (auto reply = Check()) writer.Send(*std::move(reply));
}

std::optional<HttpReply> Exchange::Check() {
  const std::string& target = request_.head().target;
  const size_t mark = target.find('?');
  const std::string_view path = std::string_view(target).substr(0, mark);
  if (mark != std::string::npos) query_ = target.substr(mark + 1);
  if (auto reply = OwnPath(path)) return reply;
  if (auto reply = FindRoute(path)) return reply;
  if (auto reply = CheckBody()) return reply;
  if (const absl::Status status = request_.Admit(); !status.ok()) return Fail(status);
  return std::nullopt;
}

std::optional<HttpReply> Exchange::OwnPath(std::string_view path) {
  const RequestHead& head = request_.head();
  const bool reads = Reads(head);
  if (reads && path == "/healthz") return Finish(Small(200), 0, "");
  // Peers don't count: a service that is down must not take the other ones' front away.
  if (reads && path == "/readyz") {
    return front_.draining()
               ? Finish(Small(503), static_cast<int>(absl::StatusCode::kUnavailable), "draining")
               : Finish(Small(200), 0, "");
  }
  const HttpReply* page = reads ? front_.pages().Find(path, head.headers) : nullptr;
  if (page != nullptr) return Finish(*page, 0, "");
  if (Cors::IsPreflight(head)) return Finish(HttpReply{204, "", "", {}}, 0, "");
  return std::nullopt;
}

std::optional<HttpReply> Exchange::FindRoute(std::string_view path) {
  const std::string& method = request_.head().method;
  auto match = front_.routes().Find(method, path);
  if (!match.ok()) return Fail(match.status());
  match_ = *std::move(match);
  // A stream has no headers of its own to ask for.
  const bool head_of_stream =
      match_.route != nullptr && method == "HEAD" && match_.route->method->server_streaming();
  if (head_of_stream) match_ = {nullptr, {}, {"GET"}};
  if (match_.route != nullptr) {
    request_.set_route(*match_.route);
    return std::nullopt;
  }
  if (match_.allow.empty()) return Fail(NoSuchPath(), 404);
  if (!head_of_stream && std::count(match_.allow.begin(), match_.allow.end(), "GET") > 0) {
    match_.allow.push_back("HEAD");
  }
  match_.allow.push_back("OPTIONS");
  HttpReply reply =
      method == "OPTIONS" ? Finish(HttpReply{204, "", "", {}}, 0, "") : Fail(NoSuchMethod(), 405);
  reply.headers.Add("Allow", absl::StrJoin(match_.allow, ", "));
  return reply;
}

std::optional<HttpReply> Exchange::CheckBody() {
  const RequestHead& head = request_.head();
  const size_t limit = request_.body_limit();
  if (head.content_length.value_or(0) > limit) return Fail(TooLarge(limit), 413);
  const bool has_body = head.content_length.value_or(1) > 0;
  const std::string_view encoding = head.headers.Get("content-encoding");
  if (!encoding.empty() && encoding != "identity") return Fail(WrongEncoding(), 415);
  if (has_body && match_.route->body != Route::Body::kNone &&
      !AcceptsContentType(*match_.route, head.headers.Get("content-type"))) {
    return Fail(WrongContentType(), 415);
  }
  return std::nullopt;
}

void Exchange::OnBody(std::string_view bytes) {
  const size_t limit = request_.body_limit();
  if (body_.size() + bytes.size() > limit) return writer_->Send(Fail(TooLarge(limit), 413));
  if (const absl::Status room = request_.Gather(bytes.size()); !room.ok()) {
    return writer_->Send(Fail(room));
  }
  body_.append(bytes);
  writer_->Consume(bytes.size());
}

void Exchange::OnBodyEnd() {
  const Headers& headers = request_.head().headers;
  RequestParts parts;
  parts.path_values = &match_.values;
  parts.query = query_;
  parts.content_type = headers.Get("content-type");
  parts.idempotency_key = headers.Get("idempotency-key");
  parts.if_match = headers.Get("if-match");
  parts.body = &body_;
  auto message = BuildRequest(*match_.route, parts);
  std::string().swap(body_);
  if (!message.ok()) return writer_->Send(Fail(message.status()));
  message_ = *std::move(message);
  Call();
}

void Exchange::Call() {
  ++tries_;
  Channel* channel = hop_.Find(match_.route->backend);
  if (match_.route->method->server_streaming()) {
    stream_ = std::make_unique<JsonStream>(request_, *channel, message_, *writer_);
    return;
  }
  call_ = std::make_unique<UnaryCall>(
      *channel, request_.MakeCall(), message_,
      [this](const CallEnd& end, const std::string& message) { OnReply(end, message); });
}

// What no service has seen may be tried again whatever it does; what a service may have seen, only
// if it changes nothing, or nothing more with the same key, and the service said nothing of its
// own.
bool Exchange::MayRetry(const CallEnd& end) const {
  if (tries_ >= kMaxTries || !request_.time_is_left()) return false;
  if (end.unprocessed) return end.status.code() == static_cast<int>(absl::StatusCode::kUnavailable);
  const bool repeatable =
      match_.route->http_method == "GET" || !request_.head().headers.Get("idempotency-key").empty();
  return tries_ == 1 && repeatable && IsDropped(end.status);
}

void Exchange::OnReply(const CallEnd& end, const std::string& message) {
  if (MayRetry(end)) return Call();
  if (message.size() > kLargeReply) {
    if (const absl::Status room = request_.Gather(message.size()); !room.ok()) {
      return writer_->Send(Fail(room));
    }
  }
  writer_->Send(Relay(end, message));
}

HttpReply Exchange::Relay(const CallEnd& end, const std::string& message) {
  if (end.status.code() != 0) {
    if (!end.status.details().empty()) return RenderFailure(end.status, 0, "");
    google::rpc::Status error = end.status;
    if (IsDropped(error)) error.set_code(static_cast<int>(absl::StatusCode::kUnavailable));
    return Fail(TransportError(error, match_.route->backend));
  }
  auto body = RenderReply(*match_.route, message);
  if (!body.ok()) return Fail(body.status());
  HttpReply done{200, std::move(body->content_type), std::move(body->content), {}};
  if (IsPrintable(body->etag)) {
    const RequestHead& head = request_.head();
    if (Reads(head) && head.headers.Get("if-none-match") == body->etag) done = {304, "", "", {}};
    done.headers.Add("ETag", body->etag);
  }
  return Finish(std::move(done), 0, "");
}

void Exchange::OnTaken(size_t bytes) {
  if (stream_ != nullptr) stream_->OnTaken(bytes);
}

void Exchange::Refuse(const absl::Status& status, int http_status) {
  writer_->Send(Fail(status, http_status));
}

HttpReply Exchange::Fail(const absl::Status& status, int http_status) {
  return RenderFailure(request_.ErrorOf(status), http_status, LogText(status));
}

HttpReply Exchange::RenderFailure(const google::rpc::Status& error, int http_status,
                                  std::string_view why) {
  return Finish(ErrorReply(error, http_status), error.code(), why);
}

HttpReply Exchange::Finish(HttpReply reply, int code, std::string_view why) {
  CompressFor(request_.head().headers.Get("accept-encoding"), reply);
  request_.AddHeaders(reply);
  request_.Record(reply.status, code, reply.bytes().size(), why);
  return reply;
}

}  // namespace staraction::gateway
