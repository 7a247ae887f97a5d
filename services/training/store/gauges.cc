#include "services/training/store/gauges.h"

namespace staraction::training {
namespace {

using pg::Statement;

const Statement kSessions("gauge_sessions", R"(
  select lower(substr(state, 7)) as state, count(*) as value from session group by state)",
                          Statement::Role::kJobs);

const Statement kAttempts("gauge_attempts", R"(
  select lower(substr(kind, 6)) as kind, result, count(*) as value
  from attempt cross join lateral (
    select case when state = 'STATE_OPEN' then 'open' when passed then 'passed' else 'failed' end
             as result) r
  where state in ('STATE_OPEN', 'STATE_SUBMITTED')
  group by kind, result)",
                          Statement::Role::kJobs);

const Statement kScores("gauge_test_scores", R"(
  select lower(substr(kind, 6)) as kind, avg(score_percent) / 100 as value
  from attempt where state = 'STATE_SUBMITTED' group by kind)",
                        Statement::Role::kJobs);

const Statement kFollowUps("gauge_follow_ups", R"(
  select lower(substr(state, 7)) as state, count(*) as value from follow_up group by state)",
                           Statement::Role::kJobs);

}  // namespace

void AddGauges(DatabaseGauges& gauges) {
  gauges.Add(
      {"staraction_training_sessions", "Training sessions by state.", {"state"}, &kSessions});
  gauges.Add({"staraction_training_attempts",
              "Comprehension tests by kind and result.",
              {"kind", "result"},
              &kAttempts});
  gauges.Add({"staraction_training_score_ratio",
              "Mean share of right answers, by kind of test.",
              {"kind"},
              &kScores});
  gauges.Add({"staraction_training_follow_ups",
              "Follow-ups for missed topics by state.",
              {"state"},
              &kFollowUps});
}

}  // namespace staraction::training
