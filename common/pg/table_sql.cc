#include "common/pg/table_sql.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "common/base/macros.h"
#include "common/json/message_writer.h"
#include "common/pg/field_value.h"
#include "common/resource/name.h"
#include "common/status/errors.h"
#include "google/api/resource.pb.h"

namespace staraction::pg {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

// "clients/{client}/members/{member}" → client, member.
std::vector<std::string> Variables(const std::string& pattern) {
  std::vector<std::string> out;
  for (const absl::string_view part : absl::StrSplit(pattern, '/')) {
    const std::string segment(part);
    if (segment.size() > 2 && segment.front() == '{')
      out.push_back(segment.substr(1, segment.size() - 2));
  }
  return out;
}

// Type "engagement.staraction/Member" is message staraction.engagement.v1.Member.
std::string PatternOfType(const std::string& type) {
  const std::vector<std::string> parts = absl::StrSplit(type, absl::ByAnyChar("./"));
  if (parts.size() != 3) return {};
  const auto* message = google::protobuf::DescriptorPool::generated_pool()->FindMessageTypeByName(
      absl::StrCat("staraction.", parts[0], ".v1.", parts[2]));
  return message == nullptr ? std::string() : ResourcePattern(*message);
}

bool Contains(const std::vector<std::string>& list, const std::string& item) {
  return std::find(list.begin(), list.end(), item) != list.end();
}

}  // namespace

TableLayout::TableLayout(const google::protobuf::Descriptor* type, TableSpec spec)
    : type_(type),
      spec_(std::move(spec)),
      pattern_(ResourcePattern(*type)),
      variables_(Variables(pattern_)) {
  for (const std::string& variable : variables_) key_.push_back(variable + "_id");
  if (spec_.client_fenced && !Contains(key_, "client_id")) stored_.push_back("client_id");
  stored_.insert(stored_.end(), key_.begin(), key_.end());
  for (int i = 0; i < type->field_count(); ++i) {
    const FieldDescriptor* field = type->field(i);
    const std::string name = field->name();
    if (name == "name" || name == "etag" || Contains(spec_.computed, name)) continue;
    Column column = ColumnOf(field);
    if (column.column == "client_id") continue;  // every row has it
    stored_.push_back(column.column);
    json_.resize(stored_.size());
    json_.back() = column.pattern.empty() && IsJsonColumn(field);
    columns_.push_back(std::move(column));
  }
  for (const auto& derived : spec_.derived) stored_.push_back(derived.column);
  json_.resize(stored_.size());
}

TableLayout::Column TableLayout::ColumnOf(const FieldDescriptor* field) const {
  Column column{field, field->name(), ""};
  const std::string type = field->options().GetExtension(google::api::resource_reference).type();
  if (type.empty() || type == "*" || field->is_repeated()) return column;
  const std::string pattern = PatternOfType(type);
  // Whether a name becomes an id must not depend on what happens to be linked in.
  if (pattern.empty()) {
    std::fprintf(stderr,
                 "table %s: the schema of '%s' (field %s) is not linked into this program\n",
                 spec_.table.c_str(), type.c_str(), field->full_name().c_str());
    std::abort();
  }
  std::vector<std::string> variables = Variables(pattern);
  if (variables.empty()) return column;
  variables.pop_back();
  const bool given = std::all_of(variables.begin(), variables.end(), [this](const auto& variable) {
    return variable == "client" || Contains(variables_, variable);
  });
  if (given) {
    column.column = field->name() + "_id";
    column.pattern = pattern;
  }
  return column;
}

std::string TableLayout::SelectList() const {
  return absl::StrJoin(stored_, ", ") + ", version";
}

