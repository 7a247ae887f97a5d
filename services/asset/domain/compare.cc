#include "services/asset/domain/compare.h"

#include <map>
#include <set>
#include <string>

#include "absl/strings/str_cat.h"
#include "common/base/date.h"
#include "google/type/date.pb.h"

namespace staraction::asset::domain {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

const std::set<std::string>& Ignored() {
  static const auto* ignored = new std::set<std::string>{"name",
                                                         "etag",
                                                         "create_time",
                                                         "update_time",
                                                         "dismissed_hints",
                                                         "stages",
                                                         "raise_reason",
                                                         "importance_rank",
                                                         "importance_level",
                                                         "medium_display_name",
                                                         "review_overdue",
                                                         "confidentiality_value",
                                                         "integrity_value",
                                                         "availability_value",
                                                         "template_entry"};
  return *ignored;
}

std::string StageText(const v1::StageUse& use) {
  if (use.absent()) return absl::StrCat(use.stage(), ": -");
  return absl::StrCat(use.stage(), ": ", use.place(), " / ", use.who(), " / ", use.how());
}

std::string OneText(const Message& message, const FieldDescriptor& field) {
  const auto* reflection = message.GetReflection();
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING:
      return reflection->GetString(message, &field);
    case FieldDescriptor::CPPTYPE_BOOL:
      return reflection->GetBool(message, &field) ? "true" : "";
    case FieldDescriptor::CPPTYPE_INT32:
      return absl::StrCat(reflection->GetInt32(message, &field));
    case FieldDescriptor::CPPTYPE_INT64:
      return reflection->HasField(message, &field)
                 ? absl::StrCat(reflection->GetInt64(message, &field))
                 : "";
    default: {
      const auto day = FromProtoDate(
          static_cast<const google::type::Date&>(reflection->GetMessage(message, &field)));
      return reflection->HasField(message, &field) && day ? FormatIsoDate(*day) : "";
    }
  }
}

std::string TextOf(const v1::Asset& asset, const FieldDescriptor& field) {
  if (!field.is_repeated()) return OneText(asset, field);
  std::string text;
  if (field.cpp_type() == FieldDescriptor::CPPTYPE_STRING) {
    std::set<std::string> all(asset.flags().begin(), asset.flags().end());
    for (const std::string& each : all) absl::StrAppend(&text, text.empty() ? "" : ", ", each);
    return text;
  }
  std::map<std::string, std::string> uses;
  for (const auto& use : asset.profile()) uses[use.stage()] = StageText(use);
  for (const auto& [stage, use] : uses) absl::StrAppend(&text, text.empty() ? "" : "\n", use);
  return text;
}

v1::AssetChange Change(v1::AssetChange::Kind kind, const v1::Asset& asset) {
  v1::AssetChange change;
  change.set_kind(kind);
  change.set_asset(asset.name());
  change.set_display_name(asset.display_name());
  return change;
}

}  // namespace

std::vector<v1::FieldChange> FieldChanges(const v1::Asset& before, const v1::Asset& after) {
  std::vector<v1::FieldChange> changes;
  const auto* type = v1::Asset::descriptor();
  for (int i = 0; i < type->field_count(); ++i) {
    const FieldDescriptor& field = *type->field(i);
    if (Ignored().count(field.name()) > 0) continue;
    const std::string was = TextOf(before, field);
    const std::string is = TextOf(after, field);
    if (was == is) continue;
    v1::FieldChange& change = changes.emplace_back();
    change.set_field(field.name());
    change.set_before(was);
    change.set_after(is);
  }
  return changes;
}

std::vector<v1::AssetChange> Changes(const std::vector<v1::Asset>& before,
                                     const std::vector<v1::Asset>& after) {
  std::map<std::string, const v1::Asset*> old;
  for (const v1::Asset& asset : before) old[asset.name()] = &asset;
  std::vector<v1::AssetChange> changes;
  for (const v1::Asset& asset : after) {
    const auto found = old.find(asset.name());
    if (found == old.end()) {
      changes.push_back(Change(v1::AssetChange::KIND_ADDED, asset));
      continue;
    }
    std::vector<v1::FieldChange> fields = FieldChanges(*found->second, asset);
    old.erase(found);
    if (fields.empty()) continue;
    v1::AssetChange& change = changes.emplace_back(Change(v1::AssetChange::KIND_CHANGED, asset));
    for (v1::FieldChange& field : fields) *change.add_fields() = std::move(field);
  }
  for (const v1::Asset& asset : before) {
    if (old.count(asset.name()) == 0) continue;
    changes.push_back(Change(v1::AssetChange::KIND_REMOVED, asset));
  }
  return changes;
}

}  // namespace staraction::asset::domain
