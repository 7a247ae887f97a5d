#ifndef STARACTION_COMMON_RPC_PEER_H_
#define STARACTION_COMMON_RPC_PEER_H_

#include <grpcpp/channel.h>
#include <grpcpp/client_context.h>

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/call/call.h"
#include "common/status/grpc_status.h"

namespace staraction {

// A channel for the life of the process. Message size limits are set on this side too.
std::shared_ptr<grpc::Channel> OpenChannel(const std::string& address);

// Prepares a call to a peer on behalf of `call`: the caller's token, trace, request id, language
// and what is left of its time, at most `limit`.
void PrepareContext(const Call& call, absl::Duration limit, grpc::ClientContext& context);

// A peer's status; connection trouble becomes UNAVAILABLE with PEER_UNAVAILABLE.
absl::Status FromPeer(const grpc::Status& status);

// Calls a peer's unary method and waits:
//   CallPeer(call, *stub_, &FactService::Stub::CollectFacts, request)
template <typename Stub, typename Request, typename Response>
absl::StatusOr<Response> CallPeer(const Call& call, Stub& stub,
                                  grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&,
                                                               Response*),
                                  const Request& request, absl::Duration limit = absl::Seconds(5)) {
  grpc::ClientContext context;
  PrepareContext(call, limit, context);
  Response response;
  const absl::Status status = FromPeer((stub.*method)(&context, request, &response));
  if (!status.ok()) return status;
  return response;
}

}  // namespace staraction

#endif  // STARACTION_COMMON_RPC_PEER_H_
