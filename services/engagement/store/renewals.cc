#include "services/engagement/store/renewals.h"

#include "common/base/macros.h"
#include "common/pg/field_value.h"
#include "common/resource/name.h"

namespace staraction::engagement {
namespace {

const pg::Statement kOpen("open_things_of_cycle", R"(
  select code, left(text, 200) as text from (
    select 1 as part, due_date as day, task_id as id, title as text,
           'engagements/' || engagement_id || '/tasks/' || task_id as code
    from task where organization_id = $1 and engagement_id = $3 and state = 'STATE_OPEN'
    union all
    select 2, due_date, activity_id, title, 'clients/' || client_id || '/activities/' || activity_id
    from activity where organization_id = $1 and engagement_id = $3 and state = 'STATE_PLANNED'
      and occurrence = 0
    union all
    select 3, due_date, finding_id, text, 'clients/' || client_id || '/internalChecks/'
           || internal_check_id || '/findings/' || finding_id
    from finding where organization_id = $1 and client_id = $2
      and state not in ('STATE_VERIFIED', 'STATE_WITHDRAWN')
    union all
    select 4, expire_date, rule_exception_id, rule,
           'clients/' || client_id || '/ruleExceptions/' || rule_exception_id
    from rule_exception where organization_id = $1 and client_id = $2 and state = 'STATE_APPROVED'
  ) as open order by part, day nulls last, id limit 100)");

const pg::Statement kStore("store_renewal", R"(
  update engagement set renewal = $3, previous_engagement_id = $4
  where organization_id = $1 and engagement_id = $2)");

const pg::Statement kNext("next_cycle_of_engagement", R"(
  select engagement_id from engagement
  where organization_id = $1 and previous_engagement_id = $2)");

const pg::Statement kIsRenewal("is_renewal", R"(
  select previous_engagement_id is not null as renewed from engagement
  where organization_id = $1 and engagement_id = $2)");

}  // namespace

absl::Status AddOpenThings(pg::Transaction& tx, v1::Engagement::Renewal& renewal) {
  SA_ASSIGN_OR_RETURN(const pg::Rows rows, tx.Exec(kOpen, {tx.organization(), tx.call().client(),
                                                           LastId(renewal.previous())}));
  for (const pg::Row row : rows) {
    auto* item = renewal.add_items();
    item->set_kind(v1::Engagement::RenewalItem::KIND_OPEN);
    item->set_code(row.Text("code"));
    item->set_text(row.Text("text"));
  }
  return absl::OkStatus();
}

absl::Status StoreRenewal(pg::Transaction& tx, const std::string& engagement,
                          const v1::Engagement::Renewal& renewal) {
  v1::Engagement carrier;
  *carrier.mutable_renewal() = renewal;
  return tx
      .Exec(kStore,
            {tx.organization(), LastId(engagement),
             pg::FieldToParam(carrier, v1::Engagement::descriptor()->FindFieldByName("renewal")),
             LastId(renewal.previous())})
      .status();
}

absl::StatusOr<std::string> NextCycle(pg::Transaction& tx, const std::string& engagement) {
  SA_ASSIGN_OR_RETURN(const pg::Rows rows, tx.Exec(kNext, {tx.organization(), LastId(engagement)}));
  return rows.empty() ? std::string() : "engagements/" + rows[0].Text("engagement_id");
}

absl::StatusOr<bool> IsRenewal(pg::Transaction& tx, const std::string& engagement) {
  SA_ASSIGN_OR_RETURN(const pg::Rows rows,
                      tx.Exec(kIsRenewal, {tx.organization(), LastId(engagement)}));
  return !rows.empty() && rows[0].Bool("renewed");
}

}  // namespace staraction::engagement
