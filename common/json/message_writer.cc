#include "common/json/message_writer.h"

#include <charconv>
#include <cmath>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "google/protobuf/duration.pb.h"
#include "google/protobuf/field_mask.pb.h"
#include "google/protobuf/timestamp.pb.h"
#include "google/protobuf/util/field_mask_util.h"
#include "google/protobuf/util/json_util.h"
#include "google/protobuf/util/time_util.h"

namespace staraction {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;
using google::protobuf::util::TimeUtil;

void AppendQuoted(std::string_view plain, std::string& out) {
  out += '"';
  out += plain;
  out += '"';
}

void AppendDouble(double value, std::string& out) {
  if (std::isnan(value)) return AppendQuoted("NaN", out);
  if (std::isinf(value)) return AppendQuoted(value < 0 ? "-Infinity" : "Infinity", out);
  char text[32];
  const auto end = std::to_chars(text, text + sizeof(text), value).ptr;
  out.append(text, end);
}

void AppendFloat(float value, std::string& out) {
  if (!std::isfinite(value)) return AppendDouble(value, out);
  char text[32];
  const auto end = std::to_chars(text, text + sizeof(text), value).ptr;
  out.append(text, end);
}

void AppendEnum(const google::protobuf::EnumDescriptor* type, int number, std::string& out) {
  const auto* value = type->FindValueByNumber(number);
  if (value == nullptr) {
    absl::StrAppend(&out, number);
  } else {
    AppendQuoted(value->name(), out);
  }
}

// Types whose mapping is not that of their fields.
bool AppendWellKnown(const Message& message, const JsonStyle& style, std::string& out) {
  const Descriptor* type = message.GetDescriptor();
  if (type == google::protobuf::Timestamp::descriptor()) {
    AppendQuoted(TimeUtil::ToString(static_cast<const google::protobuf::Timestamp&>(message)), out);
    return true;
  }
  if (type == google::protobuf::Duration::descriptor()) {
    AppendQuoted(TimeUtil::ToString(static_cast<const google::protobuf::Duration&>(message)), out);
    return true;
  }
  // google.protobuf.Struct, Any and the like are rare: protobuf's own printer does them.
  if (type->well_known_type() == Descriptor::WELLKNOWNTYPE_UNSPECIFIED) return false;
  google::protobuf::util::JsonPrintOptions options;
  options.preserve_proto_field_names = style.schema_names;
  options.always_print_primitive_fields = style.with_defaults;
  std::string json;
  if (!google::protobuf::util::MessageToJsonString(message, &json, options).ok()) json = "null";
  out += json;
  return true;
}

// One element of a repeated field, or (index -1) the value of a singular one.
class Element {
 private:
  template <typename Get, typename GetRepeated>
  auto Value(Get get, GetRepeated get_repeated) const {
    return index_ < 0 ? (reflection_.*get)(message_, field_)
                      : (reflection_.*get_repeated)(message_, field_, index_);
  }

 public:
  Element(const Message& message, const FieldDescriptor* field, int index)
      : message_(message), field_(field), index_(index), reflection_(*message.GetReflection()) {}

  void Append(const JsonStyle& style, std::string& out) const {
    switch (field_->cpp_type()) {
      case FieldDescriptor::CPPTYPE_BOOL:
        out += Value(&Reflection::GetBool, &Reflection::GetRepeatedBool) ? "true" : "false";
        return;
      case FieldDescriptor::CPPTYPE_INT32:
        absl::StrAppend(&out, Value(&Reflection::GetInt32, &Reflection::GetRepeatedInt32));
        return;
      case FieldDescriptor::CPPTYPE_UINT32:
        absl::StrAppend(&out, Value(&Reflection::GetUInt32, &Reflection::GetRepeatedUInt32));
        return;
      case FieldDescriptor::CPPTYPE_INT64:  // beyond what JavaScript's numbers hold
        return AppendQuoted(
            absl::StrCat(Value(&Reflection::GetInt64, &Reflection::GetRepeatedInt64)), out);
      case FieldDescriptor::CPPTYPE_UINT64:
        return AppendQuoted(
            absl::StrCat(Value(&Reflection::GetUInt64, &Reflection::GetRepeatedUInt64)), out);
      case FieldDescriptor::CPPTYPE_DOUBLE:
        return AppendDouble(Value(&Reflection::GetDouble, &Reflection::GetRepeatedDouble), out);
      case FieldDescriptor::CPPTYPE_FLOAT:
        return AppendFloat(Value(&Reflection::GetFloat, &Reflection::GetRepeatedFloat), out);
      case FieldDescriptor::CPPTYPE_ENUM:
        return AppendEnum(field_->enum_type(),
                          Value(&Reflection::GetEnumValue, &Reflection::GetRepeatedEnumValue), out);
      case FieldDescriptor::CPPTYPE_STRING:
        return AppendText(out);
      case FieldDescriptor::CPPTYPE_MESSAGE:
        return AppendJson(index_ < 0 ? reflection_.GetMessage(message_, field_)
                                     : reflection_.GetRepeatedMessage(message_, field_, index_),
                          style, out);
    }
  }

