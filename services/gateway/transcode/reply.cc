#include "services/gateway/transcode/reply.h"

#include <google/api/httpbody.pb.h>
#include <google/protobuf/arena.h>
#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>
#include <google/protobuf/util/json_util.h>
#include <google/rpc/code.pb.h>
#include <google/rpc/error_details.pb.h>

#include <algorithm>
#include <memory>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/json/message_writer.h"
#include "common/status/errors.h"
#include "services/gateway/route/percent.h"

namespace staraction::gateway {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::Message;
using google::protobuf::MessageFactory;

// A content type that a service made up must not break out of its header.
std::string SafeContentType(const std::string& type) {
  const bool safe =
      !type.empty() && type.size() <= 200 &&
      std::all_of(type.begin(), type.end(), [](char c) { return c >= 32 && c < 127; });
  return safe ? type : "application/octet-stream";
}

ReplyBody RenderMessage(const Message& message) {
  if (message.GetDescriptor() == google::api::HttpBody::descriptor()) {
    const auto& file = static_cast<const google::api::HttpBody&>(message);
    return {SafeContentType(file.content_type()), file.data()};
  }
  ReplyBody body{"application/json", ""};
  body.content.reserve(512);
  AppendJson(message, {.with_defaults = true}, body.content);
  const auto* etag = message.GetDescriptor()->FindFieldByName("etag");
  if (etag != nullptr && etag->cpp_type() == google::protobuf::FieldDescriptor::CPPTYPE_STRING &&
      !etag->is_repeated()) {
    body.etag = message.GetReflection()->GetString(message, etag);
  }
  return body;
}

std::string PrintKnownDetail(const google::protobuf::Any& any) {
  const size_t slash = any.type_url().rfind('/');
  const auto* type = google::protobuf::DescriptorPool::generated_pool()->FindMessageTypeByName(
      slash == std::string::npos ? "" : any.type_url().substr(slash + 1));
  if (type == nullptr) return "";
  const std::unique_ptr<Message> message(
      MessageFactory::generated_factory()->GetPrototype(type)->New());
  if (!message->ParseFromString(any.value())) return "";
  // Maps in a fixed order, so that equal errors look equal.
  google::protobuf::Any sorted;
  sorted.set_type_url(any.type_url());
  {
    google::protobuf::io::StringOutputStream stream(sorted.mutable_value());
    google::protobuf::io::CodedOutputStream coded(&stream);
    coded.SetSerializationDeterministic(true);
    message->SerializeToCodedStream(&coded);
  }
  std::string json;
  return google::protobuf::util::MessageToJsonString(sorted, &json).ok() ? json : "";
}

int RetryAfter(const google::rpc::Status& error) {
  google::rpc::RetryInfo retry;
  for (const auto& any : error.details()) {
    if (!any.UnpackTo(&retry)) continue;
    const int64_t seconds = retry.retry_delay().seconds() + (retry.retry_delay().nanos() > 0);
    return static_cast<int>(std::clamp<int64_t>(seconds, 1, 3600));
  }
  return 0;
}

}  // namespace

absl::StatusOr<ReplyBody> RenderReply(const Route& route, const std::string& response) {
  google::protobuf::Arena arena;
  const Descriptor& type = *route.method->output_type();
  Message* message = MessageFactory::generated_factory()->GetPrototype(&type)->New(&arena);
  if (!message->ParseFromString(response)) return Internal("unreadable response");
  if (route.response_field == nullptr) return RenderMessage(*message);
  return RenderMessage(message->GetReflection()->GetMessage(*message, route.response_field));
}

ErrorBody RenderError(const google::rpc::Status& error, int http_status) {
  std::vector<std::string> details;
  for (const auto& any : error.details()) {
    if (std::string json = PrintKnownDetail(any); !json.empty()) details.push_back(std::move(json));
  }
  const std::string name =
      google::rpc::Code_IsValid(error.code())
          ? google::rpc::Code_Name(static_cast<google::rpc::Code>(error.code()))
          : "UNKNOWN";
  ErrorBody body;
  body.http_status = http_status != 0 ? http_status : HttpStatusOf(error.code());
  body.retry_after_seconds = RetryAfter(error);
  body.content = absl::StrCat(R"({"error":{"code":)", body.http_status, R"(,"message":)");
  AppendJsonString(IsCleanUtf8(error.message()) ? error.message() : name, body.content);
  absl::StrAppend(&body.content, R"(,"status":")", name, R"(","details":[)",
                  absl::StrJoin(details, ","), "]}}");
  return body;
}

int HttpStatusOf(int grpc_code) {
  switch (grpc_code) {
    case google::rpc::OK:
      return 200;
    case google::rpc::CANCELLED:
      return 499;
    case google::rpc::INVALID_ARGUMENT:
    case google::rpc::FAILED_PRECONDITION:
    case google::rpc::OUT_OF_RANGE:
      return 400;
    case google::rpc::UNAUTHENTICATED:
      return 401;
    case google::rpc::PERMISSION_DENIED:
      return 403;
    case google::rpc::NOT_FOUND:
      return 404;
    case google::rpc::ALREADY_EXISTS:
    case google::rpc::ABORTED:
      return 409;
    case google::rpc::RESOURCE_EXHAUSTED:
      return 429;
    case google::rpc::UNIMPLEMENTED:
      return 501;
    case google::rpc::UNAVAILABLE:
      return 503;
    case google::rpc::DEADLINE_EXCEEDED:
      return 504;
    default:  // UNKNOWN, INTERNAL, DATA_LOSS, and codes that don't exist
      return 500;
  }
}

}  // namespace staraction::gateway
