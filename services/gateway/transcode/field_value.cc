#include "services/gateway/transcode/field_value.h"

#include <google/protobuf/timestamp.pb.h>
#include <google/protobuf/util/json_util.h>
#include <google/protobuf/util/time_util.h>

#include <cmath>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/numbers.h"
#include "common/json/message_writer.h"

namespace staraction::gateway {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

// SimpleAtoi also takes spaces and a plus sign.
template <typename Integer>
bool ParseInteger(const std::string& text, Integer* value) {
  const size_t sign = !text.empty() && text[0] == '-' ? 1 : 0;
  if (text.size() == sign || text.find_first_not_of("0123456789", sign) != std::string::npos) {
    return false;
  }
  return absl::SimpleAtoi(text, value);
}

bool ParseFinite(const std::string& text, double* value) {
  return text.find_first_not_of("0123456789.eE+-") == std::string::npos &&
         absl::SimpleAtod(text, value) && std::isfinite(*value);
}

std::string WithoutPadding(const std::string& base64) {
  return base64.substr(0, base64.find_last_not_of('=') + 1);
}

// base64 in one of its alphabets, padded or not, but without white space and bits that say nothing.
bool ParseBytes(const std::string& text, std::string* value) {
  const std::string plain = WithoutPadding(text);
  const size_t padding = text.size() - plain.size();
  if (padding > 2 || (padding > 0 && text.size() % 4 != 0)) return false;
  return (absl::WebSafeBase64Unescape(plain, value) &&
          absl::WebSafeBase64Escape(*value) == plain) ||
         (absl::Base64Unescape(plain, value) &&
          WithoutPadding(absl::Base64Escape(*value)) == plain);
}

// Stores with Set… or Add…, which take the same arguments.
class Setter {
 public:
  Setter(Message* message, const FieldDescriptor* field)
      : message_(message), field_(field), reflection_(*message->GetReflection()) {}

  bool Set(std::string text) {
    switch (field_->cpp_type()) {
      case FieldDescriptor::CPPTYPE_INT32:
        return Number<int32_t>(text, &Reflection::SetInt32, &Reflection::AddInt32);
      case FieldDescriptor::CPPTYPE_INT64:
        return Number<int64_t>(text, &Reflection::SetInt64, &Reflection::AddInt64);
      case FieldDescriptor::CPPTYPE_UINT32:
        return Number<uint32_t>(text, &Reflection::SetUInt32, &Reflection::AddUInt32);
      case FieldDescriptor::CPPTYPE_UINT64:
        return Number<uint64_t>(text, &Reflection::SetUInt64, &Reflection::AddUInt64);
      case FieldDescriptor::CPPTYPE_DOUBLE:
      case FieldDescriptor::CPPTYPE_FLOAT:
        return Fraction(text);
      case FieldDescriptor::CPPTYPE_BOOL:
        if (text != "true" && text != "false") return false;
        return Store(text == "true", &Reflection::SetBool, &Reflection::AddBool);
      case FieldDescriptor::CPPTYPE_ENUM: {
        const auto* value = field_->enum_type()->FindValueByName(text);
        return value != nullptr && Store(value, &Reflection::SetEnum, &Reflection::AddEnum);
      }
      case FieldDescriptor::CPPTYPE_STRING: {
        std::string bytes;
        if (field_->type() == FieldDescriptor::TYPE_BYTES) {
          if (!ParseBytes(text, &bytes)) return false;
          text.swap(bytes);
        }
        return Store(std::move(text), &Reflection::SetString, &Reflection::AddString);
      }
      case FieldDescriptor::CPPTYPE_MESSAGE:
        return SetMessage(text);
    }
    return false;
  }

 private:
  using Reflection = google::protobuf::Reflection;

  template <typename Value, typename SetFunction, typename AddFunction>
  bool Store(Value value, SetFunction set, AddFunction add) {
    if (field_->is_repeated()) {
      (reflection_.*add)(message_, field_, std::move(value));
    } else {
      (reflection_.*set)(message_, field_, std::move(value));
    }
    return true;
  }

  template <typename Integer, typename SetFunction, typename AddFunction>
  bool Number(const std::string& text, SetFunction set, AddFunction add) {
    Integer value = 0;
    return ParseInteger(text, &value) && Store(value, set, add);
  }

  bool Fraction(const std::string& text) {
    double value = 0;
    if (!ParseFinite(text, &value)) return false;
    if (field_->cpp_type() == FieldDescriptor::CPPTYPE_DOUBLE) {
      return Store(value, &Reflection::SetDouble, &Reflection::AddDouble);
    }
    const auto narrow = static_cast<float>(value);
    return std::isfinite(narrow) && Store(narrow, &Reflection::SetFloat, &Reflection::AddFloat);
  }

  // Messages that JSON writes as one value: as a string, or for numeric wrappers as it stands.
  bool SetMessage(const std::string& text) {
    const auto& type = *field_->message_type();
    if (type.file()->package() != "google.protobuf") return false;
    const std::string& name = type.name();
    const bool quoted = name == "Timestamp" || name == "Duration" || name == "FieldMask" ||
                        name == "StringValue" || name == "BytesValue";
    const bool bare = (name == "BoolValue" && (text == "true" || text == "false")) ||
                      ((name == "Int32Value" || name == "Int64Value" || name == "UInt32Value" ||
                        name == "UInt64Value" || name == "DoubleValue" || name == "FloatValue") &&
                       text.find_first_not_of("0123456789.eE-") == std::string::npos);
    if (!quoted && !bare) return false;
    Message* value = field_->is_repeated() ? reflection_.AddMessage(message_, field_)
                                           : reflection_.MutableMessage(message_, field_);
    if (auto* time = dynamic_cast<google::protobuf::Timestamp*>(value)) {
      return google::protobuf::util::TimeUtil::FromString(text, time);
    }
    std::string json;
    if (quoted) {
      AppendJsonString(text, json);
    } else {
      json = text;
    }
    return google::protobuf::util::JsonStringToMessage(json, value).ok();
  }

  Message* message_;
  const FieldDescriptor* field_;
  const Reflection& reflection_;
};

// The message that directly holds the path's last field, or null if one on the way isn't set.
const Message* Holder(const FieldPath& path, const Message& message) {
  const Message* at = &message;
  for (size_t i = 0; i + 1 < path.size(); ++i) {
    if (!at->GetReflection()->HasField(*at, path[i])) return nullptr;
    at = &at->GetReflection()->GetMessage(*at, path[i]);
  }
  return at;
}

}  // namespace

bool SetField(const FieldDescriptor* field, std::string text, Message* message) {
  return Setter(message, field).Set(std::move(text));
}

bool SetFieldFromText(const FieldPath& path, const std::string& text, Message* message) {
  for (size_t i = 0; i + 1 < path.size(); ++i) {
    message = message->GetReflection()->MutableMessage(message, path[i]);
  }
  return SetField(path.back(), text, message);
}

std::string GetText(const FieldPath& path, const Message& message) {
  const Message* holder = Holder(path, message);
  return holder == nullptr ? "" : holder->GetReflection()->GetString(*holder, path.back());
}

bool IsSet(const FieldPath& path, const Message& message) {
  const Message* holder = Holder(path, message);
  if (holder == nullptr) return false;
  const auto& reflection = *holder->GetReflection();
  return path.back()->is_repeated() ? reflection.FieldSize(*holder, path.back()) > 0
                                    : reflection.HasField(*holder, path.back());
}

}  // namespace staraction::gateway
