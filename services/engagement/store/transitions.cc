#include "services/engagement/store/transitions.h"

#include "common/base/date.h"
#include "common/base/id.h"
#include "common/base/macros.h"
#include "common/pg/field_value.h"
#include "common/resource/name.h"

namespace staraction::engagement {
namespace {

using Transition = v1::Engagement::Transition;

const pg::Statement kAdd("add_engagement_transition", R"(
  insert into engagement_transition (organization_id, client_id, engagement_id,
      engagement_transition_id, from_state, to_state, reason, unmet_criteria, effective_date,
      recorded_by, create_time)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11))");

const pg::Statement kLoad("transitions_of_engagement", R"(
  select from_state, to_state, reason, unmet_criteria, effective_date, recorded_by, create_time
  from engagement_transition
  where organization_id = $1 and engagement_id = $2 order by engagement_transition_id)");

const char* const kFields[] = {"from_state",     "to_state",    "reason",     "unmet_criteria",
                               "effective_date", "recorded_by", "create_time"};

}  // namespace

absl::Status AddTransition(pg::Transaction& tx, const std::string& engagement,
                           const Transition& transition) {
  Transition entry = transition;
  entry.set_recorded_by(tx.call().Actor());
  *entry.mutable_create_time() = pg::ToTimestamp(tx.now());
  if (!entry.has_effective_date()) {
    *entry.mutable_effective_date() = ToProtoDate(TokyoDay(tx.now()));
  }
  pg::Params params = {tx.organization(), tx.call().client(), LastId(engagement), NewId(tx.now())};
  for (const char* field : kFields) {
    params.push_back(pg::FieldToParam(entry, Transition::descriptor()->FindFieldByName(field)));
  }
  return tx.Exec(kAdd, params).status();
}

absl::Status LoadTransitions(pg::Transaction& tx, v1::Engagement& engagement) {
  SA_ASSIGN_OR_RETURN(const pg::Rows rows,
                      tx.Exec(kLoad, {tx.organization(), LastId(engagement.name())}));
  for (const pg::Row row : rows) {
    Transition* transition = engagement.add_transitions();
    for (const char* field : kFields) {
      pg::FieldFromColumn(row, field, Transition::descriptor()->FindFieldByName(field),
                          *transition);
    }
  }
  return absl::OkStatus();
}

}  // namespace staraction::engagement
