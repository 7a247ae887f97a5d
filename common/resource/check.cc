#include "common/resource/check.h"

#include <google/protobuf/field_mask.pb.h>
#include <google/protobuf/text_format.h>

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/resource/mask.h"
#include "common/resource/text.h"
#include "common/resource/value.h"
#include "common/status/errors.h"
#include "google/api/resource.pb.h"
#include "staraction/common/v1/limits.pb.h"

namespace staraction {
namespace {

using common::v1::FieldLimits;
using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::FieldMask;
using google::protobuf::Message;
using google::protobuf::Reflection;
using google::protobuf::TextFormat;

constexpr int kMaxItems = 100;
// A request is not walked further after this many violations: each costs memory.
constexpr size_t kEnoughViolations = 1000;

// What an update's mask says of the fields of one message: paths relative to it.
using MaskPaths = std::vector<std::string>;

const FieldLimits& LimitsOf(const FieldDescriptor& field) {
  return field.options().GetExtension(common::v1::limits);
}

bool Names(const MaskPaths& mask, const FieldDescriptor& field) {
  for (const std::string& path : mask) {
    if (path == field.name()) return true;
  }
  return false;
}

// The mask's paths that lead into the message field.
MaskPaths Below(const MaskPaths& mask, const FieldDescriptor& field) {
  MaskPaths below;
  for (const std::string& path : mask) {
    const std::string prefix = field.name() + ".";
    if (absl::StartsWith(path, prefix)) below.push_back(path.substr(prefix.size()));
  }
  return below;
}

// The update_mask of a message that has such a field; "*" stands for all fields.
std::optional<FieldMask> UpdateMask(const Message& message) {
  const FieldDescriptor* field = message.GetDescriptor()->FindFieldByName("update_mask");
  if (field == nullptr || field->is_repeated() || field->message_type() == nullptr ||
      field->message_type()->full_name() != "google.protobuf.FieldMask") {
    return std::nullopt;
  }
  // By its bytes, since a message built at run time has a FieldMask of its own class.
  FieldMask mask;
  mask.ParsePartialFromString(
      message.GetReflection()->GetMessage(message, field).SerializeAsString());
  return mask;
}

bool IsResource(const FieldDescriptor& field) {
  return !field.is_repeated() && field.message_type() != nullptr &&
         field.message_type()->options().HasExtension(google::api::resource);
}

// A map entry's key as a path shows it: "ja" with quotes, 7 or true without.
std::string KeyText(const Message& entry, const FieldDescriptor& key) {
  if (key.cpp_type() == FieldDescriptor::CPPTYPE_STRING) {
    return absl::StrCat("\"", Shorten(entry.GetReflection()->GetString(entry, &key)), "\"");
  }
  std::string text;
  TextFormat::PrintFieldValueToString(entry, &key, -1, &text);
  return text;
}

class Checker {
 public:
  // `mask`: null if the message must be complete, else it is a patch.
  void CheckMessage(const Message& message, const std::string& path, const MaskPaths* mask,
                    int depth);

  const std::vector<Violation>& violations() const { return violations_; }

 private:
  void CheckUpdate(const Message& request, const std::string& path, const FieldMask& mask,
                   const FieldDescriptor& field, int depth);
  void CheckField(const Message& message, const FieldDescriptor& field, const std::string& path,
                  const MaskPaths* mask, int depth);
  void CheckRepeated(const Message& message, const FieldDescriptor& field, const std::string& path,
                     int depth);
  void CheckMap(const Message& message, const FieldDescriptor& field, const std::string& path,
                int depth);
  bool CheckCount(int size, const FieldLimits& limits, const std::string& path);
  void CheckValue(const Message& message, const FieldDescriptor& field, int index,
                  const FieldLimits& limits, const std::string& path, int depth);

  void Missing(const std::string& path) {
    violations_.push_back({path, "nothing came; a value is required", "必須項目に値がありません"});
  }
  void Add(const std::string& path, const ValueProblem& problem) {
    const auto& [came, wanted] = problem;
    violations_.push_back(
        {path, absl::StrCat(came.en, " came; wanted ", wanted.en),
         absl::StrCat(came.ja, "は使えません。", wanted.ja, "を指定してください")});
  }
  bool Enough() const { return violations_.size() >= kEnoughViolations; }

