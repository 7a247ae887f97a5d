#include "services/asset/domain/column_kind.h"

#include <memory>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/base/date.h"
#include "common/base/text.h"
#include "common/table/cells.h"
#include "google/type/date.pb.h"
#include "staraction/common/v1/limits.pb.h"

namespace staraction::asset::domain {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

constexpr size_t kDefaultLength = 1000;
constexpr double kWideCharacters = 28;
constexpr int kShortText = 100;

const common::v1::FieldLimits& LimitsOf(const FieldDescriptor& field) {
  return field.options().GetExtension(common::v1::limits);
}

size_t LengthOf(const FieldDescriptor& field) {
  const auto& limits = LimitsOf(field);
  return limits.has_max_length() ? static_cast<size_t>(limits.max_length()) : kDefaultLength;
}

Column Base(const std::string& field) {
  Column column;
  column.field = field;
  return column;
}

bool SameText(const std::string& stored, const std::string& read) {
  return NormalizeName(stored) == NormalizeName(read);
}

std::optional<int64_t> CountOf(const Message& message, const FieldDescriptor& field) {
  const auto* reflection = message.GetReflection();
  if (field.cpp_type() == FieldDescriptor::CPPTYPE_INT32) {
    const int32_t value = reflection->GetInt32(message, &field);
    return value == 0 ? std::nullopt : std::optional<int64_t>(value);
  }
  if (!reflection->HasField(message, &field)) return std::nullopt;
  return reflection->GetInt64(message, &field);
}

void SetCount(Message& message, const FieldDescriptor& field, std::optional<int64_t> count) {
  const auto* reflection = message.GetReflection();
  if (!count) return reflection->ClearField(&message, &field);
  if (field.cpp_type() == FieldDescriptor::CPPTYPE_INT32) {
    return reflection->SetInt32(&message, &field, static_cast<int32_t>(*count));
  }
  reflection->SetInt64(&message, &field, *count);
}

}  // namespace

Column TextColumn(const Descriptor& type, const std::string& name) {
  Column column = Base(name);
  const FieldDescriptor* field = type.FindFieldByName(name);
  const size_t limit = LengthOf(*field);
  const bool lines = LimitsOf(*field).format() == common::v1::TEXT_FORMAT_MULTILINE;
  column.wrap = limit > kShortText;
  if (column.wrap) column.width = kWideCharacters;
  column.read = [field, limit, lines](std::string_view cell,
                                      Message& message) -> std::optional<Problem> {
    auto text = ParseText(cell, limit, lines);
    if (!text.ok()) return text.problem();
    const auto* reflection = message.GetReflection();
    const std::string stored = reflection->GetString(message, field);
    const bool same = lines ? stored == *text : SameText(stored, *text);
    if (!same) reflection->SetString(&message, field, *text);
    return std::nullopt;
  };
  column.write = [field](const Message& message) {
    return message.GetReflection()->GetString(message, field);
  };
  return column;
}

Column DateColumn(const Descriptor& type, const std::string& name, bool keep) {
  Column column = Base(name);
  column.type = Column::Type::kDate;
  const FieldDescriptor* field = type.FindFieldByName(name);
  column.read = [field, keep](std::string_view cell, Message& message) -> std::optional<Problem> {
    const auto* reflection = message.GetReflection();
    if (NormalizeCode(cell).empty()) {
      if (!keep) reflection->ClearField(&message, field);
      return std::nullopt;
    }
    const auto day = ParseDate(cell);
    if (!day.ok()) return day.problem();
    reflection->MutableMessage(&message, field)->CopyFrom(ToProtoDate(*day));
    return std::nullopt;
  };
  column.write = [field](const Message& message) -> std::string {
    const auto* reflection = message.GetReflection();
    if (!reflection->HasField(message, field)) return "";
    const auto day = FromProtoDate(
        static_cast<const google::type::Date&>(reflection->GetMessage(message, field)));
    return day ? FormatIsoDate(*day) : "";
  };
  return column;
}

Column CountColumn(const Descriptor& type, const std::string& name) {
  Column column = Base(name);
  column.type = Column::Type::kNumber;
  column.width = 8;
  const FieldDescriptor* field = type.FindFieldByName(name);
  column.read = [field](std::string_view cell, Message& message) -> std::optional<Problem> {
    const auto count = ParseCount(cell, LimitsOf(*field).maximum());
    if (!count.ok()) return count.problem();
    SetCount(message, *field, *count);
    return std::nullopt;
  };
  column.write = [field](const Message& message) -> std::string {
    const auto count = CountOf(message, *field);
    return count ? absl::StrCat(*count) : "";
  };
  return column;
}

Column MarkColumn(const Descriptor& type, const std::string& name) {
  Column column = Base(name);
  column.width = 8;
  column.choices = {"○"};
  const FieldDescriptor* field = type.FindFieldByName(name);
  column.read = [field](std::string_view cell, Message& message) -> std::optional<Problem> {
    const auto mark = ParseMark(cell);
    if (!mark.ok()) return mark.problem();
    message.GetReflection()->SetBool(&message, field, *mark);
    return std::nullopt;
  };
  column.write = [field](const Message& message) -> std::string {
    return message.GetReflection()->GetBool(message, field) ? "○" : "";
  };
  return column;
}

Column CodeColumn(const Descriptor& type, const std::string& name, Words words) {
  Column column = Base(name);
  column.required = true;
  column.noted = true;
  column.width = 16;
  column.choices = words.labels();
  const FieldDescriptor* field = type.FindFieldByName(name);
  const auto shared = std::make_shared<const Words>(std::move(words));
  column.read = [field, shared](std::string_view cell, Message& message) -> std::optional<Problem> {
    const std::string code = shared->CodeOf(cell, false);
    if (code.empty()) {
      return Problem{std::string(cell), absl::StrCat("want one of ", shared->JoinedLabels()),
                     absl::StrCat(shared->JoinedLabels(), " のいずれかを入力してください")};
    }
    message.GetReflection()->SetString(&message, field, code);
    return std::nullopt;
  };
  column.write = [field, shared](const Message& message) {
    const std::string code = message.GetReflection()->GetString(message, field);
    const std::string label = shared->LabelOf(code);
    return label.empty() ? code : label;
  };
  return column;
}

}  // namespace staraction::asset::domain
