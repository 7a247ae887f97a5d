#include "services/diagnosis/diagnosis_facts.h"

#include "common/base/id.h"
#include "common/base/macros.h"
#include "common/pg/field_value.h"
#include "common/resource/name.h"

namespace staraction::diagnosis {
namespace {

const pg::Statement kChecks("facts_of_checks", R"(
  select d.engagement_id, bool_or(d.state = 'STATE_CONCLUDED') as concluded,
         min(d.conclude_time) as conclude_time, count(d.conclude_time) as checks,
         (array_agg(d.gap_count order by d.conclude_time) filter (where d.conclude_time is not null)
         )[1] as gaps_before,
         (array_agg(d.gap_count order by d.conclude_time desc)
            filter (where d.conclude_time is not null))[1] as gaps_after,
         sum(m.proposed) as proposed, sum(m.decided) as decided, sum(m.done) as done
  from diagnosis d
  cross join lateral (
    select count(*) filter (where m.state = 'STATE_PROPOSED') as proposed,
           count(*) filter (where m.state = 'STATE_DECIDED') as decided,
           count(*) filter (where m.state in ('STATE_DONE', 'STATE_VERIFIED')) as done
    from measure m
    where m.organization_id = d.organization_id and m.latest_engagement_id = d.engagement_id
      and m.latest_diagnosis_id = d.diagnosis_id) m
  where d.organization_id = $1 and d.client_id = $2
    and d.kind = 'QUESTIONNAIRE_KIND_RULE_CHECK'
    and ($3::text = '' or d.engagement_id = nullif($3::text, '')::uuid)
  group by d.engagement_id
  order by d.engagement_id)");

// Of each engagement the latest concluded one of both kinds.
const pg::Statement kSelfDiagnoses("facts_of_self_diagnoses", R"(
  select distinct on (engagement_id, kind) engagement_id, kind, state, conclude_time,
         score->>'total' as total, unknown_count,
         count(conclude_time) over (partition by engagement_id, kind) as times,
         first_value(score->>'total') over (partition by engagement_id, kind order by conclude_time)
           as first_total
  from diagnosis
  where organization_id = $1 and client_id = $2
    and kind in ('QUESTIONNAIRE_KIND_SELF_DIAGNOSIS', 'QUESTIONNAIRE_KIND_PRACTICE_CHECK')
    and state <> 'STATE_ABANDONED'
    and ($3::text = '' or engagement_id = nullif($3::text, '')::uuid)
  order by engagement_id, kind, conclude_time desc nulls last)");

const pg::Statement kRulebook("facts_of_rulebook", R"(
  select (select count(*) from rule
          where organization_id = $1 and client_id = $2 and state = 'STATE_IN_FORCE') as rules,
         (select coalesce(max(number), 0) from rulebook_version
          where organization_id = $1 and client_id = $2) as version)");

void AddConcluded(const pg::Row& row, const std::string& name, std::vector<fact::v1::Fact>& facts) {
  facts.push_back(CountFact("check.open_gaps", name, row.Int("proposed")));
  facts.push_back(CountFact("check.gaps_before", name, row.Int("gaps_before")));
  if (row.Int("checks") > 1) {
    facts.push_back(CountFact("check.gaps_after", name, row.Int("gaps_after")));
  }
  facts.push_back(CountFact("measure.open", name, row.Int("decided")));
  facts.push_back(CountFact("measure.done", name, row.Int("done")));
}

void AddTruth(const char* code, const std::string& name, const pg::Row& row,
              std::vector<fact::v1::Fact>& facts) {
  const bool concluded = row.Text("state") == "STATE_CONCLUDED";
  facts.push_back(TruthFact(code, name, concluded));
  if (!concluded) return;
  *facts.back().mutable_effective_time() = pg::ToTimestamp(row.Time("conclude_time"));
}

// The total only where there is one: a number that isn't known is no zero.
void AddSelfDiagnosis(const pg::Row& row, const std::string& name,
                      std::vector<fact::v1::Fact>& facts) {
  AddTruth("self_diagnosis.concluded", name, row, facts);
  facts.push_back(CountFact("self_diagnosis.unknown", name, row.Int("unknown_count")));
  if (facts[facts.size() - 2].truth() && !row.IsNull("total")) {
    facts.push_back(CountFact("self_diagnosis.score", name, std::stoi(row.Text("total"))));
    if (row.Int("times") > 1 && !row.IsNull("first_total")) {
      facts.push_back(
          CountFact("self_diagnosis.score_before", name, std::stoi(row.Text("first_total"))));
    }
  }
}

absl::Status AddSheets(pg::Transaction& tx, const std::string& engagement,
                       std::vector<fact::v1::Fact>& facts) {
  bool self = false;
  bool practice = false;
  SA_ASSIGN_OR_RETURN(
      const pg::Rows rows,
      tx.Exec(kSelfDiagnoses, {tx.organization(), tx.call().client(), LastId(engagement)}));
  for (const pg::Row row : rows) {
    const std::string name = "engagements/" + row.Text("engagement_id");
    if (row.Text("kind") == "QUESTIONNAIRE_KIND_SELF_DIAGNOSIS") {
      self = true;
      AddSelfDiagnosis(row, name, facts);
    } else {
      practice = true;
      AddTruth("practice_check.concluded", name, row, facts);
    }
  }
  if (engagement.empty()) return absl::OkStatus();
  if (!self) facts.push_back(TruthFact("self_diagnosis.concluded", engagement, false));
  if (!practice) facts.push_back(TruthFact("practice_check.concluded", engagement, false));
  return absl::OkStatus();
}

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
      AddConcluded(row, name, facts);
    }
  }
  if (facts.empty() && !engagement.empty()) {
    facts.push_back(TruthFact("check.concluded", engagement, false));
  }
  if (engagement.empty() || IsUuid(id)) SA_RETURN_IF_ERROR(AddSheets(tx, engagement, facts));
  SA_ASSIGN_OR_RETURN(const pg::Rows rows,
                      tx.Exec(kRulebook, {tx.organization(), tx.call().client()}));
  facts.push_back(CountFact("rulebook.rules", "", rows[0].Int("rules")));
  facts.push_back(CountFact("rulebook.version", "", rows[0].Int("version")));
  return facts;
}

}  // namespace staraction::diagnosis
