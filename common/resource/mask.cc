#include "common/resource/mask.h"

#include <google/protobuf/util/field_mask_util.h>
#include <google/protobuf/util/message_differencer.h>

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
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
using google::protobuf::util::FieldMaskUtil;
using google::protobuf::util::MessageDifferencer;

using FieldPath = std::vector<const FieldDescriptor*>;

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

// Moves fields from a patch, which it uses up, into a resource of the same type.
class Updater {
 public:
  explicit Updater(const Descriptor& type) : root_(FieldNameOf(type)) {}

  // Every field of `to` becomes that of `from`.
  void ReplaceAll(Message* from, Message* to, const std::string& path);
  void ReplacePopulated(Message* from, Message* to);
  // The field at the end of a path.
  void ReplacePath(Message* from, Message* to, const FieldPath& fields);

  const std::string& root() const { return root_; }
  const std::vector<Violation>& violations() const { return violations_; }

 private:
  void ReplaceField(Message* from, Message* to, const FieldDescriptor* field, Named named,
                    const std::string& path);
  void MoveField(Message* from, Message* to, const FieldDescriptor* field, const std::string& path);

  void Immutable(const std::string& path) {
    violations_.push_back({path, "another value came; this field cannot change after creation",
                           "作成後に変更できない項目です。元の値のままにしてください"});
  }

  const std::string root_;
  std::vector<Violation> violations_;
};

void Updater::ReplaceAll(Message* from, Message* to, const std::string& path) {
  for (int i = 0; i < from->GetDescriptor()->field_count(); ++i) {
    ReplaceField(from, to, from->GetDescriptor()->field(i), Named::kNo, path);
  }
}

void Updater::ReplacePopulated(Message* from, Message* to) {
  std::vector<const FieldDescriptor*> fields;
  from->GetReflection()->ListFields(*from, &fields);
  for (const FieldDescriptor* field : fields) ReplaceField(from, to, field, Named::kNo, root_);
}

void Updater::ReplacePath(Message* from, Message* to, const FieldPath& fields) {
  const FieldPath holders(fields.begin(), fields.end() - 1);
  const FieldDescriptor* last = fields.back();
  std::string path = root_;
  const Message* source = from;
  const Message* target = to;
  bool immutable = false;
  bool sent = true;
  for (const FieldDescriptor* holder : holders) {
    if (HasBehavior(*holder, google::api::OUTPUT_ONLY)) return;
    immutable |= HasBehavior(*holder, google::api::IMMUTABLE);
    sent = sent && Has(*source, holder);
    source = &source->GetReflection()->GetMessage(*source, holder);
    target = &target->GetReflection()->GetMessage(*target, holder);
    absl::StrAppend(&path, ".", holder->name());
  }
  if (immutable) {
    if (!Equal(*source, *target, last)) Immutable(absl::StrCat(path, ".", last->name()));
    return;
  }
  // Clearing what isn't there must not create the messages around it.
  if (!Has(*source, last) && !Has(*target, last)) return;
  const std::unique_ptr<Message> nothing(source->New());
  for (const FieldDescriptor* holder : holders) {
    to = to->GetReflection()->MutableMessage(to, holder);
    if (sent) from = from->GetReflection()->MutableMessage(from, holder);
  }
  ReplaceField(sent ? from : nothing.get(), to, last, Named::kYes, path);
}

void Updater::ReplaceField(Message* from, Message* to, const FieldDescriptor* field, Named named,
                           const std::string& path) {
  if (HasBehavior(*field, google::api::OUTPUT_ONLY) ||
      HasBehavior(*field, google::api::IDENTIFIER)) {
    return;
  }
  // The etag is a condition of the update and not part of what is stored.
  if (path == root_ && field->name() == "etag") return;
  const std::string at = absl::StrCat(path, ".", field->name());
  if (HasBehavior(*field, google::api::IMMUTABLE)) {
    const bool sent = named == Named::kYes || Has(*from, field);
    if (sent && !Equal(*from, *to, field)) Immutable(at);
    return;
  }
  MoveField(from, to, field, at);
}

void Updater::MoveField(Message* from, Message* to, const FieldDescriptor* field,
                        const std::string& path) {
  const Reflection* reflection = to->GetReflection();
  if (!Has(*from, field)) return reflection->ClearField(to, field);
  if (field->message_type() != nullptr && !field->is_repeated() && Has(*to, field)) {
    // Field by field, so that what the server keeps inside stays.
    return ReplaceAll(reflection->MutableMessage(from, field),
                      reflection->MutableMessage(to, field), path);
  }
  // A swap with an empty field is a move. What a oneof held before would come back with it.
  const auto* oneof = field->real_containing_oneof();
  oneof == nullptr ? reflection->ClearField(to, field) : reflection->ClearOneof(to, oneof);
  reflection->SwapFields(from, to, {field});
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
  const std::unique_ptr<Message> moved(patch.New());
  moved->CopyFrom(patch);
  ClearOutputOnly(moved.get());
  const std::unique_ptr<Message> result(resource->New());
  result->CopyFrom(*resource);
  Updater updater(type);
  if (mask.paths().empty()) {
    updater.ReplacePopulated(moved.get(), result.get());
  } else if (mask.paths(0) == "*") {
    updater.ReplaceAll(moved.get(), result.get(), updater.root());
  } else {
    // Without paths that repeat or lie inside one another: each value can be moved once.
    FieldMask distinct;
    FieldMaskUtil::ToCanonicalForm(mask, &distinct);
    for (const std::string& path : distinct.paths()) {
      updater.ReplacePath(moved.get(), result.get(), ResolvePath(type, path));
    }
  }
  if (!updater.violations().empty()) return InvalidFields(updater.violations());
  resource->GetReflection()->Swap(resource, result.get());
  return absl::OkStatus();
}

}  // namespace staraction
