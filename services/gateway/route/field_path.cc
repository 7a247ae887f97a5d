#include "services/gateway/route/field_path.h"

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

namespace staraction::gateway {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;

const FieldDescriptor* FindField(const Descriptor& message, const std::string& name) {
  if (const FieldDescriptor* field = message.FindFieldByName(name)) return field;
  const FieldDescriptor* field = message.FindFieldByCamelcaseName(name);
  return field != nullptr && field->json_name() == name ? field : nullptr;
}

FieldPath ResolveFieldPath(const Descriptor& message, const std::string& text) {
  FieldPath path;
  const Descriptor* at = &message;
  for (absl::string_view name : absl::StrSplit(text, '.')) {
    const FieldDescriptor* field = at == nullptr ? nullptr : FindField(*at, std::string(name));
    if (field == nullptr) return {};
    path.push_back(field);
    // What comes after a repeated field would need an index, which paths don't have.
    at = field->is_repeated() ? nullptr : field->message_type();
  }
  return path;
}

std::string ShownName(const std::string& name) {
  constexpr size_t kLongest = 100;
  constexpr int kDigits = 4;
  int digits = 0;
  bool first = true;  // of a part between dots
  for (const char c : name) {
    const auto byte = static_cast<unsigned char>(c);
    digits = absl::ascii_isdigit(byte) ? digits + 1 : 0;
    const bool fits = first ? absl::ascii_isalpha(byte) || c == '_'
                            : absl::ascii_isalnum(byte) || c == '_' || c == '.';
    if (!fits || digits > kDigits) return "(unknown)";
    first = c == '.';
  }
  return name.empty() || first || name.size() > kLongest ? "(unknown)" : name;
}

std::string FieldPathName(const FieldPath& path) {
  std::string name;
  for (const FieldDescriptor* field : path) {
    absl::StrAppend(&name, name.empty() ? "" : ".", field->name());
  }
  return name;
}

}  // namespace staraction::gateway
