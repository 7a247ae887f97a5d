#include "services/asset/asset_facts.h"

#include "common/base/date.h"
#include "common/base/macros.h"

namespace staraction::asset {
namespace {

const pg::Statement kLedgerFacts("facts_of_ledger", R"(
  select count(*) as entries, count(*) filter (where review_date < $3::date) as unreviewed,
         count(*) filter (where backup <> '') as backed_up,
         count(*) filter (where profile @? '$[*] ? (@.stage == "DISPOSE" &&
             (@.absent == true || !exists(@.how)))') as without_disposal,
         (select count(*) from asset_snapshot
          where organization_id = $1 and client_id = $2) as snapshots
  from asset where organization_id = $1 and client_id = $2)");

}  // namespace

absl::StatusOr<std::vector<fact::v1::Fact>> CollectFacts(pg::Transaction& tx,
                                                         const std::string& /*engagement*/) {
  SA_ASSIGN_OR_RETURN(const pg::Rows rows,
                      tx.Exec(kLedgerFacts, {tx.organization(), tx.call().client(),
                                             FormatIsoDate(TokyoDay(tx.now()))}));
  const pg::Row row = rows[0];
  return std::vector<fact::v1::Fact>{
      CountFact("ledger.entries", "", row.Int("entries")),
      CountFact("ledger.unreviewed", "", row.Int("unreviewed")),
      CountFact("ledger.backed_up", "", row.Int("backed_up")),
      CountFact("ledger.without_disposal", "", row.Int("without_disposal")),
      CountFact("ledger.snapshots", "", row.Int("snapshots"))};
}

}  // namespace staraction::asset