absl::StatusOr<Param> TableLayout::ReferenceParam(const Column& column, const std::string& name,
                                                  const std::vector<std::string>& own_ids,
                                                  const std::string& client) const {
  if (name.empty()) return Param();
  SA_ASSIGN_OR_RETURN(std::vector<std::string> ids,
                      ParseName(column.pattern, name, column.field->name()));
  const std::vector<std::string> variables = Variables(column.pattern);
  for (size_t i = 0; i + 1 < variables.size(); ++i) {
    const auto own = std::find(variables_.begin(), variables_.end(), variables[i]);
    const std::string& want =
        variables[i] == "client" ? client : own_ids[static_cast<size_t>(own - variables_.begin())];
    if (ids[i] != want) {
      return InvalidField(column.field->name(),
                          absl::StrCat("names a resource of another ", variables[i]),
                          absl::StrCat("別の ", variables[i], " のリソースを指しています"));
    }
  }
  return Param(ids.back());
}

absl::StatusOr<Params> TableLayout::ToParams(const Message& message,
                                             const std::string& client) const {
  const auto* reflection = message.GetReflection();
  const std::string name = reflection->GetString(message, type_->FindFieldByName("name"));
  SA_ASSIGN_OR_RETURN(const std::vector<std::string> ids, ParseName(pattern_, name));
  Params params;
  if (stored_.front() == "client_id" && !Contains(key_, "client_id")) params.push_back(client);
  for (size_t i = 0; i < ids.size(); ++i) {
    if (key_[i] == "client_id" && ids[i] != client) return NotFound(name);
    params.push_back(ids[i]);
  }
  for (const Column& column : columns_) {
    if (column.pattern.empty()) {
      params.push_back(FieldToParam(message, column.field));
    } else {
      SA_ASSIGN_OR_RETURN(
          Param param,
          ReferenceParam(column, reflection->GetString(message, column.field), ids, client));
      params.push_back(std::move(param));
    }
  }
  for (const auto& derived : spec_.derived) params.push_back(derived.value(message));
  return params;
}

void TableLayout::FromRow(const Row& row, Message& message) const {
  const auto* reflection = message.GetReflection();
  std::vector<std::string> own_ids;
  for (const std::string& column : key_) own_ids.push_back(row.Text(column.c_str()));
  reflection->SetString(&message, type_->FindFieldByName("name"), FormatName(pattern_, own_ids));
  if (const auto* client = type_->FindFieldByName("client");
      client != nullptr && spec_.client_fenced) {
    reflection->SetString(&message, client, "clients/" + row.Text("client_id"));
  }
  for (const Column& column : columns_) {
    if (column.pattern.empty()) {
      FieldFromColumn(row, column.column.c_str(), column.field, message);
    } else if (!row.IsNull(column.column.c_str())) {
      // The last variable may have another name than the field ("president" names a member).
      std::vector<std::string> variables = Variables(column.pattern);
      std::vector<std::string> ids;
      for (size_t i = 0; i + 1 < variables.size(); ++i) {
        ids.push_back(row.Text((variables[i] + "_id").c_str()));
      }
      ids.push_back(row.Text(column.column.c_str()));
      reflection->SetString(&message, column.field, FormatName(column.pattern, ids));
    }
  }
}

absl::Status JsonRows::Add(const TableLayout& layout, const Message& message,
                           const std::string& client, std::optional<int64_t> version) {
  SA_ASSIGN_OR_RETURN(const Params values, layout.ToParams(message, client));
  json_ += json_.size() > 1 ? ",{" : "{";
  for (size_t i = 0; i < values.size(); ++i) {
    if (!values[i]) continue;
    absl::StrAppend(&json_, "\"", layout.stored()[i], "\":");
    if (layout.HoldsJson(i)) {
      json_ += *values[i];
    } else {
      AppendJsonString(*values[i], json_);
    }
    json_ += ',';
  }
  absl::StrAppend(&json_, "\"version\":", version.value_or(0), "}");
  return absl::OkStatus();
}

std::string JsonRows::Take() {
  std::string json = std::move(json_) + "]";
  json_ = "[";
  return json;
}

}  // namespace staraction::pg
