#include "services/training/store/scan_store.h"

#include <utility>

#include "common/base/macros.h"
#include "common/pg/field_value.h"
#include "common/resource/name.h"
#include "common/status/errors.h"
#include "services/training/store/tables.h"

namespace staraction::training {
namespace {

using pg::Statement;

const Statement kInsertBlob("scan_insert_blob", R"(
  insert into blob (organization_id, client_id, blob_id, sha256, media_type, size, effective_date,
                    create_time, data)
  values ($1, $2, $3, sha256($4::bytea), $5, length($4::bytea), $6, $7, $4)
  returning size, encode(sha256, 'hex') as sha256)");

const Statement kReadBlob("scan_read_blob", R"(
  select data from blob where organization_id = $1 and client_id = $2 and blob_id = $3)");

}  // namespace

absl::StatusOr<v1::TrainingScan> InsertScan(pg::Transaction& tx, v1::TrainingScan scan,
                                            const std::string& bytes) {
  const auto* date = v1::TrainingScan::descriptor()->FindFieldByName("effective_date");
  SA_ASSIGN_OR_RETURN(
      const pg::Rows rows,
      tx.Exec(kInsertBlob,
              {tx.organization(), tx.call().client(), LastId(scan.name()), pg::ToByteaParam(bytes),
               scan.media_type(), pg::FieldToParam(scan, date), pg::ToParam(tx.now())}));
  scan.set_size(static_cast<int32_t>(rows[0].Int("size")));
  scan.set_sha256(rows[0].Text("sha256"));
  return kScans.Insert(tx, std::move(scan));
}

absl::StatusOr<std::string> ReadScan(pg::Transaction& tx, const std::string& name) {
  SA_ASSIGN_OR_RETURN(const v1::TrainingScan scan, kScans.Get(tx, name));
  SA_ASSIGN_OR_RETURN(
      const pg::Rows rows,
      tx.Exec(kReadBlob, {tx.organization(), tx.call().client(), LastId(scan.name())}));
  if (rows.empty()) return NotFound(name);
  return rows[0].Bytes("data");
}

}  // namespace staraction::training
