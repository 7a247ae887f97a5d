#include "services/gateway/proxy/grpc_upstream.h"

#include <grpcpp/create_channel.h>
#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/security/credentials.h>

namespace staraction::gateway {
namespace {

class GrpcCall : public UpstreamCall {
 public:
  void Cancel() override { context.TryCancel(); }

  grpc::ClientContext context;
  grpc::ByteBuffer request;
  grpc::ByteBuffer response;
};

std::shared_ptr<grpc::Channel> MakeChannel(const std::string& address) {
  grpc::ChannelArguments arguments;
  arguments.SetMaxReceiveMessageSize(kMaxMessageBytes);
  arguments.SetMaxSendMessageSize(kMaxMessageBytes);
  arguments.SetInt(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS, 100);
  arguments.SetInt(GRPC_ARG_MIN_RECONNECT_BACKOFF_MS, 1000);
  arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, 5000);
  // What may be repeated is decided by the gateway, which knows the HTTP method.
  arguments.SetInt(GRPC_ARG_ENABLE_RETRIES, 0);
  return grpc::CreateCustomChannel(address, grpc::InsecureChannelCredentials(), arguments);
}

std::string Join(const grpc::ByteBuffer& buffer) {
  std::vector<grpc::Slice> slices;
  std::string out;
  if (!buffer.Dump(&slices).ok()) return out;
  out.reserve(buffer.Length());
  for (const grpc::Slice& slice : slices) {
    out.append(reinterpret_cast<const char*>(slice.begin()), slice.size());
  }
  return out;
}

UpstreamReply ToReply(const grpc::Status& status, const grpc::ByteBuffer& response) {
  UpstreamReply reply;
  if (status.ok()) {
    reply.message = Join(response);
    return reply;
  }
  // The code that counts is the transport's; details that name another one aren't ours.
  if (!reply.status.ParseFromString(status.error_details()) ||
      reply.status.code() != status.error_code()) {
    reply.status.Clear();
    reply.status.set_message(status.error_message());
  }
  reply.status.set_code(status.error_code());
  return reply;
}

}  // namespace

struct GrpcUpstream::Backend {
  explicit Backend(const std::string& address) : stub(MakeChannel(address)) {}
  grpc::GenericStub stub;
};

GrpcUpstream::GrpcUpstream(const std::map<std::string, std::string>& backends) {
  for (const auto& [name, address] : backends) {
    backends_[name] = std::make_unique<Backend>(address);
  }
}

GrpcUpstream::~GrpcUpstream() = default;

std::shared_ptr<UpstreamCall> GrpcUpstream::Start(UpstreamRequest request,
                                                  std::function<void(UpstreamReply)> done) {
  const auto call = std::make_shared<GrpcCall>();
  const auto backend = backends_.find(request.backend);
  if (backend == backends_.end()) {
    done(ToReply(grpc::Status(grpc::StatusCode::UNAVAILABLE, "no address"), call->response));
    return call;
  }
  for (const auto& [name, value] : request.metadata) call->context.AddMetadata(name, value);
  call->context.set_deadline(absl::ToChronoTime(request.deadline));
  const grpc::Slice slice(request.message);
  call->request = grpc::ByteBuffer(&slice, 1);
  backend->second->stub.UnaryCall(&call->context, request.rpc_path, grpc::StubOptions(),
                                  &call->request, &call->response,
                                  [call, done = std::move(done)](const grpc::Status& status) {
                                    done(ToReply(status, call->response));
                                  });
  return call;
}

}  // namespace staraction::gateway
