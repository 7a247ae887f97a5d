#include "common/resource/field_path.h"

#include "absl/strings/str_split.h"

namespace staraction {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;

std::vector<const FieldDescriptor*> ResolvePath(const Descriptor& root, const std::string& path) {
  std::vector<const FieldDescriptor*> fields;
  const Descriptor* type = &root;
  for (const std::string& name : std::vector<std::string>(absl::StrSplit(path, '.'))) {
    const FieldDescriptor* field = type == nullptr ? nullptr : type->FindFieldByName(name);
    if (field == nullptr) return {};
    fields.push_back(field);
    type = field->is_repeated() ? nullptr : field->message_type();
  }
  return fields;
}

}  // namespace staraction
