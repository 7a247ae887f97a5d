#ifndef STARACTION_COMMON_PG_TABLE_SQL_H_
#define STARACTION_COMMON_PG_TABLE_SQL_H_

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/pg/row.h"
#include "google/protobuf/message.h"

namespace staraction::pg {

// How a resource's message lies in its table. Columns follow from the schema:
//   name            → one `<variable>_id` column for each variable of the resource's pattern
//   etag            → `version` bigint, counted by the table
//   a resource name → `<field>_id` where the row's own columns give the other parts of the
//                     name (so a name of another client does not fit), else `<field>` text
//   enum            → text (the value's full name)
//   Timestamp, Date → timestamptz, date; unset is NULL
//   scalars         → their like; an unset `optional` is NULL, as is an empty id
//   other messages, repeated fields, maps → jsonb; empty is NULL
// Besides, each table has organization_id and, if fenced by client, client_id.
struct TableSpec {
  std::string table;
  // Fields that are computed for replies and have no column.
  std::vector<std::string> computed = {};
  // Columns that are no field, with their values, e.g. a folded text for search.
  struct Derived {
    std::string column;
    std::function<Param(const google::protobuf::Message&)> value;
  };
  std::vector<Derived> derived = {};
  bool client_fenced = true;
  // Type of the ids of this collection: "uuid", or "text" where users choose them.
  std::string id_type = "uuid";
};

// Columns of one resource type, and the conversions. Immutable.
class TableLayout {
 public:
  TableLayout(const google::protobuf::Descriptor* type, TableSpec spec);

  // "a, b, c" of all stored columns, version included, organization_id not.
  std::string SelectList() const;
  // Columns in order of ToParams.
  const std::vector<std::string>& stored() const { return stored_; }
  // `<variable>_id` of the resource's pattern in order; the last one is the row's own id.
  const std::vector<std::string>& key() const { return key_; }
  const TableSpec& spec() const { return spec_; }
  const std::string& pattern() const { return pattern_; }
  bool soft_deleted() const { return type_->FindFieldByName("delete_time") != nullptr; }

  // The value is JSON already, in a jsonb column.
  bool HoldsJson(size_t stored_index) const { return json_[stored_index]; }
  // Values of stored(), for a row of this client. `message` has its name.
  absl::StatusOr<Params> ToParams(const google::protobuf::Message& message,
                                  const std::string& client) const;
  void FromRow(const Row& row, google::protobuf::Message& message) const;

 private:
  struct Column {
    const google::protobuf::FieldDescriptor* field;
    std::string column;
    std::string pattern;  // of the resource that the field names, if it is stored as an id
  };
  Column ColumnOf(const google::protobuf::FieldDescriptor* field) const;
  absl::StatusOr<Param> ReferenceParam(const Column& column, const std::string& name,
                                       const std::vector<std::string>& own_ids,
                                       const std::string& client) const;

  const google::protobuf::Descriptor* type_;
  const TableSpec spec_;
  std::string pattern_;
  std::vector<std::string> key_;
  std::vector<std::string> variables_;
  std::vector<Column> columns_;
  std::vector<std::string> stored_;
  std::vector<bool> json_;  // like stored_
};

// Rows of a table as a JSON array of objects by column, for json_populate_recordset: one parameter
// holds as many rows as wanted.
class JsonRows {
 public:
  // `version` is what an update expects; a new row has none.
  absl::Status Add(const TableLayout& layout, const google::protobuf::Message& message,
                   const std::string& client, std::optional<int64_t> version = std::nullopt);
  // The array; the rows are gone from here.
  std::string Take();

 private:
  std::string json_ = "[";
};

}  // namespace staraction::pg

#endif  // STARACTION_COMMON_PG_TABLE_SQL_H_
