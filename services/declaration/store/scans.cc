#include "services/declaration/store/scans.h"

#include "common/base/date.h"
#include "common/base/id.h"
#include "common/base/macros.h"
#include "common/status/errors.h"

namespace staraction::declaration {
namespace {

using pg::Rows;
using pg::Statement;
using pg::TableSpec;
using pg::Transaction;

const Statement kStoreScan("scan_store", R"(
  insert into blob (organization_id, client_id, blob_id, sha256, media_type, size, effective_date,
                    create_time, data)
  values ($1, $2, $3, sha256($4::bytea), $5, length($4::bytea), $6, $7, $4)
  returning size, encode(sha256, 'hex') as sha256)");

const Statement kReadScan("scan_read", R"(
  select data from blob where organization_id = $1 and client_id = $2 and blob_id = $3)");

}  // namespace

const pg::Table<v1::PledgeScan> kPledgeScans(TableSpec{.table = "pledge_scan",
                                                       .computed = {"allowed_actions"}});

absl::StatusOr<v1::Scan> StoreScan(Transaction& tx, const std::string& bytes,
                                   const std::string& media_type, const google::type::Date& date) {
  v1::Scan scan;
  scan.set_id(NewId(tx.now()));
  scan.set_media_type(media_type);
  const auto day = FromProtoDate(date);
  SA_ASSIGN_OR_RETURN(const Rows rows,
                      tx.Exec(kStoreScan, {tx.organization(), tx.call().client(), scan.id(),
                                           pg::ToByteaParam(bytes), media_type,
                                           day ? pg::Param(FormatIsoDate(*day)) : pg::Param(),
                                           pg::ToParam(tx.now())}));
  scan.set_size(static_cast<int>(rows[0].Int("size")));
  scan.set_sha256(rows[0].Text("sha256"));
  return scan;
}

absl::StatusOr<std::string> ReadScan(Transaction& tx, const std::string& id) {
  SA_ASSIGN_OR_RETURN(const Rows rows,
                      tx.Exec(kReadScan, {tx.organization(), tx.call().client(), id}));
  if (rows.empty()) return NotFound("scan " + id);
  return rows[0].Bytes("data");
}

}  // namespace staraction::declaration
