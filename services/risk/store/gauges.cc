#include "services/risk/store/gauges.h"

namespace staraction::risk {
namespace {

using pg::Statement;

// An asset counts by its largest value.
const Statement kAssets("gauge_risk_assets", R"(
  select occasion, lower(b.band) as band, sum(b.assets) as value
  from (
    (select distinct on (organization_id, client_id) 'first' as occasion, stage_view
     from analysis order by organization_id, client_id, create_time)
    union all
    (select distinct on (organization_id, client_id) 'latest', stage_view
     from analysis order by organization_id, client_id, create_time desc)) a
  cross join lateral jsonb_to_recordset(stage_view->'bands') as b (band text, assets bigint)
  group by occasion, b.band)",
                        Statement::Role::kJobs);

const Statement kTreatments("gauge_treatments", R"(
  select lower(substr(state, 7)) as state, count(*) as value from treatment group by state)",
                            Statement::Role::kJobs);

}  // namespace

void AddGauges(DatabaseGauges& gauges) {
  gauges.Add({"staraction_risk_assets",
              "Assets by band of their largest risk, in the first and in the latest analysis of "
              "each client.",
              {"occasion", "band"},
              &kAssets});
  gauges.Add(
      {"staraction_risk_treatments", "Treatments of risks by state.", {"state"}, &kTreatments});
}

}  // namespace staraction::risk
