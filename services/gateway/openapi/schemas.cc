#include "services/gateway/openapi/schemas.h"

#include <google/api/field_behavior.pb.h>
#include <google/api/httpbody.pb.h>
#include <google/api/resource.pb.h>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "staraction/common/v1/limits.pb.h"

namespace staraction::gateway {
namespace {

using common::v1::FieldLimits;
using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;

// As the server layer enforces them where the schema says nothing.
constexpr int kTextLength = 1000;
constexpr int kTokenLength = 16'000;
constexpr int kListItems = 100;
constexpr char kSomeId[] = "01900000-0000-7000-8000-000000000001";

// "staraction.engagement.v1.Client" → "engagement.v1.Client".
std::string NameOf(const Descriptor& message) {
  constexpr std::string_view kOurs = "staraction.";
  const std::string& name = message.full_name();
  return name.rfind(kOurs, 0) == 0 ? name.substr(kOurs.size()) : name;
}

// Types whose JSON is not that of their fields.
Json WellKnown(const Descriptor& message) {
  switch (message.well_known_type()) {
    case Descriptor::WELLKNOWNTYPE_TIMESTAMP:
      return {{"type", "string"}, {"format", "date-time"}};
    case Descriptor::WELLKNOWNTYPE_DURATION:
      return {{"type", "string"}, {"pattern", R"(^-?\d+(\.\d{1,9})?s$)"}};
    case Descriptor::WELLKNOWNTYPE_FIELDMASK:
      return {{"type", "string"}, {"description", "Names of fields, by comma."}};
    case Descriptor::WELLKNOWNTYPE_STRUCT:
    case Descriptor::WELLKNOWNTYPE_ANY:
      return {{"type", "object"}};
    default:
      return nullptr;
  }
}

const char* PatternOf(common::v1::TextFormat format) {
  switch (format) {
    case common::v1::TEXT_FORMAT_UUID:
      return "^([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})?$";
    case common::v1::TEXT_FORMAT_RESOURCE_NAME:
      return "^([A-Za-z0-9._~-]+(/[A-Za-z0-9._~-]+)*)?$";
    default:
      return nullptr;
  }
}

const char* FormatOf(common::v1::TextFormat format) {
  switch (format) {
    case common::v1::TEXT_FORMAT_EMAIL:
      return "email";
    case common::v1::TEXT_FORMAT_URL:
      return "uri";
    default:
      return nullptr;
  }
}

// A name that fits the pattern of the resource that the field is or refers to; empty: it is none.
std::string ExampleOf(const FieldDescriptor& field) {
  const auto& own = field.containing_type()->options().GetExtension(google::api::resource);
  if (!Behaves(field, google::api::IDENTIFIER) || own.pattern_size() == 0) return "";
  std::string name;
  bool variable = false;
  for (const char c : own.pattern(0)) {
    if (c == '{') {
      variable = true;
      name += kSomeId;
    } else if (c == '}') {
      variable = false;
    } else if (!variable) {
      name += c;
    }
  }
  return name;
}

void AddTextLimits(const FieldDescriptor& field, const FieldLimits& limits, Json& schema) {
  if (Behaves(field, google::api::OUTPUT_ONLY) || Behaves(field, google::api::IDENTIFIER)) return;
  const bool token = field.name() == "page_token";
  schema["maxLength"] = limits.has_max_length() ? limits.max_length()
                        : token                 ? kTokenLength
                                                : kTextLength;
  if (const char* pattern = PatternOf(limits.format())) schema["pattern"] = pattern;
  if (const char* format = FormatOf(limits.format())) schema["format"] = format;
}

Json Integer(const FieldLimits& limits, const char* format) {
  Json schema = {{"type", "integer"}, {"format", format}};
  if (limits.has_minimum()) schema["minimum"] = limits.minimum();
  if (limits.has_maximum()) schema["maximum"] = limits.maximum();
  return schema;
}

Json Enum(const google::protobuf::EnumDescriptor& type) {
  Json values = Json::array();
  for (int i = 0; i < type.value_count(); ++i) values.push_back(type.value(i)->name());
  return {{"type", "string"}, {"enum", std::move(values)}};
}

}  // namespace

bool Behaves(const FieldDescriptor& field, int behavior) {
  const auto& options = field.options();
  for (int i = 0; i < options.ExtensionSize(google::api::field_behavior); ++i) {
    if (options.GetExtension(google::api::field_behavior, i) == behavior) return true;
  }
  return false;
}

Json Schemas::Refer(const Descriptor& message) {
  if (Json known = WellKnown(message); !known.is_null()) return known;
  const std::string name = NameOf(message);
  if (!components_.contains(name)) {
    components_[name] = nullptr;  // so that a message that holds itself comes to an end
    components_[name] = Object(message, {});
  }
  return {{"$ref", "#/components/schemas/" + name}};
}

Json Schemas::Without(const Descriptor& message, const std::set<const FieldDescriptor*>& fields) {
  return Object(message, fields);
}

Json Schemas::Scalar(const FieldDescriptor& field) {
  const FieldLimits& limits = field.options().GetExtension(common::v1::limits);
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_BOOL:
      return {{"type", "boolean"}};
    case FieldDescriptor::CPPTYPE_INT32:
    case FieldDescriptor::CPPTYPE_UINT32:
      return Integer(limits, "int32");
    case FieldDescriptor::CPPTYPE_INT64:
    case FieldDescriptor::CPPTYPE_UINT64:
      return {{"type", "string"}, {"format", "int64"}, {"pattern", R"(^-?\d+$)"}};
    case FieldDescriptor::CPPTYPE_FLOAT:
    case FieldDescriptor::CPPTYPE_DOUBLE:
      return {{"type", "number"}, {"format", "double"}};
    case FieldDescriptor::CPPTYPE_ENUM:
      return Enum(*field.enum_type());
    case FieldDescriptor::CPPTYPE_MESSAGE:
      return Refer(*field.message_type());
    case FieldDescriptor::CPPTYPE_STRING:
      break;
  }
  Json schema = {{"type", "string"}};
  if (field.type() == FieldDescriptor::TYPE_BYTES) {
    schema["contentEncoding"] = "base64";
  } else {
    AddTextLimits(field, limits, schema);
  }
  return schema;
}

