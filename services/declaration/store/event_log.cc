#include "services/declaration/store/event_log.h"

#include "absl/strings/str_cat.h"
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

std::string UntypedEventLog::InsertSql(const std::string& table) const {
  std::string columns = "organization_id, event_id";
  int count = 2;
  const auto add = [&](const std::string& column) {
    absl::StrAppend(&columns, ", ", column);
    ++count;
  };
  if (!HasClient(pattern_)) add("client_id");
  for (const std::string& column : IdColumns(pattern_)) add(column);
  for (int i = 0; i < type_()->field_count(); ++i) add(type_()->field(i)->name());
  std::string values = "$1";
  for (int i = 2; i <= count; ++i) absl::StrAppend(&values, ", $", i);
  return absl::StrCat("insert into ", table, " (", columns, ") values (", values, ")");
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

absl::Status UntypedEventLog::Append(pg::Transaction& tx, const std::string& name,
                                     const google::protobuf::Message& event) const {
  SA_ASSIGN_OR_RETURN(const std::vector<std::string> ids, ParseName(pattern_, name));
  pg::Params params = {tx.organization(), NewId(tx.now())};
  if (!HasClient(pattern_)) params.push_back(tx.call().client());
  params.insert(params.end(), ids.begin(), ids.end());
  for (int i = 0; i < type_()->field_count(); ++i) {
    params.push_back(pg::FieldToParam(event, type_()->field(i)));
  }
  return tx.Exec(insert_, params).status();
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