 private:
  void AppendText(std::string& out) const {
    std::string scratch;
    const std::string& text =
        index_ < 0 ? reflection_.GetStringReference(message_, field_, &scratch)
                   : reflection_.GetRepeatedStringReference(message_, field_, index_, &scratch);
    if (field_->type() == FieldDescriptor::TYPE_BYTES) {
      return AppendQuoted(absl::Base64Escape(text), out);
    }
    AppendJsonString(text, out);
  }

  const Message& message_;
  const FieldDescriptor* field_;
  const int index_;
  const Reflection& reflection_;
};

void AppendMap(const Message& message, const FieldDescriptor* field, const JsonStyle& style,
               std::string& out) {
  const auto* reflection = message.GetReflection();
  const Descriptor* entry_type = field->message_type();
  out += '{';
  for (int i = 0; i < reflection->FieldSize(message, field); ++i) {
    const Message& entry = reflection->GetRepeatedMessage(message, field, i);
    if (i > 0) out += ',';
    // Keys of our maps are strings: a test over all schemas says so.
    Element(entry, entry_type->map_key(), -1).Append(style, out);
    out += ':';
    Element(entry, entry_type->map_value(), -1).Append(style, out);
  }
  out += '}';
}

void AppendMember(const Message& message, const FieldDescriptor* field, const JsonStyle& style,
                  std::string& out) {
  if (out.back() != '{') out += ',';
  AppendQuoted(style.schema_names ? field->name() : field->json_name(), out);
  out += ':';
  AppendJsonValue(message, field, style, out);
}

}  // namespace

void AppendJsonString(std::string_view text, std::string& out) {
  static constexpr char kHex[] = "0123456789abcdef";
  out += '"';
  size_t written = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte >= 0x20 && byte != '"' && byte != '\\') continue;
    out.append(text, written, i - written);
    written = i + 1;
    out += '\\';
    if (byte >= 0x20) {
      out += text[i];
    } else {
      out += "u00";
      out += kHex[byte >> 4];
      out += kHex[byte & 0x0F];
    }
  }
  out.append(text, written);
  out += '"';
}

void AppendJsonValue(const Message& message, const FieldDescriptor* field, const JsonStyle& style,
                     std::string& out) {
  if (field->is_map()) return AppendMap(message, field, style, out);
  if (!field->is_repeated()) return Element(message, field, -1).Append(style, out);
  out += '[';
  for (int i = 0; i < message.GetReflection()->FieldSize(message, field); ++i) {
    if (i > 0) out += ',';
    Element(message, field, i).Append(style, out);
  }
  out += ']';
}

void AppendJson(const Message& message, const JsonStyle& style, std::string& out) {
  if (AppendWellKnown(message, style, out)) return;
  const auto* reflection = message.GetReflection();
  out += '{';
  if (style.with_defaults) {
    const Descriptor* type = message.GetDescriptor();
    for (int i = 0; i < type->field_count(); ++i) {
      const FieldDescriptor* field = type->field(i);
      if (field->has_presence() && !reflection->HasField(message, field)) continue;
      AppendMember(message, field, style, out);
    }
  } else {
    std::vector<const FieldDescriptor*> set;
    reflection->ListFields(message, &set);
    for (const FieldDescriptor* field : set) AppendMember(message, field, style, out);
  }
  out += '}';
}

}  // namespace staraction
