#include "services/engagement/store/renewals.h"

#include "common/base/macros.h"
#include "common/resource/name.h"

namespace staraction::engagement {
namespace {

const pg::Statement kOpen("open_things_of_cycle", R"(
  select code, text from (
    select 1 as part, due_date as day, task_id as id, title as text,
           'engagements/' || engagement_id || '/tasks/' || task_id as code
    from task where organization_id = $1 and engagement_id = $3 and state = 'STATE_OPEN'
    union all
    select 2, due_date, activity_id, title, 'clients/' || client_id || '/activities/' || activity_id
    from activity where organization_id = $1 and engagement_id = $3 and state = 'STATE_PLANNED'
    union all
    select 3, due_date, finding_id, text, 'clients/' || client_id || '/internalChecks/'
           || internal_check_id || '/findings/' || finding_id
    from finding where organization_id = $1 and client_id = $2 and state <> 'STATE_VERIFIED'
    union all
    select 4, expire_date, rule_exception_id, rule,
           'clients/' || client_id || '/ruleExceptions/' || rule_exception_id
    from rule_exception where organization_id = $1 and client_id = $2 and state = 'STATE_APPROVED'
  ) as open order by part, day nulls last, id)");

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

}  // namespace staraction::engagement