Json Schemas::Value(const FieldDescriptor& field) {
  const FieldLimits& limits = field.options().GetExtension(common::v1::limits);
  if (field.is_map()) {
    return {{"type", "object"},
            {"additionalProperties", Scalar(*field.message_type()->map_value())}};
  }
  if (!field.is_repeated()) return Scalar(field);
  Json list = {{"type", "array"}, {"items", Scalar(field)}};
  if (!Behaves(field, google::api::OUTPUT_ONLY)) {
    list["maxItems"] = limits.has_max_items() ? limits.max_items() : kListItems;
  }
  return list;
}

std::string Schemas::Describe(const FieldDescriptor& field) {
  std::string text = comments_.Of(field);
  if (field.cpp_type() != FieldDescriptor::CPPTYPE_ENUM) return text;
  for (int i = 0; i < field.enum_type()->value_count(); ++i) {
    const auto& value = *field.enum_type()->value(i);
    absl::StrAppend(&text, i == 0 ? "\n\n" : "\n", "- ", value.name(), ": ", comments_.Of(value));
  }
  return text;
}

Json Schemas::Property(const FieldDescriptor& field) {
  Json schema = Value(field);
  if (const std::string text = Describe(field); !text.empty()) schema["description"] = text;
  if (Behaves(field, google::api::OUTPUT_ONLY)) schema["readOnly"] = true;
  if (Behaves(field, google::api::INPUT_ONLY)) schema["writeOnly"] = true;
  if (const std::string name = ExampleOf(field); !name.empty()) {
    schema["examples"] = Json::array({name});
  }
  return schema;
}

Json Schemas::Object(const Descriptor& message, const std::set<const FieldDescriptor*>& without) {
  Json properties = Json::object(), required = Json::array();
  for (int i = 0; i < message.field_count(); ++i) {
    const FieldDescriptor& field = *message.field(i);
    if (without.count(&field) > 0) continue;
    properties[field.json_name()] = Property(field);
    if (Behaves(field, google::api::REQUIRED)) required.push_back(field.json_name());
  }
  Json schema = {{"type", "object"}};
  if (const std::string text = comments_.Of(message); !text.empty()) schema["description"] = text;
  schema["properties"] = std::move(properties);
  if (!required.empty()) schema["required"] = std::move(required);
  return schema;
}

}  // namespace staraction::gateway
