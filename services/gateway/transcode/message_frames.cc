#include "services/gateway/transcode/message_frames.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "common/base/macros.h"

namespace staraction::gateway {
namespace {

size_t LengthOf(const unsigned char* prefix) {
  return size_t{prefix[1]} << 24 | size_t{prefix[2]} << 16 | size_t{prefix[3]} << 8 | prefix[4];
}

absl::Status Check(const unsigned char* prefix, size_t max) {
  if (prefix[0] != 0) {
    return absl::UnimplementedError(absl::StrCat("message flags ", static_cast<int>(prefix[0]),
                                                 ": compression is not offered"));
  }
  if (LengthOf(prefix) > max) {
    return absl::ResourceExhaustedError(
        absl::StrCat("a message of ", LengthOf(prefix), " bytes; ", max, " are taken"));
  }
  return absl::OkStatus();
}

}  // namespace

std::string MessagePrefix(size_t size, unsigned char flags) {
  return {static_cast<char>(flags), static_cast<char>(size >> 24), static_cast<char>(size >> 16),
          static_cast<char>(size >> 8), static_cast<char>(size)};
}

absl::Status FrameCheck::Take(std::string_view bytes) {
  while (!bytes.empty()) {
    if (left_ > 0) {
      const size_t size = std::min(left_, bytes.size());
      if (values_.has_value()) SA_RETURN_IF_ERROR(values_->Take(bytes.substr(0, size)));
      left_ -= size;
      bytes.remove_prefix(size);
      continue;
    }
    prefix_[prefix_size_++] = static_cast<unsigned char>(bytes.front());
    bytes.remove_prefix(1);
    if (prefix_size_ < kPrefixBytes) continue;
    SA_RETURN_IF_ERROR(Check(prefix_, max_));
    left_ = LengthOf(prefix_);
    prefix_size_ = 0;
  }
  return absl::OkStatus();
}

absl::Status MessageReader::Take(std::string_view bytes,
                                 const std::function<void(std::string)>& take) {
  Add(bytes);
  for (;;) {
    SA_ASSIGN_OR_RETURN(std::optional<std::string> message, Next());
    if (!message.has_value()) return absl::OkStatus();
    take(*std::move(message));
  }
}

absl::StatusOr<std::optional<std::string>> MessageReader::Next() {
  if (buffer_.size() < kPrefixBytes) return std::nullopt;
  const auto* prefix = reinterpret_cast<const unsigned char*>(buffer_.data());
  SA_RETURN_IF_ERROR(Check(prefix, max_));
  const size_t size = LengthOf(prefix);
  if (buffer_.size() - kPrefixBytes < size) return std::nullopt;
  std::string message = buffer_.substr(kPrefixBytes, size);
  buffer_.erase(0, kPrefixBytes + size);
  return message;
}

}  // namespace staraction::gateway
