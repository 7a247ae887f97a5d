#include "services/declaration/store/declarations.h"

#include "absl/strings/str_cat.h"
#include "common/base/macros.h"
#include "common/pg/field_value.h"

namespace staraction::declaration {
namespace {

using pg::Row;
using pg::Rows;
using pg::Statement;
using pg::TableSpec;
using pg::Transaction;

std::string SelectSql(const char* condition) {
  return absl::StrCat("select ", kDeclarations.SelectList(), R"( from declaration
    where organization_id = $1 and client_id = $2 and ($3::uuid is null or engagement_id = $3)
      and )",
                      condition, " order by declaration_id");
}

const Statement kOpen("declaration_open", [] {
  return SelectSql("state not in ('STATE_STOPPED', 'STATE_SUPERSEDED')");
});
const Statement kCurrent("declaration_current", [] {
  return SelectSql("state <> 'STATE_STOPPED' and (state <> 'STATE_SUPERSEDED' or issued_id <> '')");
});

const Statement kReadGbizId("gbiz_id_read", R"(
  select gbiz_id, read_time from gbiz_id_state where organization_id = $1 and client_id = $2)");

const Statement kStoreGbizId("gbiz_id_store", R"(
  insert into gbiz_id_state (organization_id, client_id, gbiz_id, read_time)
  values ($1, $2, $3, $4)
  on conflict on constraint gbiz_id_state_pkey
  do update set gbiz_id = excluded.gbiz_id, read_time = excluded.read_time)");

absl::StatusOr<std::vector<v1::Declaration>> ReadAll(Transaction& tx, const Statement& statement,
                                                     const std::string& engagement) {
  const pg::Param only = engagement.empty() ? pg::Param() : pg::Param(engagement);
  SA_ASSIGN_OR_RETURN(const Rows rows,
                      tx.Exec(statement, {tx.organization(), tx.call().client(), only}));
  std::vector<v1::Declaration> declarations;
  for (const Row row : rows) declarations.push_back(kDeclarations.FromRow(row));
  return declarations;
}

const google::protobuf::FieldDescriptor* GbizIdField() {
  return v1::GbizIdState::descriptor()->FindFieldByName("gbiz_id");
}

}  // namespace

const pg::Table<v1::Declaration> kDeclarations(TableSpec{
    .table = "declaration",
    .computed = {"missing_count", "gbiz_id", "guide", "events", "allowed_actions"}});
const EventLog<v1::DeclarationEvent> kDeclarationEvents(
    "declaration_event", "clients/{client}/declarations/{declaration}");

absl::StatusOr<std::vector<v1::Declaration>> ReadOpenDeclarations(Transaction& tx,
                                                                  const std::string& engagement) {
  return ReadAll(tx, kOpen, engagement);
}

absl::StatusOr<std::vector<v1::Declaration>> ReadCurrentDeclarations(
    Transaction& tx, const std::string& engagement) {
  return ReadAll(tx, kCurrent, engagement);
}

absl::StatusOr<std::optional<v1::GbizIdState>> ReadGbizId(Transaction& tx) {
  SA_ASSIGN_OR_RETURN(const Rows rows,
                      tx.Exec(kReadGbizId, {tx.organization(), tx.call().client()}));
  if (rows.empty()) return std::optional<v1::GbizIdState>();
  v1::GbizIdState state;
  pg::FieldFromColumn(rows[0], "gbiz_id", GbizIdField(), state);
  *state.mutable_read_time() = pg::ToTimestamp(rows[0].Time("read_time"));
  return std::optional(std::move(state));
}

absl::Status StoreGbizId(Transaction& tx, const v1::GbizIdState& state) {
  return tx
      .Exec(kStoreGbizId,
            {tx.organization(), tx.call().client(), pg::FieldToParam(state, GbizIdField()),
             pg::ToParam(pg::FromTimestamp(state.read_time()))})
      .status();
}

}  // namespace staraction::declaration
