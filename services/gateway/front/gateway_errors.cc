#include "services/gateway/front/gateway_errors.h"

#include "absl/strings/str_cat.h"
#include "common/status/errors.h"
#include "services/gateway/transcode/reply.h"

namespace staraction::gateway {

using absl::StatusCode;

absl::Status NoSuchPath() {
  return MakeError(StatusCode::kNotFound, error::v1::ERROR_REASON_ROUTE_UNKNOWN,
                   "there is no such path", "このパスはありません");
}

absl::Status NoSuchMethod() {
  return MakeError(StatusCode::kUnimplemented, error::v1::ERROR_REASON_ROUTE_UNKNOWN,
                   "the path does not have this method; see the header Allow",
                   "このパスでは使えない HTTP メソッドです");
}

absl::Status NoSuchRpc() {
  return MakeError(StatusCode::kUnimplemented, error::v1::ERROR_REASON_ROUTE_UNKNOWN,
                   "there is no such gRPC method", "この gRPC メソッドはありません");
}

absl::Status WrongGrpcContentType() {
  return InvalidField("content-type", "must be application/grpc or application/grpc-web, +proto",
                      "application/grpc または application/grpc-web（+proto）で送ってください");
}

absl::Status GrpcNeedsHttp2() {
  return InvalidField("content-type", "application/grpc needs HTTP/2; gRPC-Web does not",
                      "application/grpc には HTTP/2 が必要です（gRPC-Web なら不要です）");
}

absl::Status CompressedMessage() {
  return MakeError(StatusCode::kUnimplemented, error::v1::ERROR_REASON_MALFORMED_BODY,
                   "messages must not be compressed (grpc-encoding: identity)",
                   "圧縮されたメッセージは使えません（grpc-encoding: identity）");
}

absl::Status MalformedMessage(const std::string& what) {
  return MakeError(StatusCode::kInvalidArgument, error::v1::ERROR_REASON_MALFORMED_BODY, what,
                   "メッセージの形式が正しくありません");
}

absl::Status TooLarge(size_t limit) {
  return MakeError(StatusCode::kInvalidArgument, error::v1::ERROR_REASON_TOO_LARGE,
                   absl::StrCat("the body is larger than ", limit, " bytes"),
                   absl::StrCat("本文が上限（", limit, "バイト）を超えています"),
                   {{"limit", absl::StrCat(limit)}});
}

absl::Status WrongEncoding() {
  return InvalidField("Content-Encoding", "must be identity", "圧縮された本文は使えません");
}

absl::Status WrongContentType() {
  return InvalidField("Content-Type", "must be application/json in UTF-8",
                      "application/json（UTF-8）で送ってください");
}

absl::Status TwoCredentials() {
  return MakeError(StatusCode::kUnauthenticated, error::v1::ERROR_REASON_CREDENTIAL_INVALID,
                   "more than one Authorization header", "認証ヘッダーが複数あります");
}

absl::Status UnusableCredential() {
  return MakeError(StatusCode::kUnauthenticated, error::v1::ERROR_REASON_CREDENTIAL_INVALID,
                   "the credential is too long or has characters that none has",
                   "認証情報の形式が正しくありません");
}

absl::Status InternalCredential() {
  return MakeError(StatusCode::kUnauthenticated, error::v1::ERROR_REASON_CREDENTIAL_INVALID,
                   "this kind of credential is not accepted here",
                   "この種類の認証情報はここでは使えません");
}

absl::Status TooMany(absl::Duration wait) {
  return TryAgain(absl::StatusCode::kResourceExhausted, error::v1::ERROR_REASON_OVERLOADED,
                  "too many requests; see Retry-After",
                  "リクエストが多すぎます。しばらく待ってからやり直してください", wait);
}

absl::Status TransportError(const google::rpc::Status& error, const std::string& backend) {
  switch (static_cast<StatusCode>(error.code())) {
    case StatusCode::kUnavailable: {
      absl::Status status =
          TryAgain(StatusCode::kUnavailable, error::v1::ERROR_REASON_PEER_UNAVAILABLE,
                   absl::StrCat("service '", backend, "' cannot be reached"),
                   absl::StrCat("サービス「", backend, "」に接続できません"));
      auto info = *GetDetail<google::rpc::ErrorInfo>(status);
      (*info.mutable_metadata())["service"] = backend;
      SetDetail(status, info);
      return status;
    }
    case StatusCode::kDeadlineExceeded:
      return MakeError(StatusCode::kDeadlineExceeded, error::v1::ERROR_REASON_DEADLINE_EXCEEDED,
                       "the deadline passed", "時間内に処理が終わりませんでした");
    case StatusCode::kCancelled:
      return MakeError(StatusCode::kCancelled, error::v1::ERROR_REASON_CANCELLED,
                       "the call was cancelled", "呼び出しが取り消されました");
    case StatusCode::kUnimplemented:
      return MakeError(StatusCode::kUnimplemented, error::v1::ERROR_REASON_ROUTE_UNKNOWN,
                       absl::StrCat("service '", backend, "' does not have this method"),
                       absl::StrCat("サービス「", backend, "」にこのメソッドはありません"),
                       {{"service", backend}});
    default:
      return Internal(absl::StrCat(backend, ": ", error.code(), " ", error.message()));
  }
}

HttpReply ErrorReply(const google::rpc::Status& error, int http_status) {
  ErrorBody body = RenderError(error, http_status);
  HttpReply reply{body.http_status, "application/json", std::move(body.content), {}};
  if (body.retry_after_seconds > 0) {
    reply.headers.Add("Retry-After", absl::StrCat(body.retry_after_seconds));
  }
  if (body.http_status == 401) reply.headers.Add("WWW-Authenticate", "Bearer");
  return reply;
}

void AddCommonHeaders(HttpReply* reply) {
  // Pages say for themselves what they may load and how long they last.
  const auto unless_said = [reply](const char* name, const char* value) {
    if (reply->headers.Count(name) == 0) reply->headers.Add(name, value);
  };
  unless_said("Cache-Control", "no-store");
  unless_said("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
  reply->headers.Add("Referrer-Policy", "no-referrer");
  reply->headers.Add("X-Content-Type-Options", "nosniff");
}

bool IsKnownMethod(std::string_view method) {
  for (const char* known : {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}) {
    if (method == known) return true;
  }
  return false;
}

}  // namespace staraction::gateway
