#include "services/gateway/proxy/call_status.h"

#include <google/rpc/code.pb.h>
#include <nghttp2/nghttp2.h>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"

namespace staraction::gateway {
namespace {

// What a stream that was reset means, by gRPC over HTTP/2.
int CodeOfReset(uint32_t http2_error) {
  switch (http2_error) {
    case NGHTTP2_REFUSED_STREAM:
      return google::rpc::UNAVAILABLE;
    case NGHTTP2_CANCEL:
      return google::rpc::CANCELLED;
    case NGHTTP2_ENHANCE_YOUR_CALM:
      return google::rpc::RESOURCE_EXHAUSTED;
    default:
      return google::rpc::INTERNAL;
  }
}

// What an answer means that isn't gRPC's, e.g. of a proxy on the way.
int CodeOfHttp(int status) {
  switch (status) {
    case 429:
    case 502:
    case 503:
    case 504:
      return google::rpc::UNAVAILABLE;
    case 404:
      return google::rpc::UNIMPLEMENTED;
    default:
      return google::rpc::INTERNAL;
  }
}

}  // namespace

void CallStatus::Add(std::string_view name, std::string_view value) {
  const absl::string_view text(value.data(), value.size());
  int number = 0;
  if (name == ":status" && absl::SimpleAtoi(text, &number)) {
    http_status_ = number;
  } else if (name == "grpc-status") {
    code_ = absl::SimpleAtoi(text, &number) && number >= 0 && number <= 16
                ? number
                : static_cast<int>(google::rpc::UNKNOWN);
  } else if (name == "grpc-message") {
    message_ = DecodeGrpcMessage(value);
  } else if (name == "grpc-status-details-bin" && !absl::Base64Unescape(text, &details_)) {
    details_.clear();
  }
}

google::rpc::Status CallStatus::Result(uint32_t http2_error) const {
  if (!code_.has_value()) {
    if (http2_error != NGHTTP2_NO_ERROR) {
      return PlainStatus(CodeOfReset(http2_error), absl::StrCat("reset: ", http2_error));
    }
    return PlainStatus(CodeOfHttp(http_status_),
                       absl::StrCat("no grpc-status, HTTP status ", http_status_));
  }
  google::rpc::Status status;
  if (*code_ == google::rpc::OK) return status;
  // The code that counts is the transport's; details that name another one aren't ours.
  if (!status.ParseFromString(details_) || status.code() != *code_) {
    status = PlainStatus(*code_, message_);
  }
  return status;
}

std::string EncodeGrpcMessage(std::string_view message) {
  std::string out;
  for (const char c : message) {
    if (c >= 0x20 && c <= 0x7e && c != '%') {
      out += c;
    } else {
      absl::StrAppend(&out, "%", absl::Hex(static_cast<unsigned char>(c), absl::kZeroPad2));
    }
  }
  return out;
}

// A broken escape stands for itself: the text must never make an error worse.
std::string DecodeGrpcMessage(std::string_view value) {
  std::string out;
  for (size_t i = 0; i < value.size(); ++i) {
    const bool escape = value[i] == '%' && i + 2 < value.size() &&
                        absl::ascii_isxdigit(static_cast<unsigned char>(value[i + 1])) &&
                        absl::ascii_isxdigit(static_cast<unsigned char>(value[i + 2]));
    if (!escape) {
      out += value[i];
      continue;
    }
    out += absl::HexStringToBytes(absl::string_view(value.data() + i + 1, 2));
    i += 2;
  }
  return out;
}

std::string EncodeStatusDetails(const google::rpc::Status& status) {
  return absl::Base64Escape(status.SerializeAsString());
}

google::rpc::Status PlainStatus(int code, std::string_view message) {
  google::rpc::Status status;
  status.set_code(code);
  status.set_message(std::string(message));
  return status;
}

}  // namespace staraction::gateway
