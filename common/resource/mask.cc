#include "common/resource/mask.h"

#include <google/protobuf/util/message_differencer.h>

#include <cctype>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "common/base/macros.h"
#include "common/resource/field_behavior.h"
#include "common/resource/field_path.h"
#include "common/resource/text.h"

namespace staraction {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::FieldMask;
using google::protobuf::Message;
using google::protobuf::Reflection;
using google::protobuf::util::MessageDifferencer;

// A field that a path names must be given up even when the patch has no value for it; a field
// that only lies inside what is replaced is left out by callers who read and write back.
enum class Named { kYes, kNo };

// "OfficeAddress" → "office_address": by the API's rules the request's field of that resource.
std::string FieldNameOf(const Descriptor& type) {
  std::string name;
  for (const char c : type.name()) {
    const auto byte = static_cast<unsigned char>(c);
    if (absl::ascii_isupper(byte) && !name.empty()) name += '_';
    name += absl::ascii_tolower(byte);
  }
  return name;
}

bool Equal(const Message& a, const Message& b, const FieldDescriptor* field) {
  MessageDifferencer differencer;
  return differencer.CompareWithFields(a, b, {field}, {field});
}

bool Has(const Message& message, const FieldDescriptor* field) {
  const Reflection* reflection = message.GetReflection();
  return field->is_repeated() ? reflection->FieldSize(message, field) > 0
                              : reflection->HasField(message, field);
}

class Updater {
 public:
  explicit Updater(const Descriptor& type) : root_(FieldNameOf(type)) {}

  // Every field of `to` becomes that of `from`.
  void ReplaceAll(const Message& from, Message* to, const std::string& path) {
    for (int i = 0; i < from.GetDescriptor()->field_count(); ++i) {
      ReplaceField(from, to, from.GetDescriptor()->field(i), Named::kNo, path);
    }
  }

  void ReplacePopulated(const Message& from, Message* to) {
    for (int i = 0; i < from.GetDescriptor()->field_count(); ++i) {
      const FieldDescriptor* field = from.GetDescriptor()->field(i);
      if (Has(from, field)) ReplaceField(from, to, field, Named::kNo, root_);
    }
  }

  // The field at the end of the path.
  void ReplacePath(const Message& from, Message* to,
                   const std::vector<const FieldDescriptor*>& fields);

  const std::string& root() const { return root_; }
  const std::vector<Violation>& violations() const { return violations_; }

 private:
  void ReplaceField(const Message& from, Message* to, const FieldDescriptor* field, Named named,
                    const std::string& path);
  void CopyField(const Message& from, Message* to, const FieldDescriptor* field,
                 const std::string& path);

  void Immutable(const std::string& path) {
    violations_.push_back({path, "another value came; this field cannot change after creation",
                           "作成後に変更できない項目です。元の値のままにしてください"});
  }

  const std::string root_;
  std::vector<Violation> violations_;
};

void Updater::ReplacePath(const Message& from, Message* to,
                          const std::vector<const FieldDescriptor*>& fields) {
  std::string path = root_;
  const Message* source = &from;
  const Message* target = to;
  std::vector<const FieldDescriptor*> holders(fields.begin(), fields.end() - 1);
  bool immutable = false;
  for (const FieldDescriptor* holder : holders) {
    if (HasBehavior(*holder, google::api::OUTPUT_ONLY)) return;
    immutable |= HasBehavior(*holder, google::api::IMMUTABLE);
    source = &source->GetReflection()->GetMessage(*source, holder);
    target = &target->GetReflection()->GetMessage(*target, holder);
    path += "." + holder->name();
  }
  const FieldDescriptor* last = fields.back();
  if (immutable && !Equal(*source, *target, last)) {
    return Immutable(absl::StrCat(path, ".", last->name()));
  }
  // Clearing what isn't there must not create the messages around it.
  if (!Has(*source, last) && !Has(*target, last)) return;
  for (const FieldDescriptor* holder : holders)
    to = to->GetReflection()->MutableMessage(to, holder);
  ReplaceField(*source, to, last, Named::kYes, path);
}

void Updater::ReplaceField(const Message& from, Message* to, const FieldDescriptor* field,
                           Named named, const std::string& path) {
  if (HasBehavior(*field, google::api::OUTPUT_ONLY) ||
      HasBehavior(*field, google::api::IDENTIFIER)) {
    return;
  }
  // The etag is a condition of the update and not part of what is stored.
  if (path == root_ && field->name() == "etag") return;
  const std::string at = absl::StrCat(path, ".", field->name());
  if (HasBehavior(*field, google::api::IMMUTABLE)) {
    const bool sent = named == Named::kYes || Has(from, field);
    if (sent && !Equal(from, *to, field)) Immutable(at);
    return;
  }
  CopyField(from, to, field, at);
}

void Updater::CopyField(const Message& from, Message* to, const FieldDescriptor* field,
                        const std::string& path) {
  const Reflection* reflection = from.GetReflection();
  if (!Has(from, field)) return reflection->ClearField(to, field);
  if (field->message_type() != nullptr && !field->is_repeated()) {
    // Field by field, so that what the server keeps inside stays.
    return ReplaceAll(reflection->GetMessage(from, field), reflection->MutableMessage(to, field),
                      path);
  }
  // There is no "copy one field" in the reflection of this version: a message with that field
  // alone is merged into one without it.
  std::unique_ptr<Message> only(from.New());
  only->CopyFrom(from);
  std::vector<const FieldDescriptor*> present;
  only->GetReflection()->ListFields(*only, &present);
  for (const FieldDescriptor* other : present) {
    if (other != field) reflection->ClearField(only.get(), other);
  }
  only->DiscardUnknownFields();
  ClearOutputOnly(only.get());
  reflection->ClearField(to, field);
  to->MergeFrom(*only);
}

}  // namespace

std::optional<Violation> MaskProblem(const FieldMask& mask, const Descriptor& resource,
                                     const std::string& field) {
  for (const std::string& path : mask.paths()) {
    if (path == "*" ? mask.paths_size() == 1 : !ResolvePath(resource, path).empty()) continue;
    const std::string shown = Shorten(path);
    return Violation{
        field,
        absl::StrCat("path '", shown, "' came; wanted paths of fields of ", resource.name(),
                     ", not into repeated fields, or '*' alone"),
        absl::StrCat("パス「", shown, "」は使えません。", resource.name(),
                     " の項目のパス（繰り返し項目の中は不可）、または「*」だけを指定してください")};
  }
  return std::nullopt;
}

absl::Status ApplyUpdate(const FieldMask& mask, const Message& patch, Message* resource) {
  const Descriptor& type = *patch.GetDescriptor();
  if (const auto problem = MaskProblem(mask, type, "update_mask")) return InvalidFields({*problem});
  std::unique_ptr<Message> result(resource->New());
  result->CopyFrom(*resource);
  Updater updater(type);
  if (mask.paths().empty()) {
    updater.ReplacePopulated(patch, result.get());
  } else if (mask.paths(0) == "*") {
    updater.ReplaceAll(patch, result.get(), updater.root());
  } else {
    for (const std::string& path : mask.paths()) {
      updater.ReplacePath(patch, result.get(), ResolvePath(type, path));
    }
  }
  if (!updater.violations().empty()) return InvalidFields(updater.violations());
  resource->GetReflection()->Swap(resource, result.get());
  return absl::OkStatus();
}

}  // namespace staraction
