#include "services/diagnosis/diagnosis_facts.h"

#include "common/base/id.h"
#include "common/base/macros.h"
#include "common/pg/field_value.h"
#include "common/resource/name.h"

namespace staraction::diagnosis {
namespace {

const pg::Statement kChecks("facts_of_checks", R"(
  select d.engagement_id, bool_or(d.state = 'STATE_CONCLUDED') as concluded,
         min(d.conclude_time) as conclude_time, sum(m.proposed) as open_gaps
  from diagnosis d
  cross join lateral (
    select count(*) as proposed from measure m
    where m.organization_id = d.organization_id and m.engagement_id = d.engagement_id
      and m.diagnosis_id = d.diagnosis_id and m.state = 'STATE_PROPOSED') m
  where d.organization_id = $1 and d.client_id = $2
    and d.kind = 'QUESTIONNAIRE_KIND_RULE_CHECK'
    and ($3::text = '' or d.engagement_id = nullif($3::text, '')::uuid)
  group by d.engagement_id
  order by d.engagement_id)");

const pg::Statement kRulesInForce("facts_of_rulebook", R"(
  select count(*) as rules from rule
  where organization_id = $1 and client_id = $2 and state = 'STATE_IN_FORCE')");

}  // namespace

absl::StatusOr<std::vector<fact::v1::Fact>> CollectFacts(pg::Transaction& tx,
                                                         const std::string& engagement) {
  std::vector<fact::v1::Fact> facts;
  const std::string id = LastId(engagement);
  if (engagement.empty() || IsUuid(id)) {
    SA_ASSIGN_OR_RETURN(const pg::Rows rows,
                        tx.Exec(kChecks, {tx.organization(), tx.call().client(), id}));
    for (const pg::Row row : rows) {
      const std::string name = "engagements/" + row.Text("engagement_id");
      facts.push_back(TruthFact("check.concluded", name, row.Bool("concluded")));
      if (!row.Bool("concluded")) continue;
      *facts.back().mutable_effective_time() = pg::ToTimestamp(row.Time("conclude_time"));
      facts.push_back(CountFact("check.open_gaps", name, row.Int("open_gaps")));
    }
  }
  if (facts.empty() && !engagement.empty()) {
    facts.push_back(TruthFact("check.concluded", engagement, false));
  }
  SA_ASSIGN_OR_RETURN(const pg::Rows rows,
                      tx.Exec(kRulesInForce, {tx.organization(), tx.call().client()}));
  facts.push_back(CountFact("rulebook.rules", "", rows[0].Int("rules")));
  return facts;
}

}  // namespace staraction::diagnosis
