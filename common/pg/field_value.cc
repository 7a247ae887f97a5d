#include "common/pg/field_value.h"

#include <cstdlib>

#include "absl/strings/numbers.h"
#include "absl/strings/str_format.h"
#include "common/json/message_reader.h"
#include "common/json/message_writer.h"
#include "google/type/date.pb.h"

namespace staraction::pg {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

bool Is(const FieldDescriptor* field, const google::protobuf::Descriptor* type) {
  return !field->is_repeated() && field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE &&
         field->message_type() == type;
}

bool IsTimestamp(const FieldDescriptor* field) {
  return Is(field, google::protobuf::Timestamp::descriptor());
}
bool IsDate(const FieldDescriptor* field) {
  return Is(field, google::type::Date::descriptor());
}
bool IsJson(const FieldDescriptor* field) {
  return field->is_repeated() || field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE;
}

Param DateParam(const google::type::Date& date) {
  return absl::StrFormat("%04d-%02d-%02d", date.year(), date.month(), date.day());
}

void DateFromColumn(const std::string& text, google::type::Date* date) {
  int year = 0, month = 0, day = 0;
  if (text.size() >= 10 && absl::SimpleAtoi(text.substr(0, 4), &year) &&
      absl::SimpleAtoi(text.substr(5, 2), &month) && absl::SimpleAtoi(text.substr(8, 2), &day)) {
    date->set_year(year);
    date->set_month(month);
    date->set_day(day);
  }
}

}  // namespace

bool IsJsonColumn(const FieldDescriptor* field) {
  return IsJson(field) && !IsTimestamp(field) && !IsDate(field);
}

Param FieldToParam(const Message& message, const FieldDescriptor* field) {
  const auto* reflection = message.GetReflection();
  if (field->has_presence() && !reflection->HasField(message, field)) return {};
  if (IsTimestamp(field)) {
    return ToParam(FromTimestamp(
        static_cast<const google::protobuf::Timestamp&>(reflection->GetMessage(message, field))));
  }
  if (IsDate(field)) {
    return DateParam(
        static_cast<const google::type::Date&>(reflection->GetMessage(message, field)));
  }
  if (IsJson(field)) {
    if (field->is_repeated() && reflection->FieldSize(message, field) == 0) return {};
    std::string json;
    AppendJsonValue(message, field, {.schema_names = true}, json);
    return json;
  }
  switch (field->cpp_type()) {
    case FieldDescriptor::CPPTYPE_BOOL:
      return ToParam(reflection->GetBool(message, field));
    case FieldDescriptor::CPPTYPE_INT32:
      return ToParam(static_cast<int64_t>(reflection->GetInt32(message, field)));
    case FieldDescriptor::CPPTYPE_INT64:
      return ToParam(reflection->GetInt64(message, field));
    case FieldDescriptor::CPPTYPE_DOUBLE:
      return absl::StrFormat("%.17g", reflection->GetDouble(message, field));
    case FieldDescriptor::CPPTYPE_ENUM:
      return reflection->GetEnum(message, field)->name();
    case FieldDescriptor::CPPTYPE_STRING:
      return field->type() == FieldDescriptor::TYPE_BYTES
                 ? ToByteaParam(reflection->GetString(message, field))
                 : Param(reflection->GetString(message, field));
    default:
      // Unsigned and float fields are not used in our schemas (API rules); a test walks them.
      std::abort();
  }
}

void FieldFromColumn(const Row& row, const char* column, const FieldDescriptor* field,
                     Message& message) {
  if (row.IsNull(column)) return;
  const auto* reflection = message.GetReflection();
  if (IsTimestamp(field)) {
    *static_cast<google::protobuf::Timestamp*>(reflection->MutableMessage(&message, field)) =
        ToTimestamp(row.Time(column));
    return;
  }
  if (IsDate(field)) {
    DateFromColumn(row.Text(column),
                   static_cast<google::type::Date*>(reflection->MutableMessage(&message, field)));
    return;
  }
  if (IsJson(field)) {
    // What does not fit cannot have been stored by us; the rest of the row still counts.
    (void)MergeStoredJson(row.Text(column), field, &message);
    return;
  }
  switch (field->cpp_type()) {
    case FieldDescriptor::CPPTYPE_BOOL:
      return reflection->SetBool(&message, field, row.Bool(column));
    case FieldDescriptor::CPPTYPE_INT32:
      return reflection->SetInt32(&message, field, static_cast<int32_t>(row.Int(column)));
    case FieldDescriptor::CPPTYPE_INT64:
      return reflection->SetInt64(&message, field, row.Int(column));
    case FieldDescriptor::CPPTYPE_DOUBLE:
      return reflection->SetDouble(&message, field, row.Double(column));
    case FieldDescriptor::CPPTYPE_ENUM:
      if (const auto* value = field->enum_type()->FindValueByName(row.Text(column))) {
        reflection->SetEnum(&message, field, value);
      }
      return;
    case FieldDescriptor::CPPTYPE_STRING:
      return reflection->SetString(
          &message, field,
          field->type() == FieldDescriptor::TYPE_BYTES ? row.Bytes(column) : row.Text(column));
    default:
      std::abort();
  }
}

}  // namespace staraction::pg
