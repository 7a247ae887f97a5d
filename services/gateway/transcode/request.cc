#include "services/gateway/transcode/request.h"

#include <google/api/httpbody.pb.h>
#include <google/protobuf/arena.h>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "common/base/macros.h"
#include "common/base/strings.h"
#include "common/status/errors.h"
#include "services/gateway/transcode/field_value.h"
#include "services/gateway/transcode/json_reader.h"
#include "services/gateway/transcode/query.h"

namespace staraction::gateway {
namespace {

using google::protobuf::Message;

absl::Status ReadBody(const Route& route, const RequestParts& parts, Message* request) {
  if (route.body == Route::Body::kNone) {
    if (parts.body->empty()) return absl::OkStatus();
    return InvalidField("body", "this method takes none", "本文は指定できません");
  }
  Message* target = route.body_field == nullptr
                        ? request
                        : request->GetReflection()->MutableMessage(request, route.body_field);
  if (TakesRawBody(route)) {
    auto* raw = static_cast<google::api::HttpBody*>(target);
    raw->set_content_type(std::string(parts.content_type));
    raw->set_data(*parts.body);
    return absl::OkStatus();
  }
  // `curl -X POST …:accept` without a body says as much as one with "{}".
  if (parts.body->empty() && route.body == Route::Body::kWholeRequest) return absl::OkStatus();
  const std::string prefix = route.body_field == nullptr ? "" : route.body_field->name() + ".";
  return ReadJson(*parts.body, prefix, target);
}

absl::Status Contradiction(const FieldPath& path, const std::string& en, const std::string& ja) {
  return InvalidField(FieldPathName(path), absl::StrCat("differs from ", en),
                      absl::StrCat(ja, "と異なります"));
}

absl::Status ApplyPath(const Route& route, const RequestParts& parts, Message* request) {
  for (size_t i = 0; i < route.bindings.size(); ++i) {
    const FieldPath& path = route.bindings[i];
    const std::string& value = (*parts.path_values)[i];
    const bool text = path.back()->type() == google::protobuf::FieldDescriptor::TYPE_STRING;
    if (IsSet(path, *request) && (!text || GetText(path, *request) != value)) {
      return Contradiction(path, "the path", "パス");
    }
    if (!SetFieldFromText(path, value, request)) {
      return InvalidFields({Misfit(FieldPathName(path), *path.back())});
    }
  }
  return absl::OkStatus();
}

absl::Status ApplyHeader(const std::string& header, const FieldPath& path, const Route& route,
                         const std::string& value, Message* request) {
  if (value.empty()) return absl::OkStatus();
  if (path.empty()) {
    // Silence would let a caller believe that the header protects them.
    if (route.http_method == "GET") return absl::OkStatus();
    return InvalidField(header, "this method doesn't know the header",
                        "このメソッドでは使えないヘッダーです");
  }
  const std::string given = GetText(path, *request);
  if (!given.empty() && given != value) {
    return Contradiction(path, absl::StrCat("the header ", header),
                         absl::StrCat("ヘッダー ", header));
  }
  return SetFieldFromText(path, value, request) ? absl::OkStatus()
                                                : InvalidFields({Misfit(header, *path.back())});
}

// The header's draft standard puts the key into quotes; most clients don't.
std::string Unquote(std::string_view text) {
  if (text.size() >= 2 && text.front() == '"' && text.back() == '"') {
    text = text.substr(1, text.size() - 2);
  }
  return std::string(text);
}

}  // namespace

bool TakesRawBody(const Route& route) {
  const auto* message = route.body_message();
  return message != nullptr && message == google::api::HttpBody::descriptor();
}

bool AcceptsContentType(const Route& route, std::string_view content_type) {
  if (TakesRawBody(route)) return true;
  const std::vector<absl::string_view> parts = absl::StrSplit(ToAbsl(content_type), ';');
  if (!absl::EqualsIgnoreCase(absl::StripAsciiWhitespace(parts[0]), "application/json")) {
    return false;
  }
  for (size_t i = 1; i < parts.size(); ++i) {
    const std::string parameter = absl::AsciiStrToLower(absl::StripAsciiWhitespace(parts[i]));
    if (absl::StartsWith(parameter, "charset=") && parameter != "charset=utf-8" &&
        parameter != "charset=\"utf-8\"") {
      return false;
    }
  }
  return true;
}

absl::StatusOr<std::string> BuildRequest(const Route& route, const RequestParts& parts) {
  google::protobuf::Arena arena;
  Message* request = google::protobuf::MessageFactory::generated_factory()
                         ->GetPrototype(route.method->input_type())
                         ->New(&arena);
  SA_RETURN_IF_ERROR(ReadBody(route, parts, request));
  SA_RETURN_IF_ERROR(ApplyPath(route, parts, request));
  SA_RETURN_IF_ERROR(ApplyQuery(route, parts.query, request));
  SA_RETURN_IF_ERROR(ApplyHeader("Idempotency-Key", route.request_id, route,
                                 Unquote(parts.idempotency_key), request));
  // "*" asks for a resource that exists, which every method with an etag does anyway.
  if (parts.if_match != "*") {
    SA_RETURN_IF_ERROR(
        ApplyHeader("If-Match", route.etag, route, std::string(parts.if_match), request));
  }
  return request->SerializeAsString();
}

}  // namespace staraction::gateway
