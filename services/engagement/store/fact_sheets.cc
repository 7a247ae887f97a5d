#include "services/engagement/store/fact_sheets.h"

#include "common/base/date.h"
#include "common/base/macros.h"
#include "common/fact/facts.h"
#include "services/engagement/store/operation.h"

namespace staraction::engagement {
namespace {

const pg::Statement kLoad("load_fact_sheets", R"(
  select service, version, announced_version, sheet from fact_sheet
  where organization_id = $1 and client_id = $2)");

// A newer sheet that is behind again fell behind while it was on its way: it counts from now.
const pg::Statement kSave("save_fact_sheet", R"(
  insert into fact_sheet as f
    (organization_id, client_id, service, version, announced_version, collect_time, sheet)
  values ($1, $2, $3, $4, $4, $5, $6)
  on conflict on constraint fact_sheet_pkey do update
    set version = excluded.version, collect_time = excluded.collect_time, sheet = excluded.sheet,
        behind_since = case when f.announced_version <= excluded.version then null
                            when f.version < excluded.version then excluded.collect_time
                            else coalesce(f.behind_since, excluded.collect_time) end
  where f.version <= excluded.version)");

const pg::Statement kAnnounce("save_fact_announcement", R"(
  insert into fact_sheet as f
    (organization_id, client_id, service, version, announced_version, behind_since)
  values ($1, $2, $3, 0, $4, $5)
  on conflict on constraint fact_sheet_pkey do update
    set announced_version = greatest(f.announced_version, excluded.announced_version),
        behind_since = case when greatest(f.announced_version, excluded.announced_version) > f.version
                            then coalesce(f.behind_since, excluded.behind_since) end)");

const pg::Statement kEmployedMembers("employed_members", R"(
  select count(*) as people, coalesce(bool_or(president), false) as president from member
  where organization_id = $1 and client_id = $2
    and employed_on(hire_date, leave_date, status, status_date, past_periods, $3))");

}  // namespace

absl::StatusOr<StoredFacts> LoadFacts(pg::Transaction& tx) {
  SA_ASSIGN_OR_RETURN(const pg::Rows rows, tx.Exec(kLoad, {tx.organization(), tx.call().client()}));
  StoredFacts facts;
  for (const pg::Row row : rows) {
    const std::string service = row.Text("service");
    if (row.Int("announced_version") > row.Int("version")) {
      facts.announced[service] = row.Int("announced_version");
    }
    if (!row.IsNull("sheet")) facts.sheets[service].ParseFromString(row.Bytes("sheet"));
  }
  return facts;
}

absl::Status SaveSheet(pg::Transaction& tx, const fact::v1::FactSheet& sheet) {
  return tx
      .Exec(kSave,
            {tx.organization(), tx.call().client(), sheet.service(), pg::ToParam(sheet.version()),
             pg::ToParam(tx.now()), pg::ToByteaParam(sheet.SerializeAsString())})
      .status();
}

absl::Status SaveAnnouncement(pg::Transaction& tx, const std::string& service, int64_t version) {
  return tx
      .Exec(kAnnounce, {tx.organization(), tx.call().client(), service, pg::ToParam(version),
                        pg::ToParam(tx.now())})
      .status();
}

absl::StatusOr<std::vector<fact::v1::Fact>> OwnFacts(pg::Transaction& tx, const std::string&) {
  SA_ASSIGN_OR_RETURN(const pg::Rows rows,
                      tx.Exec(kEmployedMembers, {tx.organization(), tx.call().client(),
                                                 FormatIsoDate(TokyoDay(tx.now()))}));
  std::vector<fact::v1::Fact> facts = {
      CountFact("roster.members", "", rows[0].Int("people")),
      TruthFact("roster.president", "", rows[0].Bool("president"))};
  SA_RETURN_IF_ERROR(AddOperationFacts(tx, facts));
  return facts;
}

}  // namespace staraction::engagement
