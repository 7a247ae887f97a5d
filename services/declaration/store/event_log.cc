#include "services/declaration/store/event_log.h"

#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "common/base/id.h"
#include "common/base/macros.h"
#include "common/pg/field_value.h"

namespace staraction::declaration {
namespace {

// "clients/{client}/…" → client_id, …
std::vector<std::string> IdColumns(const std::string& pattern) {
  std::vector<std::string> columns;
  for (const absl::string_view part : absl::StrSplit(pattern, '/')) {
    const std::string segment(part);
    if (segment.front() == '{') columns.push_back(segment.substr(1, segment.size() - 2) + "_id");
  }
  return columns;
}

bool HasClient(const std::string& pattern) {
  return pattern.find("{client}") != std::string::npos;
}

}  // namespace

UntypedEventLog::UntypedEventLog(const std::string& table, const std::string& pattern,
                                 const google::protobuf::Descriptor* (*type)())
    : pattern_(pattern),
      type_(type),
      insert_(table + "_append", [this, table] { return InsertSql(table); }),
      select_(table + "_read", [this, table] { return SelectSql(table); }) {}

// Those of a row but organization_id.
std::vector<std::string> UntypedEventLog::Columns() const {
  std::vector<std::string> columns = {"event_id"};
  if (!HasClient(pattern_)) columns.emplace_back("client_id");
  for (std::string& column : IdColumns(pattern_)) columns.push_back(std::move(column));
  for (int i = 0; i < type_()->field_count(); ++i) columns.push_back(type_()->field(i)->name());
  return columns;
}

std::string UntypedEventLog::InsertSql(const std::string& table) const {
  const std::vector<std::string> columns = Columns();
  return absl::StrCat("insert into ", table, " (organization_id, ", absl::StrJoin(columns, ", "),
                      ") select $1, r.", absl::StrJoin(columns, ", r."),
                      " from jsonb_populate_recordset(null::", table, ", $2::jsonb) as r");
}

std::string UntypedEventLog::SelectSql(const std::string& table) const {
  std::string columns;
  for (int i = 0; i < type_()->field_count(); ++i) {
    absl::StrAppend(&columns, i == 0 ? "" : ", ", type_()->field(i)->name());
  }
  std::string where = "organization_id = $1";
  int parameter = 2;
  for (const std::string& column : IdColumns(pattern_)) {
    absl::StrAppend(&where, " and ", column, " = $", parameter++);
  }
  return absl::StrCat("select ", columns, " from ", table, " where ", where, " order by sequence");
}

absl::Status UntypedEventLog::AppendAll(pg::Transaction& tx,
                                        const std::vector<Entry>& entries) const {
  if (entries.empty()) return absl::OkStatus();
  nlohmann::json rows = nlohmann::json::array();
  for (const auto& [name, event] : entries) {
    SA_ASSIGN_OR_RETURN(const std::vector<std::string> ids, ParseName(pattern_, name));
    nlohmann::json& row = rows.emplace_back();
    row["event_id"] = NewId(tx.now());
    if (!HasClient(pattern_)) row["client_id"] = tx.call().client();
    const std::vector<std::string> columns = IdColumns(pattern_);
    for (size_t i = 0; i < ids.size(); ++i) row[columns[i]] = ids[i];
    for (int i = 0; i < type_()->field_count(); ++i) {
      const auto* field = type_()->field(i);
      const pg::Param value = pg::FieldToParam(*event, field);
      if (!value) continue;
      row[field->name()] =
          pg::IsJsonColumn(field) ? nlohmann::json::parse(*value) : nlohmann::json(*value);
    }
  }
  return tx.Exec(insert_, {tx.organization(), rows.dump()}).status();
}

absl::StatusOr<pg::Rows> UntypedEventLog::Read(pg::Transaction& tx, const std::string& name) const {
  SA_ASSIGN_OR_RETURN(const std::vector<std::string> ids, ParseName(pattern_, name));
  pg::Params params = {tx.organization()};
  params.insert(params.end(), ids.begin(), ids.end());
  return tx.Exec(select_, params);
}

void UntypedEventLog::FromRow(const pg::Row& row, google::protobuf::Message& event) const {
  for (int i = 0; i < type_()->field_count(); ++i) {
    const auto* field = type_()->field(i);
    pg::FieldFromColumn(row, field->name().c_str(), field, event);
  }
}

}  // namespace staraction::declaration
