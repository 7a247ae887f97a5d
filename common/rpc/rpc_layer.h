#ifndef STARACTION_COMMON_RPC_RPC_LAYER_H_
#define STARACTION_COMMON_RPC_RPC_LAYER_H_

#include <grpcpp/server_context.h>
#include <grpcpp/support/server_callback.h>

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/auth/token.h"
#include "common/base/clock.h"
#include "common/call/call.h"
#include "common/obs/metrics.h"
#include "common/rpc/access.h"
#include "common/rpc/response_stream.h"
#include "common/rpc/worker_pool.h"
#include "google/protobuf/message.h"

namespace staraction {

struct RpcLayerOptions {
  std::string service;  // short name, e.g. "engagement"
  TokenVerifier* verifier = nullptr;
  Clock clock = RealClock();
  // As many threads as database connections. Methods without a route (in-cluster only: facts,
  // access) run on workers of their own, so that services waiting for each other cannot block.
  int workers = 4;
  int reserved_workers = 2;
  int queue_limit = 64;
  // The services that may call this one over encrypted connections; without it nobody asks which
  // program is calling.
  std::optional<std::vector<std::string>> callers;
  // A call without a deadline, or with a longer one, gets this.
  absl::Duration max_time = absl::Seconds(30);
};

// What every call passes, in this order, and why in this order:
//   1. trace and timer        so that whatever follows is seen
//   2. calling program        which may not call this method: refused, and holds no worker
//   3. worker                 nothing blocks gRPC's threads; full: RESOURCE_EXHAUSTED at once
//   4. principal              else UNAUTHENTICATED
//   5. access and permission  before any validation, so that strangers learn nothing of shapes
//   6. deadline               refused if hopeless, else handed on to SQL and peers
//   7. shape of the request   all violations at once
//   8. the handler
//   9. details, metrics, one log line
// Thread safe.
class RpcLayer {
 public:
  RpcLayer(RpcLayerOptions options, Metrics& metrics);
  ~RpcLayer();

  // Enters a service's methods. FAILED_PRECONDITION if its annotations make no sense.
  absl::Status AddService(const google::protobuf::ServiceDescriptor& service);

  // Before the first call:
  void SetAccess(AccessResolver& access) { access_ = &access; }
  // For a collection outside clients/ and engagements/, by its first segment ("sessions").
  void AddScopeLookup(const std::string& collection, ScopeLookup lookup) {
    scope_lookups_[collection] = std::move(lookup);
  }

  // Runs `body(const Call&) -> StatusOr<Response>` for an override of a generated callback
  // service. The request's type says which method it is.
  template <typename Request, typename Response, typename Body>
  grpc::ServerUnaryReactor* Unary(grpc::CallbackServerContext* context, const Request* request,
                                  Response* response, Body body) {
    return Start(context, *request, [response, body = std::move(body)](const Call& call) {
      absl::StatusOr<Response> result = body(call);
      if (!result.ok()) return result.status();
      *response = *std::move(result);
      return absl::OkStatus();
    });
  }

  // The same for a method that answers with a stream: `open(const Call&, shared_ptr<
  // ResponseStream<Response>>) -> Status` runs after the same steps; an error ends the call, else
  // who holds the stream does.
  template <typename Request, typename Response, typename Open>
  grpc::ServerWriteReactor<Response>* Stream(grpc::CallbackServerContext* context,
                                             const Request* request, Open open) {
    auto pending = NewPending(context, *request);
    auto stream = ResponseStream<Response>::Make(
        [this, pending](const grpc::Status& status) { RecordEnd(*pending, status); });
    pending->finish = [stream](const grpc::Status& status) { stream->End(status); };
    pending->release = [stream] { stream->Release(); };
    Submit(pending,
           [stream, open = std::move(open)](const Call& call) { return open(call, stream); });
    return stream.get();
  }

  const std::string& service() const { return options_.service; }

 private:
  using Body = std::function<absl::Status(const Call&)>;
  struct Method;
  struct Pending {
    grpc::CallbackServerContext* context = nullptr;
    std::function<void(const grpc::Status&)> finish;
    google::protobuf::Message* request = nullptr;
    const Method* method = nullptr;  // null: not one of ours
    std::function<void()> release;   // of a stream
    Body body;
    Call call;
    absl::Time started;
    std::string error;  // what the log says of it
  };

  grpc::ServerUnaryReactor* Start(grpc::CallbackServerContext* context,
                                  const google::protobuf::Message& request, Body body);
  std::shared_ptr<Pending> NewPending(grpc::CallbackServerContext* context,
                                      const google::protobuf::Message& request);
  void Submit(const std::shared_ptr<Pending>& pending, Body body);
  void Run(Pending& pending);
  absl::Status Admit(Pending& pending);
  void Finish(Pending& pending, const absl::Status& status);
  // Metrics and the log line of a stream.
  void RecordEnd(const Pending& pending, const grpc::Status& status);
  void Record(const Pending& pending, absl::StatusCode code);

  const RpcLayerOptions options_;
  AccessResolver* access_ = nullptr;
  std::map<std::string, ScopeLookup> scope_lookups_;
  RpcMetrics metrics_;
  std::map<const google::protobuf::Descriptor*, std::unique_ptr<Method>> methods_;
  WorkerPool workers_;
  WorkerPool reserved_;
};

}  // namespace staraction

#endif  // STARACTION_COMMON_RPC_RPC_LAYER_H_
