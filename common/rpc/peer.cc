#include "common/rpc/peer.h"

#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>

#include <algorithm>
#include <vector>

#include "absl/strings/match.h"
#include "common/base/clock.h"
#include "common/obs/trace.h"
#include "common/resource/policy.h"
#include "common/status/errors.h"

namespace staraction {
namespace {

constexpr int kMaxMessageBytes = 20 * 1024 * 1024;

// Verbs of methods that change nothing.
constexpr const char* kReading[] = {"Get", "List", "Read", "Resolve", "Collect"};

// Whether nobody of ours said this: the peer isn't there, or was just stopping, when gRPC's server
// cancels what comes in.
bool IsDropped(const grpc::Status& status) {
  return status.error_details().empty() && (status.error_code() == grpc::StatusCode::UNAVAILABLE ||
                                            status.error_code() == grpc::StatusCode::CANCELLED);
}

}  // namespace

std::shared_ptr<grpc::Channel> OpenChannel(
    const std::string& address, const std::shared_ptr<grpc::ChannelCredentials>& credentials,
    std::shared_ptr<Breaker> breaker) {
  grpc::ChannelArguments arguments;
  arguments.SetMaxReceiveMessageSize(kMaxMessageBytes);
  arguments.SetMaxSendMessageSize(kMaxMessageBytes);
  // A peer that comes back is found within a second. The first is also how long an attempt to
  // connect may take, with its handshake.
  arguments.SetInt(GRPC_ARG_MIN_RECONNECT_BACKOFF_MS, 2000);
  arguments.SetInt(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS, 100);
  arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, 1000);
  // A name may have the addresses of several replicas: each call goes to the next one.
  arguments.SetLoadBalancingPolicyName("round_robin");
  // Where one goes others come: the name is looked up again when a connection has ended.
  arguments.SetInt(GRPC_ARG_DNS_MIN_TIME_BETWEEN_RESOLUTIONS_MS, 500);
  // A machine that is gone closes no connection: without a sign of life the calls wait for it.
  arguments.SetInt(GRPC_ARG_KEEPALIVE_TIME_MS, kKeepaliveMs);
  arguments.SetInt(GRPC_ARG_KEEPALIVE_TIMEOUT_MS, 2000);
  arguments.SetInt(GRPC_ARG_HTTP2_MAX_PINGS_WITHOUT_DATA, 0);
  std::vector<std::unique_ptr<grpc::experimental::ClientInterceptorFactoryInterface>> interceptors;
  if (breaker != nullptr) interceptors.push_back(BreakCalls(std::move(breaker)));
  return grpc::experimental::CreateCustomChannelWithInterceptors(address, credentials, arguments,
                                                                 std::move(interceptors));
}

void PrepareContext(const Call& call, absl::Duration limit, grpc::ClientContext& context) {
  context.set_deadline(absl::ToChronoTime(std::min(call.deadline, RealClock()() + limit)));
  if (!call.token.empty()) context.AddMetadata("authorization", "Bearer " + call.token);
  context.AddMetadata(kTraceparentHeader, FormatTraceparent(ChildOf(call.trace)));
  if (!call.correlation_id.empty()) context.AddMetadata(kRequestIdHeader, call.correlation_id);
  context.AddMetadata("accept-language", call.language == Language::kEnglish ? "en" : "ja");
}

absl::Status FromPeer(const grpc::Status& status) {
  if (IsDropped(status)) {
    return TryAgain(absl::StatusCode::kUnavailable, error::v1::ERROR_REASON_PEER_UNAVAILABLE,
                    "another service cannot be reached", "別のサービスに接続できません");
  }
  return FromGrpc(status);
}

bool MayRepeat(const Call& call, const grpc::Status& status,
               const google::protobuf::Message& request) {
  if (!IsDropped(status) || RealClock()() >= call.deadline) return false;
  if (!RequestId(request).empty()) return true;
  const std::string& name = request.GetDescriptor()->name();
  return std::any_of(std::begin(kReading), std::end(kReading),
                     [&name](const char* verb) { return absl::StartsWith(name, verb); });
}

}  // namespace staraction
