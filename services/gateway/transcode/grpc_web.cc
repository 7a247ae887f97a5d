#include "services/gateway/transcode/grpc_web.h"

#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "common/base/macros.h"
#include "common/base/strings.h"
#include "services/gateway/transcode/message_frames.h"

namespace staraction::gateway {
namespace {

constexpr unsigned char kTrailers = 0x80;

absl::Status Broken(const char* what) {
  return absl::InvalidArgumentError(what);
}

// Clients may send several pieces, each with its own padding.
absl::StatusOr<std::string> FromBase64(std::string_view body) {
  std::string out, piece;
  while (!body.empty()) {
    size_t end = body.find('=');
    end = end == std::string_view::npos ? body.size() : end + 1;
    while (end < body.size() && body[end] == '=') ++end;
    if (!absl::Base64Unescape(absl::string_view(body.data(), end), &piece)) {
      return Broken("the body is no base64");
    }
    out += piece;
    body.remove_prefix(end);
  }
  return out;
}

}  // namespace

std::optional<GrpcFlavor> GrpcFlavorOf(std::string_view content_type) {
  absl::string_view type(content_type.data(), content_type.size());
  if (!absl::ConsumePrefix(&type, "application/grpc")) return std::nullopt;
  GrpcFlavor flavor;
  flavor.web = absl::ConsumePrefix(&type, "-web");
  flavor.text = flavor.web && absl::ConsumePrefix(&type, "-text");
  if (!type.empty() && type.front() != '+' && type.front() != ';') return std::nullopt;
  if (type.empty() || type == "+proto" || type.front() == ';') {
    flavor.content_type = absl::StrCat("application/grpc", flavor.web ? "-web" : "",
                                       flavor.text ? "-text" : "", flavor.web ? "+proto" : "");
  }
  return flavor;
}

absl::StatusOr<std::string> ReadWebMessage(const GrpcFlavor& flavor, std::string_view body) {
  std::string decoded;
  if (flavor.text) {
    SA_ASSIGN_OR_RETURN(decoded, FromBase64(body));
    body = decoded;
  }
  MessageReader reader(body.size());
  std::optional<std::string> message;
  int count = 0;
  const absl::Status read = reader.Take(body, [&](std::string one) {
    ++count;
    message = std::move(one);
  });
  if (absl::IsUnimplemented(read)) return read;
  if (!read.ok() || count != 1 || !reader.at_boundary()) {
    return Broken("the body is not one message in gRPC-Web's framing");
  }
  return *std::move(message);
}

std::string ForWeb(const GrpcFlavor& flavor, std::string bytes) {
  if (flavor.text) return absl::Base64Escape(bytes);
  return bytes;
}

std::string WebTrailers(const std::vector<std::pair<std::string, std::string>>& trailers) {
  std::string text;
  for (const auto& [name, value] : trailers) absl::StrAppend(&text, name, ": ", value, "\r\n");
  return MessagePrefix(text.size(), kTrailers) + text;
}

}  // namespace staraction::gateway
