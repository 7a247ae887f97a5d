#include "services/gateway/transcode/value_count.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "common/base/macros.h"

namespace staraction::gateway {
namespace {

using google::protobuf::FieldDescriptor;

constexpr size_t kMaxLevels = 100;  // protobuf's own

absl::Status Malformed() {
  return absl::InvalidArgumentError("the message is not in protobuf's binary format");
}

// Bytes of one element of a packed list; varints have one at least.
uint64_t PackedSize(const FieldDescriptor& field) {
  switch (field.type()) {
    case FieldDescriptor::TYPE_DOUBLE:
    case FieldDescriptor::TYPE_FIXED64:
    case FieldDescriptor::TYPE_SFIXED64:
      return 8;
    case FieldDescriptor::TYPE_FLOAT:
    case FieldDescriptor::TYPE_FIXED32:
    case FieldDescriptor::TYPE_SFIXED32:
      return 4;
    default:
      return 1;
  }
}

}  // namespace

absl::Status ValueCount::Take(std::string_view bytes) {
  while (!bytes.empty()) {
    if (expects_ == Expects::kBytes) {
      const uint64_t size = std::min<uint64_t>(skip_, bytes.size());
      at_ += size;
      skip_ -= size;
      bytes.remove_prefix(size);
      if (skip_ > 0) return absl::OkStatus();
      expects_ = Expects::kTag;
      LeaveEnded();
      continue;
    }
    const auto byte = static_cast<unsigned char>(bytes.front());
    bytes.remove_prefix(1);
    if (++at_ > levels_.back().end) return Malformed();
    varint_ |= uint64_t{byte & 0x7Fu} << shift_;
    if ((byte & 0x80) != 0) {
      shift_ += 7;
      if (shift_ > 63) return Malformed();
      continue;
    }
    const uint64_t value = varint_;
    varint_ = 0;
    shift_ = 0;
    SA_RETURN_IF_ERROR(OnVarint(value));
    if (expects_ == Expects::kTag) LeaveEnded();
  }
  return absl::OkStatus();
}

absl::Status ValueCount::OnVarint(uint64_t value) {
  switch (expects_) {
    case Expects::kTag:
      return OnTag(value);
    case Expects::kLength:
      return OnLength(value);
    default:
      expects_ = Expects::kTag;
      return absl::OkStatus();
  }
}

absl::Status ValueCount::OnTag(uint64_t tag) {
  const uint64_t number = tag >> 3;
  if (number == 0 || number > FieldDescriptor::kMaxNumber) return Malformed();
  field_ = levels_.back().type->FindFieldByNumber(static_cast<int>(number));
  SA_RETURN_IF_ERROR(Count(1));
  switch (tag & 7) {
    case 0:
      expects_ = Expects::kNumber;
      return absl::OkStatus();
    case 1:
      return Skip(8);
    case 2:
      expects_ = Expects::kLength;
      return absl::OkStatus();
    case 5:
      return Skip(4);
    default:  // groups, which our schemas don't have, and what has no meaning
      return Malformed();
  }
}

absl::Status ValueCount::OnLength(uint64_t length) {
  if (length > levels_.back().end - at_) return Malformed();
  if (field_ == nullptr || field_->type() == FieldDescriptor::TYPE_STRING ||
      field_->type() == FieldDescriptor::TYPE_BYTES) {
    return Skip(length);
  }
  if (field_->type() != FieldDescriptor::TYPE_MESSAGE) {
    SA_RETURN_IF_ERROR(Count(length / PackedSize(*field_)));
    return Skip(length);
  }
  if (levels_.size() > kMaxLevels) return Malformed();
  levels_.push_back({field_->message_type(), at_ + length});
  expects_ = Expects::kTag;
  return absl::OkStatus();
}

absl::Status ValueCount::Skip(uint64_t size) {
  if (size > levels_.back().end - at_) return Malformed();
  skip_ = size;
  expects_ = size > 0 ? Expects::kBytes : Expects::kTag;
  return absl::OkStatus();
}

absl::Status ValueCount::Count(uint64_t values) {
  if (values > static_cast<uint64_t>(kMaxValues - count_)) {
    return absl::InvalidArgumentError(
        absl::StrCat("the message holds more than ", kMaxValues, " values"));
  }
  count_ += static_cast<int>(values);
  return absl::OkStatus();
}

void ValueCount::LeaveEnded() {
  while (levels_.back().end == at_) levels_.pop_back();
}

}  // namespace staraction::gateway
