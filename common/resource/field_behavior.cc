#include "common/resource/field_behavior.h"

#include <vector>

namespace staraction {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

bool HasBehavior(const FieldDescriptor& field, google::api::FieldBehavior behavior) {
  const auto& options = field.options();
  for (int i = 0; i < options.ExtensionSize(google::api::field_behavior); ++i) {
    if (options.GetExtension(google::api::field_behavior, i) == behavior) return true;
  }
  return false;
}

void ClearOutputOnly(Message* message) {
  const auto* reflection = message->GetReflection();
  std::vector<const FieldDescriptor*> fields;
  reflection->ListFields(*message, &fields);
  for (const FieldDescriptor* field : fields) {
    if (HasBehavior(*field, google::api::OUTPUT_ONLY)) {
      reflection->ClearField(message, field);
    } else if (field->cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE) {
      continue;
    } else if (field->is_repeated()) {
      for (int i = 0; i < reflection->FieldSize(*message, field); ++i) {
        ClearOutputOnly(reflection->MutableRepeatedMessage(message, field, i));
      }
    } else {
      ClearOutputOnly(reflection->MutableMessage(message, field));
    }
  }
}

}  // namespace staraction
