#include "services/diagnosis/store/gauges.h"

namespace staraction::diagnosis {
namespace {

using pg::Statement;

const Statement kDiagnoses("gauge_diagnoses", R"(
  select lower(substr(kind, 20)) as kind, lower(substr(state, 7)) as state, count(*) as value
  from diagnosis group by kind, state)",
                           Statement::Role::kJobs);

// Of clients with two self-diagnoses or more, so that both figures speak of the same ones.
const Statement kScores("gauge_scores", R"(
  select occasion, avg(score) as value
  from (
    select (array_agg(total order by conclude_time))[1] as first,
           (array_agg(total order by conclude_time desc))[1] as latest
    from (
      select organization_id, client_id, conclude_time, (score->>'total')::integer as total
      from diagnosis
      where kind = 'QUESTIONNAIRE_KIND_SELF_DIAGNOSIS' and state = 'STATE_CONCLUDED'
        and score->>'total' is not null) d
    group by organization_id, client_id having count(*) > 1) c
  cross join lateral (values ('first', first), ('latest', latest)) v (occasion, score)
  group by occasion)",
                        Statement::Role::kJobs);

const Statement kScoredClients("gauge_scored_clients", R"(
  select case when times > 1 then 'again' else 'once' end as diagnosed, count(*) as value
  from (
    select count(*) as times from diagnosis
    where kind = 'QUESTIONNAIRE_KIND_SELF_DIAGNOSIS' and state = 'STATE_CONCLUDED'
    group by organization_id, client_id) c
  group by diagnosed)",
                               Statement::Role::kJobs);

// Of clients with two rule checks or more.
const Statement kGaps("gauge_gaps", R"(
  select occasion, sum(gaps) as value
  from (
    select (array_agg(gap_count order by conclude_time))[1] as first,
           (array_agg(gap_count order by conclude_time desc))[1] as latest
    from diagnosis
    where kind = 'QUESTIONNAIRE_KIND_RULE_CHECK' and state = 'STATE_CONCLUDED'
    group by organization_id, client_id having count(*) > 1) c
  cross join lateral (values ('first', first), ('latest', latest)) v (occasion, gaps)
  group by occasion)",
                      Statement::Role::kJobs);

const Statement kMeasures("gauge_measures", R"(
  select lower(substr(state, 7)) as state, count(*) as value from measure group by state)",
                          Statement::Role::kJobs);

const Statement kMeasuresOverdue("gauge_measures_overdue", R"(
  select count(*) as value from measure
  where state = 'STATE_DECIDED' and due_date < ($1::timestamptz at time zone 'Asia/Tokyo')::date
    and (organization_id, client_id) not in (select organization_id, client_id from erased_client))",
                                 Statement::Role::kJobs);

}  // namespace

void AddGauges(DatabaseGauges& gauges) {
  gauges.Add(
      {"staraction_diagnoses", "Diagnoses by kind and state.", {"kind", "state"}, &kDiagnoses});
  gauges.Add(
      {"staraction_self_diagnosis_score_points",
       "Mean total of the first and of the latest self-diagnosis, of clients with two or more.",
       {"occasion"},
       &kScores});
  gauges.Add({"staraction_self_diagnosis_clients",
              "Clients that were diagnosed once, and again.",
              {"diagnosed"},
              &kScoredClients});
  gauges.Add({"staraction_rule_check_gaps",
              "Gaps found by the first and by the latest rule check, of clients with two or more.",
              {"occasion"},
              &kGaps});
  gauges.Add({"staraction_measures", "Measures by state.", {"state"}, &kMeasures});
  gauges.Add({"staraction_measures_overdue",
              "Decided measures whose day has passed.",
              {},
              &kMeasuresOverdue});
}

}  // namespace staraction::diagnosis
