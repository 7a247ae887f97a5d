#include "services/engagement/store/outcomes.h"

#include "absl/strings/numbers.h"
#include "common/base/date.h"
#include "common/base/macros.h"
#include "common/pg/table.h"
#include "common/resource/name.h"
#include "common/resource/page.h"

namespace staraction::engagement {
namespace {

// Which engagements these are the policies say, by whose portfolio it is.
const pg::Statement kOutcomes("list_outcomes", R"(
  select e.engagement_id, e.client_id, c.legal_name, e.star, e.state, e.start_date, e.figures,
    coalesce((e.readiness->>'official_met')::integer, 0) as official_met,
    coalesce((e.readiness->>'official_total')::integer, 0) as official_total,
    (select min(t.effective_date) from engagement_transition t
     where t.organization_id = $1 and t.engagement_id = e.engagement_id
       and t.to_state = 'STATE_DECLARED') as declare_date,
    (select coalesce(sum(x.minutes), 0) from effort_entry x
     where x.organization_id = $1 and x.engagement_id = e.engagement_id) as minutes,
    figures->>'training.coverage' as training_coverage,
    figures->>'training.test_before' as test_before,
    figures->>'training.test_after' as test_after,
    figures->>'self_diagnosis.score' as score,
    figures->>'self_diagnosis.score_before' as score_before,
    figures->>'check.gaps_before' as gaps_before, figures->>'check.gaps_after' as gaps_after,
    figures->>'risk.high_before' as high_risks_before,
    figures->>'risk.high_after' as high_risks_after,
    figures->>'pledge.coverage' as pledge_coverage,
    figures->>'policy_pledge.coverage' as policy_pledge_coverage,
    figures->>'measure.done' as measures_done, figures->>'measure.open' as measures_open
  from engagement e
  join client c on c.organization_id = e.organization_id and c.client_id = e.client_id
  where e.organization_id = $1 and e.pilot = $2 and ($3 = 0 or e.star = $3)
    and e.engagement_id
        > coalesce(nullif($4::text, '')::uuid, '00000000-0000-0000-0000-000000000000')
  order by e.engagement_id limit $5)");

using SetNumber = void (v1::Outcome::*)(double);
using SetCount = void (v1::Outcome::*)(int32_t);

constexpr std::pair<const char*, SetNumber> kShares[] = {
    {"training_coverage", &v1::Outcome::set_training_coverage},
    {"test_before", &v1::Outcome::set_test_before},
    {"test_after", &v1::Outcome::set_test_after},
    {"pledge_coverage", &v1::Outcome::set_pledge_coverage},
    {"policy_pledge_coverage", &v1::Outcome::set_policy_pledge_coverage}};

constexpr std::pair<const char*, SetCount> kCounts[] = {
    {"gaps_before", &v1::Outcome::set_gaps_before},
    {"gaps_after", &v1::Outcome::set_gaps_after},
    {"high_risks_before", &v1::Outcome::set_high_risks_before},
    {"high_risks_after", &v1::Outcome::set_high_risks_after},
    {"measures_done", &v1::Outcome::set_measures_done},
    {"measures_open", &v1::Outcome::set_measures_open}};

void AddFigures(const pg::Row& row, v1::Outcome& outcome) {
  double value = 0;
  const auto known = [&](const char* column) {
    return !row.IsNull(column) && absl::SimpleAtod(row.Text(column), &value);
  };
  for (const auto& [column, set] : kShares) {
    if (known(column)) (outcome.*set)(value);
  }
  for (const auto& [column, set] : kCounts) {
    if (known(column)) (outcome.*set)(static_cast<int32_t>(value));
  }
  // With one self-diagnosis only its total is the first.
  if (known("score_before")) {
    outcome.set_score_before(static_cast<int32_t>(value));
    if (known("score")) outcome.set_score_after(static_cast<int32_t>(value));
  } else if (known("score")) {
    outcome.set_score_before(static_cast<int32_t>(value));
  }
}

v1::Outcome FromRow(const pg::Row& row) {
  v1::Outcome outcome;
  outcome.set_engagement("engagements/" + row.Text("engagement_id"));
  outcome.set_client("clients/" + row.Text("client_id"));
  outcome.set_client_display_name(row.Text("legal_name"));
  outcome.set_star(static_cast<int>(row.Int("star")));
  v1::Engagement::State state = v1::Engagement::STATE_UNSPECIFIED;
  v1::Engagement::State_Parse(row.Text("state"), &state);
  outcome.set_state(state);
  outcome.set_official_met(static_cast<int>(row.Int("official_met")));
  outcome.set_official_total(static_cast<int>(row.Int("official_total")));
  outcome.set_effort_minutes(row.Int("minutes"));
  const auto start = ParseDate(row.Text("start_date"));
  const auto declared = ParseDate(row.Text("declare_date"));
  if (start.ok()) *outcome.mutable_start_date() = ToProtoDate(*start);
  if (declared.ok()) *outcome.mutable_declare_date() = ToProtoDate(*declared);
  if (start.ok() && declared.ok()) {
    outcome.set_days_to_declaration(static_cast<int32_t>(*declared - *start));
  }
  AddFigures(row, outcome);
  return outcome;
}

}  // namespace

absl::StatusOr<v1::ListOutcomesResponse> ListOutcomes(pg::Transaction& tx,
                                                      const v1::ListOutcomesRequest& request) {
  SA_ASSIGN_OR_RETURN(const PageQuery page,
                      ReadPage(request.page_size(), request.page_token(), request, 1));
  SA_ASSIGN_OR_RETURN(const std::string after, pg::AfterUuid(page));
  SA_ASSIGN_OR_RETURN(const pg::Rows rows,
                      tx.Exec(kOutcomes, {tx.organization(), pg::ToParam(request.pilots()),
                                          pg::ToParam(int64_t{request.star()}), after,
                                          pg::ToParam(int64_t{page.size} + 1)}));
  v1::ListOutcomesResponse response;
  for (const pg::Row row : rows) {
    if (response.outcomes_size() == page.size) {
      response.set_next_page_token(
          NextToken(request, {LastId(response.outcomes(page.size - 1).engagement())}));
      break;
    }
    *response.add_outcomes() = FromRow(row);
  }
  return response;
}

}  // namespace staraction::engagement
