#include "services/asset/store/bulk.h"

#include <algorithm>
#include <string>

#include "absl/strings/str_cat.h"
#include "common/base/macros.h"
#include "common/base/timestamp.h"
#include "common/pg/table_sql.h"
#include "common/resource/etag.h"
#include "common/status/errors.h"
#include "services/asset/store/tables.h"

namespace staraction::asset {
namespace {

using pg::Rows;
using pg::Statement;
using pg::TableLayout;
using pg::Transaction;

constexpr size_t kRowsPerStatement = 2000;

// $1 organization, $2 client, $3 rows as a JSON array of objects with the versions that were read.
std::string UpdateAllSql(const TableLayout& layout) {
  const std::string& table = layout.spec().table;
  const std::string& id = layout.key().back();
  std::string sql = absl::StrCat("update ", table, " as t set version = t.version + 1");
  for (const std::string& column : layout.stored()) {
    const bool key =
        std::find(layout.key().begin(), layout.key().end(), column) != layout.key().end();
    if (!key && column != "client_id" && column != "create_time") {
      absl::StrAppend(&sql, ", ", column, " = r.", column);
    }
  }
  return absl::StrCat(sql, " from json_populate_recordset(null::", table, ", $3::json) as r",
                      " where t.organization_id = $1 and t.client_id = $2 and t.", id, " = r.", id,
                      " and t.version = r.version returning t.", id);
}

const Statement kUpdateAssets("update_all_assets", [] { return UpdateAllSql(kAssets.layout()); });
const Statement kUpdateSystems("update_all_systems",
                               [] { return UpdateAllSql(kSystems.layout()); });
const Statement kAllSystems("list_all_systems", [] {
  return absl::StrCat("select ", kSystems.SelectList(), R"( from system
    where organization_id = $1 and client_id = $2 order by system_id)");
});

template <typename T>
absl::Status UpdateAll(Transaction& tx, const Statement& statement, const TableLayout& layout,
                       const std::vector<T>& messages) {
  for (size_t begin = 0; begin < messages.size(); begin += kRowsPerStatement) {
    const size_t end = std::min(messages.size(), begin + kRowsPerStatement);
    pg::JsonRows rows;
    for (size_t i = begin; i < end; ++i) {
      T message = messages[i];
      *message.mutable_update_time() = ToTimestamp(tx.now());
      SA_RETURN_IF_ERROR(
          rows.Add(layout, message, tx.call().client(), EtagVersion(message.etag())));
    }
    SA_ASSIGN_OR_RETURN(const Rows updated,
                        tx.Exec(statement, {tx.organization(), tx.call().client(), rows.Take()}));
    if (static_cast<size_t>(updated.size()) != end - begin)
      return EtagMismatch(messages[begin].name());
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::vector<v1::System>> AllSystems(Transaction& tx) {
  SA_ASSIGN_OR_RETURN(const Rows rows,
                      tx.Exec(kAllSystems, {tx.organization(), tx.call().client()}));
  std::vector<v1::System> systems;
  for (const pg::Row row : rows) systems.push_back(kSystems.FromRow(row));
  return systems;
}

absl::Status UpdateAssets(Transaction& tx, const std::vector<v1::Asset>& assets) {
  return UpdateAll(tx, kUpdateAssets, kAssets.layout(), assets);
}

absl::Status UpdateSystems(Transaction& tx, const std::vector<v1::System>& systems) {
  return UpdateAll(tx, kUpdateSystems, kSystems.layout(), systems);
}

}  // namespace staraction::asset
