#include <google/protobuf/descriptor_database.h>
#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/support/byte_buffer.h>

#include <algorithm>

#include <nlohmann/json.hpp>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/base/clock.h"
#include "common/json/message_writer.h"
#include "common/status/grpc_status.h"
#include "google/rpc/status.pb.h"
#include "tests/isolation/transport.h"

namespace staraction::test {
namespace {

using google::protobuf::DescriptorPool;
using google::protobuf::Message;
using google::protobuf::MethodDescriptor;

constexpr char kTraceparent[] = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00";

// Members in order of their names, since protobuf writes maps in any order.
std::string Json(const Message& message) {
  std::string json;
  AppendJson(message, JsonStyle(), json);
  return nlohmann::json::parse(json).dump();
}

void ReadReply(const MethodDescriptor& method, grpc::ByteBuffer& bytes, Answer& answer) {
  answer.reply.reset(google::protobuf::MessageFactory::generated_factory()
                         ->GetPrototype(method.output_type())
                         ->New());
  std::string text;
  std::vector<grpc::Slice> slices;
  if (bytes.Dump(&slices).ok()) {
    for (const grpc::Slice& slice : slices) {
      text.append(reinterpret_cast<const char*>(slice.begin()), slice.size());
    }
  }
  answer.reply->ParseFromString(text);
  answer.text = Json(*answer.reply);
}

void ReadError(const grpc::Status& status, Answer& answer) {
  google::rpc::Status wire;
  wire.ParseFromString(status.error_details());
  answer.text = absl::StrCat(status.error_message(), " ", Json(wire));
}

}  // namespace

std::vector<const google::protobuf::ServiceDescriptor*> SchemaServices() {
  std::vector<std::string> files;
  DescriptorPool::internal_generated_database()->FindAllFileNames(&files);
  std::sort(files.begin(), files.end());
  std::vector<const google::protobuf::ServiceDescriptor*> services;
  for (const std::string& name : files) {
    if (!absl::StartsWith(name, "staraction/")) continue;
    const auto* file = DescriptorPool::generated_pool()->FindFileByName(name);
    for (int i = 0; i < file->service_count(); ++i) services.push_back(file->service(i));
  }
  return services;
}

bool GrpcTransport::Serves(const MethodDescriptor& method) const {
  return channels_.count(method.service()->full_name()) > 0;
}

Answer GrpcTransport::Send(const MethodDescriptor& method, const Message& request,
                           const std::string& token) {
  grpc::GenericStub stub(channels_.at(method.service()->full_name()));
  grpc::ClientContext context;
  if (!token.empty()) context.AddMetadata("authorization", "Bearer " + token);
  context.AddMetadata("traceparent", kTraceparent);
  context.set_deadline(absl::ToChronoTime(RealClock()() + absl::Seconds(20)));
  grpc::Slice slice(request.SerializePartialAsString());
  const grpc::ByteBuffer bytes(&slice, 1);
  grpc::CompletionQueue queue;
  const std::string path = absl::StrCat("/", method.service()->full_name(), "/", method.name());
  const absl::Time begin = RealClock()();
  auto call = stub.PrepareUnaryCall(&context, path, bytes, &queue);
  call->StartCall();
  grpc::ByteBuffer reply;
  grpc::Status status;
  call->Finish(&reply, &status, nullptr);
  void* tag = nullptr;
  bool ok = false;
  queue.Next(&tag, &ok);
  Answer answer;
  answer.took = RealClock()() - begin;
  answer.ok = status.ok();
  answer.code = absl::StatusCodeToString(static_cast<absl::StatusCode>(status.error_code()));
  for (const auto& [name, value] : context.GetServerTrailingMetadata()) {
    const std::string header(name.data(), name.size());
    if (header != "grpc-status-details-bin") absl::StrAppend(&answer.headers, header, "\n");
  }
  if (answer.ok) {
    ReadReply(method, reply, answer);
  } else {
    ReadError(status, answer);
  }
  return answer;
}

}  // namespace staraction::test
