#include "common/pg/table.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/base/id.h"
#include "common/pg/field_value.h"
#include "common/resource/etag.h"
#include "common/resource/name.h"
#include "common/status/errors.h"

namespace staraction::pg {
namespace {

using google::protobuf::Message;

// A statement's parameters stay within a few MB.
constexpr size_t kRowsPerStatement = 2000;

// "organization_id = $1 and client_id = $2 and member_id = $3"
std::string KeyCondition(const TableLayout& layout, size_t columns) {
  std::string sql = "organization_id = $1";
  for (size_t i = 0; i < columns; ++i) {
    absl::StrAppend(&sql, " and ", layout.key()[i], " = $", i + 2);
  }
  return sql;
}

std::string GetSql(const TableLayout& layout, const char* suffix) {
  return absl::StrCat("select ", layout.SelectList(), " from ", layout.spec().table, " where ",
                      KeyCondition(layout, layout.key().size()), suffix);
}

std::string InsertSql(const TableLayout& layout) {
  std::string values = "$1";
  for (size_t i = 0; i < layout.stored().size(); ++i) absl::StrAppend(&values, ", $", i + 2);
  return absl::StrCat("insert into ", layout.spec().table, " (organization_id, ",
                      absl::StrJoin(layout.stored(), ", "), ", version) values (", values, ", 1)");
}

// $1 organization, $2 rows as a JSON array of objects; the table itself says the columns' types.
std::string InsertAllSql(const TableLayout& layout) {
  return absl::StrCat("insert into ", layout.spec().table, " (organization_id, ",
                      absl::StrJoin(layout.stored(), ", "), ", version) select $1, r.",
                      absl::StrJoin(layout.stored(), ", r."),
                      ", 1 from json_populate_recordset(null::", layout.spec().table,
                      ", $2::json) as r");
}

// $1 organization, $2… stored values, last the version that was read.
std::string UpdateSql(const TableLayout& layout) {
  std::vector<std::string> sets = {"version = version + 1"};
  std::string where = "organization_id = $1";
  for (size_t i = 0; i < layout.stored().size(); ++i) {
    const std::string& column = layout.stored()[i];
    const bool key =
        std::find(layout.key().begin(), layout.key().end(), column) != layout.key().end();
    if (key || column == "client_id") {
      absl::StrAppend(&where, " and ", column, " = $", i + 2);
    } else {
      sets.push_back(absl::StrCat(column, " = $", i + 2));
    }
  }
  return absl::StrCat("update ", layout.spec().table, " set ", absl::StrJoin(sets, ", "), " where ",
                      where, " and version = $", layout.stored().size() + 2);
}

// $1 organization, then the parent's ids, then: after, show_deleted (only with soft delete), limit.
std::string ListSql(const TableLayout& layout) {
  if (layout.key().empty()) return GetSql(layout, "");  // one a tenant
  const size_t parents = layout.key().size() - 1;
  const std::string& id = layout.key().back();
  const bool uuid = layout.spec().id_type == "uuid";
  std::string sql = absl::StrCat(
      "select ", layout.SelectList(), " from ", layout.spec().table, " where ",
      KeyCondition(layout, parents), " and ", id, " > coalesce(nullif($", parents + 2,
      "::text, '')", uuid ? "::uuid, '00000000-0000-0000-0000-000000000000')" : ", '')");
  size_t next = parents + 3;
  if (layout.soft_deleted()) absl::StrAppend(&sql, " and ($", next++, " or delete_time is null)");
  return absl::StrCat(sql, " order by ", id, " limit $", next);
}

void SetTime(Message& message, const char* name, absl::Time time) {
  const auto* field = message.GetDescriptor()->FindFieldByName(name);
  if (field == nullptr) return;
  message.GetReflection()->MutableMessage(&message, field)->CopyFrom(ToTimestamp(time));
}

std::string NameOf(const Message& message) {
  return message.GetReflection()->GetString(message,
                                            message.GetDescriptor()->FindFieldByName("name"));
}

// Ids of the form that the columns have; anything else cannot exist, and would not cast.
bool CanExist(const std::vector<std::string>& ids, const std::string& last_type) {
  const size_t uuids = last_type == "uuid" ? ids.size() : ids.size() - 1;
  return std::all_of(ids.begin(), ids.begin() + static_cast<std::ptrdiff_t>(uuids), IsUuid);
}

std::string ClientFor(const Transaction& tx) {
  return tx.call().access.clients.size() == 1 ? tx.call().client() : std::string();
}

}  // namespace

void SetEtagField(Message& message, int64_t version) {
  const auto* field = message.GetDescriptor()->FindFieldByName("etag");
  if (field != nullptr) message.GetReflection()->SetString(&message, field, Etag(version));
}

absl::StatusOr<std::string> AfterUuid(const PageQuery& page) {
  if (page.after_key.empty()) return std::string();
  if (!IsUuid(page.after_key.front())) {
    return InvalidField("page_token", "was not made by this list",
                        "この一覧のトークンではありません");
  }
  return page.after_key.front();
}

UntypedTable::UntypedTable(const google::protobuf::Descriptor* (*type)(), TableSpec spec)
    : type_(type),
      spec_(std::move(spec)),
      get_("get_" + spec_.table, [this] { return GetSql(layout(), ""); }),
      lock_("lock_" + spec_.table, [this] { return GetSql(layout(), " for update"); }),
      insert_("insert_" + spec_.table, [this] { return InsertSql(layout()); }),
      insert_all_("insert_all_" + spec_.table, [this] { return InsertAllSql(layout()); }),
      update_("update_" + spec_.table, [this] { return UpdateSql(layout()); }),
      list_("list_" + spec_.table, [this] { return ListSql(layout()); }) {}

const TableLayout& UntypedTable::layout() const {
  std::call_once(made_, [this] { layout_ = std::make_unique<TableLayout>(type_(), spec_); });
  return *layout_;
}

absl::Status UntypedTable::Get(Transaction& tx, const std::string& name, bool lock,
                               Message& out) const {
  SA_ASSIGN_OR_RETURN(const std::vector<std::string> ids, ParseName(layout().pattern(), name));
  if (!CanExist(ids, layout().spec().id_type)) return NotFound(name);
  Params params = {tx.organization()};
  params.insert(params.end(), ids.begin(), ids.end());
  SA_ASSIGN_OR_RETURN(const Rows rows, tx.Exec(lock ? lock_ : get_, params));
  if (rows.empty()) return NotFound(name);
  layout().FromRow(rows[0], out);
  SetEtagField(out, rows[0].Int("version"));
  return absl::OkStatus();
}

absl::Status UntypedTable::Insert(Transaction& tx, Message& message) const {
  SetTime(message, "create_time", tx.now());
  SetTime(message, "update_time", tx.now());
  Params params = {tx.organization()};
  SA_ASSIGN_OR_RETURN(const Params values, layout().ToParams(message, ClientFor(tx)));
  params.insert(params.end(), values.begin(), values.end());
  SA_RETURN_IF_ERROR(tx.Exec(insert_, params).status());
  SetEtagField(message, 1);
  return absl::OkStatus();
}

absl::Status UntypedTable::InsertAll(Transaction& tx, const std::vector<Message*>& messages) const {
  const std::string client = ClientFor(tx);
  for (size_t begin = 0; begin < messages.size(); begin += kRowsPerStatement) {
    const size_t end = std::min(messages.size(), begin + kRowsPerStatement);
    JsonRows rows;
    for (size_t i = begin; i < end; ++i) {
      SetTime(*messages[i], "create_time", tx.now());
      SetTime(*messages[i], "update_time", tx.now());
      SA_RETURN_IF_ERROR(rows.Add(layout(), *messages[i], client));
      SetEtagField(*messages[i], 1);
    }
    SA_RETURN_IF_ERROR(tx.Exec(insert_all_, {tx.organization(), rows.Take()}).status());
  }
  return absl::OkStatus();
}

absl::Status UntypedTable::Update(Transaction& tx, Message& message) const {
  const auto* field = message.GetDescriptor()->FindFieldByName("etag");
  const std::optional<int64_t> version =
      EtagVersion(message.GetReflection()->GetString(message, field));
  if (!version) return Internal("Update needs the etag that Get gave");
  SetTime(message, "update_time", tx.now());
  Params params = {tx.organization()};
  SA_ASSIGN_OR_RETURN(const Params values, layout().ToParams(message, ClientFor(tx)));
  params.insert(params.end(), values.begin(), values.end());
  params.push_back(ToParam(*version));
  SA_ASSIGN_OR_RETURN(const Rows rows, tx.Exec(update_, params));
  if (rows.affected() != 1) return EtagMismatch(NameOf(message));
  SetEtagField(message, *version + 1);
  return absl::OkStatus();
}

absl::StatusOr<Rows> UntypedTable::List(Transaction& tx, const std::string& parent,
                                        const PageQuery& page, bool show_deleted) const {
  Params params = {tx.organization()};
  const std::string& pattern = layout().pattern();
  const size_t parents = layout().key().size() - 1;
  if (parents > 0) {
    // "clients/{client}/members/{member}" without its last two segments.
    const std::string above = pattern.substr(0, pattern.rfind('/', pattern.rfind('/') - 1));
    SA_ASSIGN_OR_RETURN(const std::vector<std::string> ids, ParseName(above, parent, "parent"));
    if (!CanExist(ids, "uuid")) return NotFound(parent);
    params.insert(params.end(), ids.begin(), ids.end());
  }
  if (layout().spec().id_type == "uuid") {
    SA_ASSIGN_OR_RETURN(std::string after, AfterUuid(page));
    params.push_back(std::move(after));
  } else {
    params.push_back(page.after_key.empty() ? "" : page.after_key.front());
  }
  if (layout().soft_deleted()) params.push_back(ToParam(show_deleted));
  params.push_back(ToParam(static_cast<int64_t>(page.size) + 1));
  return tx.Exec(list_, params);
}

}  // namespace staraction::pg