  std::vector<Violation> violations_;
};

// Whether a REQUIRED field has come.
bool IsThere(const Message& message, const FieldDescriptor& field) {
  const Reflection* reflection = message.GetReflection();
  if (field.is_repeated()) return reflection->FieldSize(message, &field) > 0;
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING:
      return !reflection->GetString(message, &field).empty();
    case FieldDescriptor::CPPTYPE_ENUM:
      return reflection->GetEnumValue(message, &field) != 0;
    case FieldDescriptor::CPPTYPE_MESSAGE:
      return reflection->HasField(message, &field);
    case FieldDescriptor::CPPTYPE_BOOL:
      return !field.has_presence() || reflection->HasField(message, &field);
    default: {
      const FieldLimits& limits = LimitsOf(field);
      const bool zero_counts =
          !field.has_presence() && limits.has_minimum() && limits.minimum() <= 0;
      return zero_counts || reflection->HasField(message, &field);
    }
  }
}

void Checker::CheckMessage(const Message& message, const std::string& path, const MaskPaths* mask,
                           int depth) {
  if (depth > kMaxDepth) {
    return Add(path, {{"a deeper message", "これより深い入れ子"},
                      {absl::StrCat("at most ", kMaxDepth, " messages inside one another"),
                       absl::StrCat(kMaxDepth, "段までの入れ子")}});
  }
  if (IsValueMessage(*message.GetDescriptor())) {
    if (const auto problem = CheckValueMessage(message)) Add(path, *problem);
    return;
  }
  const Descriptor& type = *message.GetDescriptor();
  const std::optional<FieldMask> update = UpdateMask(message);
  for (int i = 0; i < type.field_count(); ++i) {
    const FieldDescriptor& field = *type.field(i);
    if (Enough()) return;
    if (HasBehavior(field, google::api::OUTPUT_ONLY)) continue;
    const std::string below = path.empty() ? field.name() : absl::StrCat(path, ".", field.name());
    if (update && IsResource(field)) {
      CheckUpdate(message, below, *update, field, depth);
    } else {
      CheckField(message, field, below, mask, depth);
    }
  }
}

void Checker::CheckUpdate(const Message& request, const std::string& path, const FieldMask& mask,
                          const FieldDescriptor& field, int depth) {
  if (!request.GetReflection()->HasField(request, &field)) return Missing(path);
  const size_t dot = path.rfind('.');
  const std::string prefix = dot == std::string::npos ? "" : path.substr(0, dot + 1);
  if (const auto problem = MaskProblem(mask, *field.message_type(), prefix + "update_mask")) {
    violations_.push_back(*problem);
  }
  const Message& resource = request.GetReflection()->GetMessage(request, &field);
  const MaskPaths paths(mask.paths().begin(), mask.paths().end());
  const bool all = paths.size() == 1 && paths[0] == "*";
  CheckMessage(resource, path, all ? nullptr : &paths, depth + 1);
  for (int i = 0; i < field.message_type()->field_count(); ++i) {
    const FieldDescriptor& part = *field.message_type()->field(i);
    const bool complained = all && HasBehavior(part, google::api::REQUIRED);
    if (HasBehavior(part, google::api::IDENTIFIER) && !IsThere(resource, part) && !complained) {
      Missing(absl::StrCat(path, ".", part.name()));
    }
  }
}

void Checker::CheckField(const Message& message, const FieldDescriptor& field,
                         const std::string& path, const MaskPaths* mask, int depth) {
  const bool wanted = mask == nullptr || Names(*mask, field);
  if (wanted && HasBehavior(field, google::api::REQUIRED) && !IsThere(message, field)) {
    return Missing(path);
  }
  if (field.is_map()) return CheckMap(message, field, path, depth);
  if (field.is_repeated()) return CheckRepeated(message, field, path, depth);
  if (mask != nullptr && !wanted && field.message_type() != nullptr) {
    const MaskPaths below = Below(*mask, field);
    // A path into a message that didn't come clears the field there: the default instance tells
    // whether that field is required.
    if (!below.empty()) {
      return CheckMessage(message.GetReflection()->GetMessage(message, &field), path, &below,
                          depth + 1);
    }
  }
  if (message.GetReflection()->HasField(message, &field)) {
    CheckValue(message, field, -1, LimitsOf(field), path, depth);
  }
}

void Checker::CheckRepeated(const Message& message, const FieldDescriptor& field,
                            const std::string& path, int depth) {
  const FieldLimits& limits = LimitsOf(field);
  const int size = message.GetReflection()->FieldSize(message, &field);
  if (!CheckCount(size, limits, path)) return;
  for (int i = 0; i < size && !Enough(); ++i) {
    CheckValue(message, field, i, limits, absl::StrCat(path, "[", i, "]"), depth);
  }
}

void Checker::CheckMap(const Message& message, const FieldDescriptor& field,
                       const std::string& path, int depth) {
  const FieldLimits& limits = LimitsOf(field);
  const Reflection* reflection = message.GetReflection();
  const int size = reflection->FieldSize(message, &field);
  if (!CheckCount(size, limits, path)) return;
  const FieldDescriptor& key = *field.message_type()->map_key();
  for (int i = 0; i < size && !Enough(); ++i) {
    const Message& entry = reflection->GetRepeatedMessage(message, &field, i);
    const std::string at = absl::StrCat(path, "[", KeyText(entry, key), "]");
    CheckValue(entry, key, -1, FieldLimits::default_instance(), at + ".key", depth);
    CheckValue(entry, *field.message_type()->map_value(), -1, limits, at, depth);
  }
}

// A longer list is not looked into.
bool Checker::CheckCount(int size, const FieldLimits& limits, const std::string& path) {
  const int most = limits.has_max_items() ? limits.max_items() : kMaxItems;
  if (size <= most) return true;
  Add(path, {{absl::StrCat(size, " elements"), absl::StrCat(size, "件")},
             {absl::StrCat("at most ", most, " elements"), absl::StrCat(most, "件以内")}});
  return false;
}

void Checker::CheckValue(const Message& message, const FieldDescriptor& field, int index,
                         const FieldLimits& limits, const std::string& path, int depth) {
  if (field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
    const Reflection* reflection = message.GetReflection();
    return CheckMessage(index >= 0 ? reflection->GetRepeatedMessage(message, &field, index)
                                   : reflection->GetMessage(message, &field),
                        path, nullptr, depth + 1);
  }
  if (const auto problem = CheckScalar(message, field, index, limits)) Add(path, *problem);
}

}  // namespace

absl::Status CheckRequest(const Message& request) {
  Checker checker;
  checker.CheckMessage(request, "", nullptr, 1);
  if (checker.violations().empty()) return absl::OkStatus();
  return InvalidFields(checker.violations());
}

}  // namespace staraction
