#include "services/asset/store/gauges.h"

namespace staraction::asset {
namespace {

using pg::Statement;

const Statement kAssets("gauge_assets", R"(
  select lower(coalesce(nullif(importance_level, ''), 'none')) as importance, count(*) as value
  from asset group by importance)",
                        Statement::Role::kJobs);

const Statement kLedgers("gauge_ledgers", R"(
  select count(*) as value from (select distinct organization_id, client_id from asset) c)",
                         Statement::Role::kJobs);

const Statement kSnapshots("gauge_snapshots", R"(
  select count(*) as value from asset_snapshot)",
                           Statement::Role::kJobs);

}  // namespace

void AddGauges(DatabaseGauges& gauges) {
  gauges.Add({"staraction_assets", "Entries of ledgers by importance.", {"importance"}, &kAssets});
  gauges.Add({"staraction_asset_ledgers", "Clients with entries in their ledger.", {}, &kLedgers});
  gauges.Add({"staraction_asset_snapshots", "Frozen copies of ledgers.", {}, &kSnapshots});
}

}  // namespace staraction::asset
