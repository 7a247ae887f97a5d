#include "services/declaration/domain/fields.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/base/text.h"
#include "common/base/timestamp.h"
#include "common/status/errors.h"
#include "services/declaration/domain/day.h"
#include "services/declaration/domain/field_value.h"

namespace staraction::declaration::domain {
namespace {

// The same kinds under the same numbers in both schemas.
content::v1::ClientKind ToContent(engagement::v1::ClientKind kind) {
  return static_cast<content::v1::ClientKind>(static_cast<int>(kind));
}

template <typename List, typename Item>
bool Applies(const List& list, Item item) {
  return list.empty() || std::find(list.begin(), list.end(), item) != list.end();
}

v1::DeclarationField NewField(const content::v1::ProcedureField& from,
                              const content::Library& library) {
  v1::DeclarationField field;
  field.set_code(from.code());
  field.set_label(from.label().ja());
  field.set_kind(from.kind());
  field.set_required(from.required());
  field.set_max_length(from.max_length());
  field.set_source(from.source());
  field.set_hint(from.hint().ja());
  field.set_uncertainty(from.uncertainty().note().ja());
  field.set_code_list(from.code_list());
  if (const auto* list = library.FindCodeList(from.code_list())) {
    for (const auto& entry : list->entries()) {
      auto* choice = field.add_choices();
      choice->set_code(entry.code());
      choice->set_label(entry.label().ja());
    }
  }
  return field;
}

// What the client's master data say for a source; "" if nothing. A path names a field of the
// client, as the content's list "field-sources" does; data that the client doesn't have are asked.
std::string SourceValue(const std::string& source, const engagement::v1::Client& client, int star) {
  if (source == "engagement.star") return absl::StrCat(star);
  if (source == "client.kind") {
    return content::v1::ClientKind_Name(ToContent(client.kind()))
        .substr(sizeof("CLIENT_KIND_") - 1);
  }
  if (source == "client.employee_count") {
    return client.employee_count() == 0 ? "" : absl::StrCat(client.employee_count());
  }
  if (source == "client.capital_yen") {
    return client.has_capital_yen() ? absl::StrCat(client.capital_yen()) : "";
  }
  if (!absl::StartsWith(source, "client.")) return "";
  const auto* field =
      engagement::v1::Client::descriptor()->FindFieldByName(source.substr(sizeof("client.") - 1));
  if (field == nullptr || field->is_repeated() ||
      field->cpp_type() != google::protobuf::FieldDescriptor::CPPTYPE_STRING) {
    return "";
  }
  return client.GetReflection()->GetString(client, field);
}

// What is on record for a source; "" if nothing. A path names a field of the basis.
std::string RecordedValue(const std::string& source, const v1::DeclarationBasis& basis) {
  if (source == "basis.diagnosis_date" && basis.has_diagnosis_date()) {
    return FormatIsoDate(DayOf(basis.diagnosis_date()));
  }
  if (source == "basis.policy_date" && basis.has_policy_date()) {
    return FormatIsoDate(DayOf(basis.policy_date()));
  }
  return source == "basis.publication_place" ? basis.publication_place() : "";
}

void Enter(const std::string& value, const std::string& by, const Act& act,
           v1::DeclarationField& field) {
  field.set_value(value);
  field.set_entered_by(by);
  *field.mutable_enter_time() = ToTimestamp(act.now);
}

v1::DeclarationField* FindField(const std::string& code, v1::Declaration& declaration) {
  for (auto& field : *declaration.mutable_fields()) {
    if (field.code() == code) return &field;
  }
  return nullptr;
}

// The value to be stored, or a violation.
std::optional<std::string> Check(const v1::DeclarationField& field, const std::string& typed,
                                 const content::Library& library,
                                 std::vector<Violation>& violations) {
  const std::string path = absl::StrCat("fields[", field.code(), "]");
  if (field.source() == kAcknowledgementSource) {
    violations.push_back({path, "is filled by :acknowledgeRules only",
                          "社長の確認（acknowledgeRules）で入ります。直接は入力できません"});
    return std::nullopt;
  }
  if (NormalizeName(typed).empty()) {
    if (!field.required()) return "";
    violations.push_back({path, "is required and cannot be emptied", "必須の項目は空にできません"});
    return std::nullopt;
  }
  const Parsed<std::string> value = ReadValue(field, typed, library);
  if (value.ok()) return *value;
  violations.push_back({path, value.problem().en, field.label() + "：" + value.problem().ja});
  return std::nullopt;
}

}  // namespace

std::vector<v1::DeclarationField> NewFields(const content::v1::DeclarationProcedure& procedure,
                                            engagement::v1::ClientKind kind, int star,
                                            const content::Library& library) {
  std::vector<v1::DeclarationField> fields;
  for (const auto& from : procedure.fields()) {
    if (!Applies(from.client_kinds(), static_cast<int>(ToContent(kind)))) continue;
    if (!Applies(from.stars(), star)) continue;
    fields.push_back(NewField(from, library));
  }
  return fields;
}

bool Prefill(const engagement::v1::Client& client, const v1::DeclarationBasis& basis,
             const content::Library& library, const Act& act, v1::Declaration& declaration) {
  bool changed = false;
  for (auto& field : *declaration.mutable_fields()) {
    const bool by_people = field.entered_by() != kFromClient && field.entered_by() != kFromRecords;
    if (!field.value().empty() && by_people) continue;
    const std::string recorded = RecordedValue(field.source(), basis);
    const std::string known =
        recorded.empty() ? SourceValue(field.source(), client, declaration.star()) : recorded;
    if (known.empty()) continue;
    const Parsed<std::string> value = ReadValue(field, known, library);
    if (!value.ok() || *value == field.value()) continue;
    Enter(*value, recorded.empty() ? kFromClient : kFromRecords, act, field);
    changed = true;
  }
  return changed;
}

absl::Status SetFields(const google::protobuf::Map<std::string, std::string>& values,
                       const content::Library& library, const Act& act,
                       v1::Declaration& declaration) {
  std::vector<Violation> violations;
  std::vector<std::pair<v1::DeclarationField*, std::string>> checked;
  // In the order of the screens, so that violations come in it too.
  for (auto& field : *declaration.mutable_fields()) {
    const auto typed = values.find(field.code());
    if (typed == values.end()) continue;
    auto value = Check(field, typed->second, library, violations);
    if (value) checked.emplace_back(&field, *std::move(value));
  }
  for (const auto& [code, typed] : values) {
    if (FindField(code, declaration) != nullptr) continue;
    violations.push_back({absl::StrCat("fields[", code, "]"), "is no field of this declaration",
                          "この宣言にない項目です"});
  }
  if (!violations.empty()) return InvalidFields(violations);
  for (auto& [field, value] : checked) Enter(value, act.actor, act, *field);
  return absl::OkStatus();
}

std::string Codes(const google::protobuf::Map<std::string, std::string>& values) {
  std::vector<std::string> codes;
  for (const auto& [code, value] : values) codes.push_back(code);
  std::sort(codes.begin(), codes.end());  // a map has no order of its own
  return absl::StrJoin(codes, ", ");
}

void SetAcknowledged(const Act& act, v1::Declaration& declaration) {
  for (auto& field : *declaration.mutable_fields()) {
    if (field.source() == kAcknowledgementSource) Enter("true", act.actor, act, field);
  }
}

std::vector<const v1::DeclarationField*> MissingFields(const v1::Declaration& declaration) {
  std::vector<const v1::DeclarationField*> missing;
  for (const auto& field : declaration.fields()) {
    const bool empty = field.value().empty() ||
                       (field.kind() == content::v1::FIELD_KIND_CHECK && field.value() != "true");
    if (field.required() && empty) missing.push_back(&field);
  }
  return missing;
}

}  // namespace staraction::declaration::domain
