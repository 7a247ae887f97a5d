#include "services/gateway/transcode/field_value.h"

#include <google/protobuf/timestamp.pb.h>
#include <google/protobuf/util/json_util.h>
#include <google/protobuf/util/time_util.h>

#include <cmath>
#include <limits>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/strip.h"
#include "common/json/message_writer.h"

namespace staraction::gateway {
namespace {

using google::protobuf::Descriptor;
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

// base64 in one of its alphabets, padded or not, but without white space and bits that say nothing.
bool ParseBytes(absl::string_view text, std::string* value) {
  const absl::string_view plain = text.substr(0, text.find_last_not_of('=') + 1);
  const size_t padding = text.size() - plain.size();
  if (padding > 2 || (padding > 0 && text.size() % 4 != 0)) return false;
  const bool web = plain.find_first_of("-_") != absl::string_view::npos;
  if (!(web ? absl::WebSafeBase64Unescape(plain, value) : absl::Base64Unescape(plain, value))) {
    return false;
  }
  if ((value->size() * 8 + 5) / 6 != plain.size()) return false;
  // The last bytes give the last digits again.
  const absl::string_view tail = absl::string_view(*value).substr(value->size() / 3 * 3);
  const std::string digits = web ? absl::WebSafeBase64Escape(tail) : absl::Base64Escape(tail);
  return absl::EndsWith(plain, absl::StripSuffix(absl::StripSuffix(digits, "="), "="));
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

  bool SetMessage(const std::string& text) {
    const auto& type = *field_->message_type();
    if (!HasTextForm(*field_)) return false;
    Message* value = MutableValue(field_, message_);
    if (IsWrapper(type)) return Setter(value, type.field(0)).Set(text);
    if (auto* time = dynamic_cast<google::protobuf::Timestamp*>(value)) {
      return google::protobuf::util::TimeUtil::FromString(text, time);
    }
    std::string json;
    AppendJsonString(text, json);
    return google::protobuf::util::JsonStringToMessage(json, value).ok();
  }

  Message* message_;
  const FieldDescriptor* field_;
  const Reflection& reflection_;
};

constexpr int kMostNames = 20;

// All but the one that says nothing.
std::string NamesOf(const google::protobuf::EnumDescriptor& type) {
  std::vector<std::string> names;
  for (int i = 0; i < type.value_count(); ++i) {
    if (type.value(i)->number() == 0) continue;
    if (static_cast<int>(names.size()) == kMostNames) {
      names.emplace_back("…");
      break;
    }
    names.push_back(type.value(i)->name());
  }
  return absl::StrJoin(names, ", ");
}

// What a text looks like that fits; empty where any does, or none.
struct Wanted {
  std::string en, ja;
};

template <typename Integer>
Wanted WholeNumber() {
  constexpr auto kLeast = std::numeric_limits<Integer>::min();
  constexpr auto kMost = std::numeric_limits<Integer>::max();
  return {absl::StrCat("a whole number from ", kLeast, " to ", kMost),
          absl::StrCat(kLeast, " から ", kMost, " までの整数")};
}

Wanted WantedFor(const FieldDescriptor& field) {
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_INT32:
      return WholeNumber<int32_t>();
    case FieldDescriptor::CPPTYPE_INT64:
      return WholeNumber<int64_t>();
    case FieldDescriptor::CPPTYPE_UINT32:
      return WholeNumber<uint32_t>();
    case FieldDescriptor::CPPTYPE_UINT64:
      return WholeNumber<uint64_t>();
    case FieldDescriptor::CPPTYPE_DOUBLE:
    case FieldDescriptor::CPPTYPE_FLOAT:
      return {"a finite number", "有限の数値"};
    case FieldDescriptor::CPPTYPE_BOOL:
      return {"true or false", "true または false"};
    case FieldDescriptor::CPPTYPE_ENUM: {
      const std::string names = NamesOf(*field.enum_type());
      return {absl::StrCat("one of ", names), absl::StrCat(names, " のいずれか")};
    }
    case FieldDescriptor::CPPTYPE_STRING:
      return field.type() == FieldDescriptor::TYPE_BYTES ? Wanted{"base64", "base64"} : Wanted();
    case FieldDescriptor::CPPTYPE_MESSAGE:
      break;
  }
  const Descriptor& type = *field.message_type();
  switch (type.well_known_type()) {
    case Descriptor::WELLKNOWNTYPE_TIMESTAMP:
      return {"a time such as 2026-04-01T09:00:00+09:00", "2026-04-01T09:00:00+09:00 の形の日時"};
    case Descriptor::WELLKNOWNTYPE_DURATION:
      return {"seconds such as 1.5s", "1.5s の形の秒数"};
    case Descriptor::WELLKNOWNTYPE_FIELDMASK:
      return {"names of fields, separated by commas", "コンマで区切ったフィールド名"};
    default:
      if (IsWrapper(type)) return WantedFor(*type.field(0));
      return {absl::StrCat("a ", type.full_name()), type.full_name() + " "};
  }
}

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

Violation Misfit(const std::string& path, const FieldDescriptor& field) {
  const Wanted wanted = WantedFor(field);
  if (wanted.en.empty()) return {path, "the value doesn't fit", "値が正しくありません"};
  return {path, absl::StrCat("the value doesn't fit: ", wanted.en, " wanted"),
          absl::StrCat("値が正しくありません。", wanted.ja, "を指定してください")};
}

bool HasTextForm(const FieldDescriptor& field) {
  if (field.is_map()) return false;
  const Descriptor* type = field.message_type();
  return type == nullptr || IsWrapper(*type) || IsWrittenAsText(*type);
}

bool IsWrapper(const Descriptor& type) {
  return type.well_known_type() >= Descriptor::WELLKNOWNTYPE_DOUBLEVALUE &&
         type.well_known_type() <= Descriptor::WELLKNOWNTYPE_BOOLVALUE;
}

bool IsWrittenAsText(const Descriptor& type) {
  return type.well_known_type() == Descriptor::WELLKNOWNTYPE_TIMESTAMP ||
         type.well_known_type() == Descriptor::WELLKNOWNTYPE_DURATION ||
         type.well_known_type() == Descriptor::WELLKNOWNTYPE_FIELDMASK;
}

Message* MutableValue(const FieldDescriptor* field, Message* message) {
  const auto& reflection = *message->GetReflection();
  return field->is_repeated() ? reflection.AddMessage(message, field)
                              : reflection.MutableMessage(message, field);
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
