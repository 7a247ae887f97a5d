#include "common/rpc/peer.h"

#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>

#include <algorithm>

#include "common/base/clock.h"
#include "common/obs/trace.h"
#include "common/status/errors.h"

namespace staraction {
namespace {
constexpr int kMaxMessageBytes = 20 * 1024 * 1024;
}

std::shared_ptr<grpc::Channel> OpenChannel(const std::string& address) {
  grpc::ChannelArguments arguments;
  arguments.SetMaxReceiveMessageSize(kMaxMessageBytes);
  arguments.SetMaxSendMessageSize(kMaxMessageBytes);
  // A peer that comes back is found within a second.
  arguments.SetInt(GRPC_ARG_MIN_RECONNECT_BACKOFF_MS, 100);
  arguments.SetInt(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS, 100);
  arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, 1000);
  return grpc::CreateCustomChannel(address, grpc::InsecureChannelCredentials(), arguments);
}

void PrepareContext(const Call& call, absl::Duration limit, grpc::ClientContext& context) {
  context.set_deadline(absl::ToChronoTime(std::min(call.deadline, RealClock()() + limit)));
  if (!call.token.empty()) context.AddMetadata("authorization", "Bearer " + call.token);
  context.AddMetadata(kTraceparentHeader, FormatTraceparent(ChildOf(call.trace)));
  if (!call.correlation_id.empty()) context.AddMetadata(kRequestIdHeader, call.correlation_id);
  context.AddMetadata("accept-language", call.language == Language::kEnglish ? "en" : "ja");
}

absl::Status FromPeer(const grpc::Status& status) {
  if (status.error_code() == grpc::StatusCode::UNAVAILABLE && status.error_details().empty()) {
    return TryAgain(absl::StatusCode::kUnavailable, error::v1::ERROR_REASON_PEER_UNAVAILABLE,
                    "another service cannot be reached", "別のサービスに接続できません");
  }
  return FromGrpc(status);
}

}  // namespace staraction
