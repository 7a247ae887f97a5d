#include "common/content/reflect.h"

#include <vector>

namespace staraction::content {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

void ForEachChild(Message& message, const std::function<void(Message&)>& visit) {
  const auto* reflection = message.GetReflection();
  std::vector<const FieldDescriptor*> fields;
  reflection->ListFields(message, &fields);
  for (const FieldDescriptor* field : fields) {
    if (field->cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE) continue;
    if (!field->is_repeated()) {
      visit(*reflection->MutableMessage(&message, field));
      continue;
    }
    for (int i = 0; i < reflection->FieldSize(message, field); ++i) {
      visit(*reflection->MutableRepeatedMessage(&message, field, i));
    }
  }
}

void ForEachObject(const Message& pack, const std::function<void(const Message&)>& visit) {
  const auto* reflection = pack.GetReflection();
  std::vector<const FieldDescriptor*> fields;
  reflection->ListFields(pack, &fields);
  for (const FieldDescriptor* field : fields) {
    if (!field->is_repeated() || field->cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE ||
        field->message_type()->FindFieldByName("id") == nullptr) {
      continue;
    }
    for (int i = 0; i < reflection->FieldSize(pack, field); ++i) {
      visit(reflection->GetRepeatedMessage(pack, field, i));
    }
  }
}

std::string KeyOf(const Message& message) {
  for (const char* name : {"id", "code"}) {
    const FieldDescriptor* field = message.GetDescriptor()->FindFieldByName(name);
    if (field != nullptr && field->cpp_type() == FieldDescriptor::CPPTYPE_STRING) {
      return message.GetReflection()->GetString(message, field);
    }
  }
  return "";
}

}  // namespace staraction::content
