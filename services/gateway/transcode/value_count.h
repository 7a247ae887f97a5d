#ifndef STARACTION_SERVICES_GATEWAY_TRANSCODE_VALUE_COUNT_H_
#define STARACTION_SERVICES_GATEWAY_TRANSCODE_VALUE_COUNT_H_

#include <google/protobuf/descriptor.h>

#include <cstdint>
#include <string_view>
#include <vector>

#include "absl/status/status.h"

namespace staraction::gateway {

// Values that one request may hold: in JSON members and elements of all objects and arrays, in
// binary fields and elements, nested ones included. Two bytes of a body ("{}" in JSON takes three)
// may take hundreds of memory once they are read.
inline constexpr int kMaxValues = 100'000;

// Counts the values of a binary message as its bytes pass, cut anywhere, without keeping them.
class ValueCount {
 public:
  explicit ValueCount(const google::protobuf::Descriptor& type) : levels_{{&type, kNoEnd}} {}

  // INVALID_ARGUMENT, saying which, if there are more than kMaxValues or the bytes can't be a
  // message: protobuf wouldn't read them either.
  absl::Status Take(std::string_view bytes);

  int count() const { return count_; }

 private:
  enum class Expects { kTag, kNumber, kLength, kBytes };
  // A message that the bytes are in, the outermost first.
  struct Level {
    const google::protobuf::Descriptor* type;
    uint64_t end;  // by at_
  };
  static constexpr uint64_t kNoEnd = ~uint64_t{0};

  absl::Status OnVarint(uint64_t value);
  absl::Status OnTag(uint64_t tag);
  absl::Status OnLength(uint64_t length);
  absl::Status Skip(uint64_t size);
  absl::Status Count(uint64_t values);
  void LeaveEnded();

  std::vector<Level> levels_;
  Expects expects_ = Expects::kTag;
  uint64_t at_ = 0;
  uint64_t varint_ = 0;
  int shift_ = 0;
  uint64_t skip_ = 0;
  const google::protobuf::FieldDescriptor* field_ = nullptr;  // null: the type doesn't know it
  int count_ = 0;
};

}  // namespace staraction::gateway

#endif  // STARACTION_SERVICES_GATEWAY_TRANSCODE_VALUE_COUNT_H_
