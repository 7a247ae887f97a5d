#include <regex>
#include <set>

#include "absl/strings/str_cat.h"
#include "absl/time/civil_time.h"
#include "common/content/check.h"
#include "common/content/reflect.h"
#include "common/content/wording.h"
#include "google/api/field_behavior.pb.h"
#include "google/type/date.pb.h"
#include "staraction/content/v1/annotations.pb.h"

namespace staraction::content {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

namespace {

bool IsRequired(const FieldDescriptor& field) {
  const auto& options = field.options();
  for (int i = 0; i < options.ExtensionSize(google::api::field_behavior); ++i) {
    if (options.GetExtension(google::api::field_behavior, i) == google::api::REQUIRED) return true;
  }
  return false;
}

// Ids become segments of resource names; fact codes and field sources are dotted paths.
const char* PatternOf(const Message& message, const std::string& field, const Where& where) {
  if (field == "id") {
    return message.GetDescriptor() == v1::FactCode::descriptor()
               ? "[a-z][a-z_]*(\\.[a-z][a-z_]*)+"
               : "[a-z]([a-z0-9-]{0,61}[a-z0-9])?";
  }
  if (field != "code") return nullptr;
  if (where.path.find("code_lists[\"field-sources\"]") == 0) return "[a-z][a-z_]*(\\.[a-z_]+)+";
  return "[A-Z][A-Z0-9_]{0,62}";
}

void CheckKey(const CheckContext& context, const Message& message, const FieldDescriptor& field,
              const Where& where) {
  const char* pattern = PatternOf(message, field.name(), where);
  if (pattern == nullptr) return;
  const std::string value = message.GetReflection()->GetString(message, &field);
  if (!value.empty() && !std::regex_match(value, std::regex(pattern))) {
    context.Report(where, absl::StrCat("\"", value, "\" doesn't match ", pattern));
  }
}

void CheckWording(const CheckContext& context, const std::string& text, const Where& where,
                  bool whole_file) {
  for (const auto* check : context.catalogue.List<v1::WordingCheck>()) {
    for (const WordingFinding& finding : FindForbiddenWording(text, *check)) {
      Where place = where;
      if (whole_file) place.line = finding.line;
      context.Report(place, absl::StrCat("forbidden wording \"", finding.word, "\" (", check->id(),
                                         ") in: ", finding.sentence));
    }
  }
}

void CheckMarkdown(const CheckContext& context, const v1::Markdown& markdown, const Where& where) {
  const auto file = context.pack.markdown.find(markdown.file());
  if (file == context.pack.markdown.end()) {
    context.Report(where, absl::StrCat("there is no file \"", markdown.file(), "\" in the pack"));
    return;
  }
  if (file->second.find_first_not_of(" \t\r\n") == std::string::npos) {
    context.Report(where, absl::StrCat("the file \"", markdown.file(), "\" is empty"));
  }
  CheckWording(context, file->second,
               {absl::StrCat(context.pack.folder, "/", markdown.file()), 0, "", nullptr}, true);
}

void CheckDate(const CheckContext& context, const google::type::Date& date, const Where& where) {
  const absl::CivilDay day(date.year(), date.month(), date.day());
  if (date.year() < 2000 || date.year() > 2200 || day.month() != date.month() ||
      day.day() != date.day()) {
    context.Report(where, absl::StrCat("no day of the calendar: ", date.year(), "-", date.month(),
                                       "-", date.day()));
  }
}

void CheckString(const CheckContext& context, const Message& message, const FieldDescriptor& field,
                 const Where& where) {
  const std::string value = message.GetReflection()->GetString(message, &field);
  // The blocks of a document template have keys of their own, and every text may be read.
  if (message.GetDescriptor()->file()->package() != v1::Pack::descriptor()->file()->package()) {
    return CheckWording(context, value, where, false);
  }
  CheckKey(context, message, field, where);
  const std::string& kind = field.options().GetExtension(v1::refers_to);
  if (!kind.empty() && !value.empty() && context.Resolve(kind, value) == nullptr) {
    context.Report(where, absl::StrCat("there is no ", kind, " \"", value, "\""));
  }
  // A text that is only spaces shows people nothing.
  if (!value.empty() && value.find_first_not_of(" \t\n") == std::string::npos) {
    context.Report(where, "only spaces");
  }
  if (message.GetDescriptor() == v1::Text::descriptor()) {
    CheckWording(context, value, where, false);
  }
}

// Whether the field is there at all; a scalar that is required is never its zero value.
bool IsPresent(const Message& message, const FieldDescriptor& field) {
  return field.is_repeated() ? message.GetReflection()->FieldSize(message, &field) > 0
                             : message.GetReflection()->HasField(message, &field);
}

void CheckChildren(const CheckContext& context, const Message& message,
                   const FieldDescriptor& field, const Where& where) {
  const auto* reflection = message.GetReflection();
  if (!field.is_repeated()) {
    CheckShape(context, reflection->GetMessage(message, &field), where.At(message, field.name()));
    return;
  }
  std::set<std::string> keys;
  for (int i = 0; i < reflection->FieldSize(message, &field); ++i) {
    const Message& child = reflection->GetRepeatedMessage(message, &field, i);
    const Where place = where.At(message, field.name(), i);
    const std::string key = KeyOf(child);
    if (!key.empty() && !keys.insert(key).second) context.Report(place, "stands here twice");
    CheckShape(context, child, place);
  }
}

}  // namespace

void CheckShape(const CheckContext& context, const Message& message, const Where& where) {
  if (const auto* date = dynamic_cast<const google::type::Date*>(&message)) {
    return CheckDate(context, *date, where);
  }
  const auto* descriptor = message.GetDescriptor();
  for (int i = 0; i < descriptor->field_count(); ++i) {
    const FieldDescriptor& field = *descriptor->field(i);
    if (!IsPresent(message, field)) {
      if (IsRequired(field)) context.Report(where, absl::StrCat(field.name(), " is missing"));
      continue;
    }
    if (field.options().GetExtension(v1::loader_only)) {
      context.Report(where.At(message, field.name()), "is filled by the loader only");
    } else if (field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
      CheckChildren(context, message, field, where);
    } else if (field.cpp_type() == FieldDescriptor::CPPTYPE_STRING && !field.is_repeated()) {
      CheckString(context, message, field, where.At(message, field.name()));
    }
  }
  if (const auto* markdown = dynamic_cast<const v1::Markdown*>(&message)) {
    if (!markdown->file().empty()) CheckMarkdown(context, *markdown, where);
  }
}

}  // namespace staraction::content
