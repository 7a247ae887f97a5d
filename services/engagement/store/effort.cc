#include "services/engagement/store/effort.h"

#include <map>

#include "absl/strings/str_cat.h"
#include "common/base/date.h"
#include "common/base/macros.h"
#include "common/pg/field_value.h"
#include "common/pg/table.h"
#include "common/resource/name.h"
#include "common/resource/page.h"
#include "services/engagement/store/tables.h"

namespace staraction::engagement {
namespace {

const pg::Statement kSum("sum_effort", R"(
  select x.step, x.user_id, u.display_name, sum(x.minutes) as minutes
  from effort_entry x
  join user_account u on u.organization_id = x.organization_id and u.user_id = x.user_id
  where x.organization_id = $1 and x.engagement_id = $2
  group by x.step, x.user_id, u.display_name
  having sum(x.minutes) > 0 order by x.step, u.display_name, x.user_id)");

const pg::Statement kPilots("report_pilots", R"(
  select e.engagement_id, e.star, e.state, e.start_date, c.legal_name, q.price_yen,
    (select max(t.effective_date) from engagement_transition t
     where t.organization_id = $1 and t.engagement_id = e.engagement_id
       and t.to_state in ('STATE_CLOSED', 'STATE_CANCELLED')) as end_date,
    (select coalesce(sum(x.minutes), 0) from effort_entry x
     where x.organization_id = $1 and x.engagement_id = e.engagement_id) as minutes,
    (select count(*) from visit v
     where v.organization_id = $1 and v.engagement_id = e.engagement_id
       and v.state in ('STATE_HELD', 'STATE_CONFIRMED')) as visits
  from engagement e
  join client c on c.organization_id = e.organization_id and c.client_id = e.client_id
  join quote q on q.organization_id = e.organization_id and q.client_id = e.client_id
               and q.quote_id = e.quote_id
  where e.organization_id = $1 and e.pilot
    and e.engagement_id
        > coalesce(nullif($2::text, '')::uuid, '00000000-0000-0000-0000-000000000000')
  order by e.engagement_id limit $3)");

const pg::Statement kLessonsOf("lessons_of_engagements", [] {
  return absl::StrCat("select ", kLessons.SelectList(), R"( from lesson
    where organization_id = $1 and engagement_id = any ($2::uuid[])
    order by engagement_id, lesson_id)");
});

v1::PilotFigures FiguresOf(const pg::Row& row, absl::CivilDay today) {
  v1::PilotFigures figures;
  figures.set_engagement("engagements/" + row.Text("engagement_id"));
  figures.set_client_display_name(row.Text("legal_name"));
  figures.set_star(static_cast<int>(row.Int("star")));
  v1::Engagement::State state = v1::Engagement::STATE_UNSPECIFIED;
  v1::Engagement::State_Parse(row.Text("state"), &state);
  figures.set_state(state);
  const auto start = ParseDate(row.Text("start_date"));
  const auto end = ParseDate(row.Text("end_date"));
  if (start.ok()) *figures.mutable_start_date() = ToProtoDate(*start);
  if (end.ok()) *figures.mutable_end_date() = ToProtoDate(*end);
  if (start.ok()) {
    figures.set_days(std::max(0, static_cast<int>((end.ok() ? *end : today) - *start)));
  }
  figures.set_effort_minutes(row.Int("minutes"));
  figures.set_visits_held(static_cast<int>(row.Int("visits")));
  figures.set_price_yen(row.Int("price_yen"));
  return figures;
}

absl::Status AddLessons(pg::Transaction& tx, v1::ReportPilotsResponse& response) {
  std::map<std::string, v1::PilotFigures*> pilots;
  std::vector<std::string> ids;
  for (auto& pilot : *response.mutable_pilots()) {
    pilots[pilot.engagement()] = &pilot;
    ids.push_back(LastId(pilot.engagement()));
  }
  SA_ASSIGN_OR_RETURN(const pg::Rows rows,
                      tx.Exec(kLessonsOf, {tx.organization(), pg::ToArrayParam(ids)}));
  for (const pg::Row row : rows) {
    v1::Lesson lesson = kLessons.FromRow(row);
    *pilots[EngagementOf(lesson.name())]->add_lessons() = std::move(lesson);
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<v1::EffortReport> SumEffort(pg::Transaction& tx, const std::string& engagement) {
  SA_ASSIGN_OR_RETURN(const pg::Rows rows, tx.Exec(kSum, {tx.organization(), LastId(engagement)}));
  v1::EffortReport report;
  report.set_name(engagement + "/effortReport");
  for (const pg::Row row : rows) {
    auto* sum = report.add_sums();
    sum->set_step(row.Text("step"));
    sum->set_user("users/" + row.Text("user_id"));
    sum->set_user_display_name(row.Text("display_name"));
    sum->set_minutes(row.Int("minutes"));
    report.set_total_minutes(report.total_minutes() + sum->minutes());
  }
  return report;
}

absl::StatusOr<v1::ReportPilotsResponse> FindPilots(pg::Transaction& tx,
                                                    const v1::ReportPilotsRequest& request) {
  SA_ASSIGN_OR_RETURN(const PageQuery page,
                      ReadPage(request.page_size(), request.page_token(), request, 1));
  SA_ASSIGN_OR_RETURN(const std::string after, pg::AfterUuid(page));
  SA_ASSIGN_OR_RETURN(const pg::Rows rows, tx.Exec(kPilots, {tx.organization(), after,
                                                             pg::ToParam(int64_t{page.size} + 1)}));
  v1::ReportPilotsResponse response;
  for (const pg::Row row : rows) {
    if (response.pilots_size() == page.size) {
      response.set_next_page_token(
          NextToken(request, {LastId(response.pilots(page.size - 1).engagement())}));
      break;
    }
    *response.add_pilots() = FiguresOf(row, TokyoDay(tx.now()));
  }
  SA_RETURN_IF_ERROR(AddLessons(tx, response));
  return response;
}

}  // namespace staraction::engagement
