#include "common/rpc/health.h"

#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/support/byte_buffer.h>

#include <memory>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/base/clock.h"
#include "common/rpc/peer.h"

namespace staraction {
namespace {

// HealthCheckResponse{status: SERVING} on the wire. Debian ships no compiled schema of it.
constexpr char kServing[] = "\x08\x01";

grpc::Status Check(grpc::GenericStub& stub, const std::string& service, absl::Time deadline,
                   std::string& answer) {
  grpc::ClientContext context;
  context.set_deadline(absl::ToChronoTime(deadline));
  context.set_wait_for_ready(true);
  grpc::CompletionQueue queue;
  // HealthCheckRequest{service}.
  const grpc::Slice request(
      service.empty()
          ? ""
          : absl::StrCat("\x0a", std::string(1, static_cast<char>(service.size())), service));
  const auto call = stub.PrepareUnaryCall(&context, "/grpc.health.v1.Health/Check",
                                          grpc::ByteBuffer(&request, 1), &queue);
  call->StartCall();
  grpc::ByteBuffer reply;
  grpc::Status status;
  call->Finish(&reply, &status, nullptr);
  void* tag = nullptr;
  bool ok = false;
  queue.Next(&tag, &ok);
  std::vector<grpc::Slice> slices;
  if (status.ok() && reply.Dump(&slices).ok()) {
    for (const grpc::Slice& slice : slices) {
      answer.append(reinterpret_cast<const char*>(slice.begin()), slice.size());
    }
  }
  return status;
}

}  // namespace

absl::Status WaitUntilServing(const std::string& address, absl::Duration wait,
                              const std::string& service,
                              const std::shared_ptr<grpc::ChannelCredentials>& credentials) {
  const Clock clock = RealClock();
  const absl::Time end = clock() + wait;
  grpc::GenericStub stub(OpenChannel(address, credentials));
  while (true) {
    std::string answer;
    const grpc::Status status = Check(stub, service, end, answer);
    if (answer == kServing) return absl::OkStatus();
    if (clock() >= end) {
      return absl::UnavailableError(absl::StrCat(address, " does not serve",
                                                 status.ok() ? "" : ": ", status.error_message()));
    }
    absl::SleepFor(absl::Milliseconds(100));
  }
}

}  // namespace staraction
