#ifndef STARACTION_COMMON_RPC_PEER_H_
#define STARACTION_COMMON_RPC_PEER_H_

#include <grpcpp/channel.h>
#include <grpcpp/client_context.h>
#include <grpcpp/security/credentials.h>

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/call/call.h"
#include "common/rpc/breaker.h"
#include "common/status/grpc_status.h"

namespace staraction {

// How often a client with a call in hand asks for a sign of life. Servers let nobody ask more than
// twice as often.
inline constexpr int kKeepaliveMs = 10'000;

// A channel for the life of the process. Message size limits are set on this side too. With a
// breaker, calls to a peer that does not answer come back at once.
std::shared_ptr<grpc::Channel> OpenChannel(const std::string& address,
                                           const std::shared_ptr<grpc::ChannelCredentials>&
                                               credentials = grpc::InsecureChannelCredentials(),
                                           std::shared_ptr<Breaker> breaker = nullptr);

// Prepares a call to a peer on behalf of `call`: the caller's token, trace, request id, language
// and what is left of its time, at most `limit`.
void PrepareContext(const Call& call, absl::Duration limit, grpc::ClientContext& context);

// A peer's status; connection trouble becomes UNAVAILABLE with PEER_UNAVAILABLE.
absl::Status FromPeer(const grpc::Status& status);

// Whether a call that ended so may be made again: the connection broke, there is time left, and
// doing it twice is doing it once, because the method only reads (its request is a Get…, List…,
// Read…, Resolve… or Collect…Request) or the request has a request_id.
bool MayRepeat(const Call& call, const grpc::Status& status,
               const google::protobuf::Message& request);

// Calls a peer's unary method and waits; once more if MayRepeat:
//   CallPeer(call, *stub_, &FactService::Stub::CollectFacts, request)
template <typename Stub, typename Request, typename Response>
absl::StatusOr<Response> CallPeer(const Call& call, Stub& stub,
                                  grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&,
                                                               Response*),
                                  const Request& request, absl::Duration limit = absl::Seconds(5)) {
  const auto attempt = [&](Response& response) {
    grpc::ClientContext context;
    PrepareContext(call, limit, context);
    return (stub.*method)(&context, request, &response);
  };
  Response response;
  grpc::Status status = attempt(response);
  if (MayRepeat(call, status, request)) status = attempt(response);
  if (!status.ok()) return FromPeer(status);
  return response;
}

}  // namespace staraction

#endif  // STARACTION_COMMON_RPC_PEER_H_
