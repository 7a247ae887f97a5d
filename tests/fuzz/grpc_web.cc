// Bodies of gRPC-Web requests, binary and base64, and gRPC's frames and messages in any cut.

#include "services/gateway/transcode/grpc_web.h"

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "services/gateway/transcode/message_frames.h"
#include "services/gateway/transcode/value_count.h"
#include "staraction/gatewaytest/v1/gatewaytest_service.pb.h"

namespace staraction::gateway {
namespace {

constexpr size_t kMax = 1000;

// Whole, and cut in two: both must say the same.
void CheckFrames(std::string_view bytes, size_t cut) {
  FrameCheck whole(kMax), parts(kMax);
  const absl::Status at_once = whole.Take(bytes);
  absl::Status in_two = parts.Take(bytes.substr(0, cut));
  if (in_two.ok()) in_two = parts.Take(bytes.substr(cut));
  if (at_once != in_two || (at_once.ok() && whole.at_boundary() != parts.at_boundary())) {
    std::abort();
  }
}

void CheckMessage(const GrpcFlavor& flavor, std::string_view body) {
  const auto message = ReadWebMessage(flavor, body);
  if (!message.ok()) return;
  // What is taken is taken again from its own frame.
  const std::string again = ForWeb(flavor, MessagePrefix(message->size()) + *message);
  if (ReadWebMessage(flavor, again).value_or("?") != *message) std::abort();
}

void CheckValues(std::string_view bytes, size_t cut) {
  const auto& type = *gatewaytest::v1::Shelf::descriptor();
  ValueCount whole(type), parts(type);
  const absl::Status at_once = whole.Take(bytes);
  absl::Status in_two = parts.Take(bytes.substr(0, cut));
  if (in_two.ok()) in_two = parts.Take(bytes.substr(cut));
  if (at_once != in_two || (at_once.ok() && whole.count() != parts.count())) std::abort();
}

}  // namespace
}  // namespace staraction::gateway

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using staraction::gateway::GrpcFlavor;
  if (size == 0) return 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  staraction::gateway::CheckFrames(bytes, bytes.empty() ? 0 : data[0] % bytes.size());
  staraction::gateway::CheckValues(bytes, bytes.empty() ? 0 : data[0] % bytes.size());
  staraction::gateway::CheckMessage({true, false, ""}, bytes);
  staraction::gateway::CheckMessage({true, true, ""}, bytes);
  return 0;
}
