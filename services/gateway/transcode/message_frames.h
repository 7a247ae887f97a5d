#ifndef STARACTION_SERVICES_GATEWAY_TRANSCODE_MESSAGE_FRAMES_H_
#define STARACTION_SERVICES_GATEWAY_TRANSCODE_MESSAGE_FRAMES_H_

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/gateway/transcode/value_count.h"

namespace staraction::gateway {

// gRPC's and gRPC-Web's framing: a byte of flags (0: a message), four bytes of length, big end
// first, and the message.
inline constexpr size_t kPrefixBytes = 5;

std::string MessagePrefix(size_t size, unsigned char flags = 0);

// Checks the prefixes of bytes that pass, cut anywhere, without keeping them.
class FrameCheck {
 public:
  // With a count, it goes on over all messages.
  explicit FrameCheck(size_t max_message_bytes, std::optional<ValueCount> values = std::nullopt)
      : max_(max_message_bytes), values_(std::move(values)) {}

  // RESOURCE_EXHAUSTED for too large a message, UNIMPLEMENTED for a compressed one,
  // INVALID_ARGUMENT as ValueCount.
  absl::Status Take(std::string_view bytes);
  // Whether the bytes so far are whole messages.
  bool at_boundary() const { return prefix_size_ == 0 && left_ == 0; }

 private:
  size_t max_;
  unsigned char prefix_[kPrefixBytes] = {};
  size_t prefix_size_ = 0;  // of the prefix that is coming in
  size_t left_ = 0;         // of the message
  std::optional<ValueCount> values_;
};

// Puts messages together.
class MessageReader {
 public:
  explicit MessageReader(size_t max_message_bytes) : max_(max_message_bytes) {}

  // Calls `take` for each message that is complete. Errors as FrameCheck.
  absl::Status Take(std::string_view bytes, const std::function<void(std::string)>& take);
  // The same one by one: adds bytes, and takes the next message, if it is complete.
  void Add(std::string_view bytes) { buffer_.append(bytes); }
  absl::StatusOr<std::optional<std::string>> Next();
  bool at_boundary() const { return buffer_.empty(); }

 private:
  const size_t max_;
  std::string buffer_;
};

}  // namespace staraction::gateway

#endif  // STARACTION_SERVICES_GATEWAY_TRANSCODE_MESSAGE_FRAMES_H_
