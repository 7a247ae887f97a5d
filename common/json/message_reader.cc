#include "common/json/message_reader.h"

#include <simdjson.h>

#include <string>
#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/numbers.h"
#include "common/base/strings.h"
#include "google/protobuf/duration.pb.h"
#include "google/protobuf/timestamp.pb.h"
#include "google/protobuf/util/json_util.h"
#include "google/protobuf/util/time_util.h"

namespace staraction {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;
using google::protobuf::util::TimeUtil;
using Json = simdjson::dom::element;

bool ReadMessage(const Json& json, Message* message);

bool Text(const Json& json, std::string* text) {
  std::string_view view;
  if (json.get(view) != simdjson::SUCCESS) return false;
  text->assign(view);
  return true;
}

// 64-bit numbers are written as strings.
template <typename Integer>
bool Number(const Json& json, Integer* number) {
  std::string text;
  if (Text(json, &text)) return absl::SimpleAtoi(text, number);
  int64_t value = 0;
  if (json.get(value) != simdjson::SUCCESS || !std::in_range<Integer>(value)) return false;
  *number = static_cast<Integer>(value);
  return true;
}

bool Fraction(const Json& json, double* number) {
  std::string text;
  if (Text(json, &text)) return absl::SimpleAtod(text, number);  // "NaN", "Infinity"
  return json.get(*number) == simdjson::SUCCESS;
}

bool ReadWellKnown(const Json& json, Message* message) {
  std::string text;
  if (auto* time = dynamic_cast<google::protobuf::Timestamp*>(message)) {
    return Text(json, &text) && TimeUtil::FromString(text, time);
  }
  if (auto* duration = dynamic_cast<google::protobuf::Duration*>(message)) {
    return Text(json, &text) && TimeUtil::FromString(text, duration);
  }
  google::protobuf::util::JsonParseOptions options;
  options.ignore_unknown_fields = true;
  return google::protobuf::util::JsonStringToMessage(simdjson::minify(json), message, options).ok();
}

// Stores one value: sets a singular field, adds to a repeated one.
class Storer {
 public:
  Storer(const FieldDescriptor* field, Message* message)
      : field_(field), message_(message), reflection_(*message->GetReflection()) {}

  bool Store(const Json& json) {
    switch (field_->cpp_type()) {
      case FieldDescriptor::CPPTYPE_BOOL: {
        bool value = false;
        return json.get(value) == simdjson::SUCCESS &&
               Put(value, &Reflection::SetBool, &Reflection::AddBool);
      }
      case FieldDescriptor::CPPTYPE_INT32:
        return Integer<int32_t>(json, &Reflection::SetInt32, &Reflection::AddInt32);
      case FieldDescriptor::CPPTYPE_UINT32:
        return Integer<uint32_t>(json, &Reflection::SetUInt32, &Reflection::AddUInt32);
      case FieldDescriptor::CPPTYPE_INT64:
        return Integer<int64_t>(json, &Reflection::SetInt64, &Reflection::AddInt64);
      case FieldDescriptor::CPPTYPE_UINT64:
        return Integer<uint64_t>(json, &Reflection::SetUInt64, &Reflection::AddUInt64);
      case FieldDescriptor::CPPTYPE_DOUBLE:
      case FieldDescriptor::CPPTYPE_FLOAT:
        return Decimal(json);
      case FieldDescriptor::CPPTYPE_ENUM:
        return Enum(json);
      case FieldDescriptor::CPPTYPE_STRING:
        return String(json);
      case FieldDescriptor::CPPTYPE_MESSAGE:
        return ReadMessage(json, field_->is_repeated()
                                     ? reflection_.AddMessage(message_, field_)
                                     : reflection_.MutableMessage(message_, field_));
    }
    return false;
  }

 private:
  template <typename Value, typename Set, typename Add>
  bool Put(Value value, Set set, Add add) {
    if (field_->is_repeated()) {
      (reflection_.*add)(message_, field_, std::move(value));
    } else {
      (reflection_.*set)(message_, field_, std::move(value));
    }
    return true;
  }

  template <typename Value, typename Set, typename Add>
  bool Integer(const Json& json, Set set, Add add) {
    Value value = 0;
    return Number(json, &value) && Put(value, set, add);
  }

  bool Decimal(const Json& json) {
    double value = 0;
    if (!Fraction(json, &value)) return false;
    if (field_->cpp_type() == FieldDescriptor::CPPTYPE_DOUBLE) {
      return Put(value, &Reflection::SetDouble, &Reflection::AddDouble);
    }
    return Put(static_cast<float>(value), &Reflection::SetFloat, &Reflection::AddFloat);
  }

  bool Enum(const Json& json) {
    std::string name;
    int32_t number = 0;
    if (Text(json, &name)) {
      const auto* value = field_->enum_type()->FindValueByName(name);
      if (value == nullptr) return true;
      number = value->number();
    } else if (!Number(json, &number)) {
      return false;
    }
    return Put(number, &Reflection::SetEnumValue, &Reflection::AddEnumValue);
  }

  bool String(const Json& json) {
    std::string text;
    if (!Text(json, &text)) return false;
    std::string bytes;
    if (field_->type() == FieldDescriptor::TYPE_BYTES) {
      if (!absl::Base64Unescape(text, &bytes)) return false;
      text.swap(bytes);
    }
    return Put(std::move(text), &Reflection::SetString, &Reflection::AddString);
  }

  const FieldDescriptor* field_;
  Message* message_;
  const Reflection& reflection_;
};

// Keys of our maps are strings: a test over all schemas says so.
bool ReadMap(const Json& json, const FieldDescriptor* field, Message* message) {
  simdjson::dom::object members;
  if (json.get(members) != simdjson::SUCCESS) return false;
  for (const auto member : members) {
    Message* entry = message->GetReflection()->AddMessage(message, field);
    entry->GetReflection()->SetString(entry, field->message_type()->map_key(),
                                      std::string(member.key));
    if (!Storer(field->message_type()->map_value(), entry).Store(member.value)) return false;
  }
  return true;
}

bool ReadField(const Json& json, const FieldDescriptor* field, Message* message) {
  if (json.is_null()) return true;
  if (field->is_map()) return ReadMap(json, field, message);
  Storer storer(field, message);
  if (!field->is_repeated()) return storer.Store(json);
  simdjson::dom::array elements;
  if (json.get(elements) != simdjson::SUCCESS) return false;
  for (const Json element : elements) {
    if (!storer.Store(element)) return false;
  }
  return true;
}

const FieldDescriptor* FindField(const Descriptor* type, std::string_view key) {
  const std::string name(key);
  const FieldDescriptor* field = type->FindFieldByName(name);
  return field != nullptr ? field : type->FindFieldByCamelcaseName(name);
}

bool ReadMessage(const Json& json, Message* message) {
  const Descriptor* type = message->GetDescriptor();
  if (type->well_known_type() != Descriptor::WELLKNOWNTYPE_UNSPECIFIED) {
    return ReadWellKnown(json, message);
  }
  simdjson::dom::object members;
  if (json.get(members) != simdjson::SUCCESS) return false;
  for (const auto member : members) {
    const FieldDescriptor* field = FindField(type, member.key);
    if (field != nullptr && !ReadField(member.value, field, message)) return false;
  }
  return true;
}

}  // namespace

bool MergeStoredJson(std::string_view json, const FieldDescriptor* field, Message* message) {
  thread_local simdjson::dom::parser parser;
  Json root;
  if (parser.parse(json.data(), json.size()).get(root) != simdjson::SUCCESS) return false;
  return ReadField(root, field, message);
}

}  // namespace staraction
