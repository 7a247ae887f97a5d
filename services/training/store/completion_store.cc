#include "services/training/store/completion_store.h"

#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/macros.h"
#include "common/fact/facts.h"
#include "common/pg/field_value.h"
#include "services/training/store/tables.h"

namespace staraction::training {
namespace {

using pg::Statement;

constexpr size_t kMaxFacts = 10'000;

// $1 organization, $2 client, $3 engagement or NULL, $4 known at or NULL. A corrected attempt
// counts until its correction was recorded.
const Statement kProgress("training_progress", R"(
  with newest as (
    select distinct on (a.engagement_id, a.session_id, a.member_id)
           a.engagement_id, a.member_id, a.present, a.suffices, a.effective_time, s.course_id
    from attendance a
    join session s on s.organization_id = a.organization_id and s.session_id = a.session_id
    where a.organization_id = $1 and a.client_id = $2
      and ($3::uuid is null or a.engagement_id = $3)
      and ($4::timestamptz is null or a.create_time <= $4)
    order by a.engagement_id, a.session_id, a.member_id, a.position desc),
  attended as (
    select engagement_id, member_id, course_id,
           min(effective_time) filter (where suffices) as attend_time,
           max(effective_time) as last_attend_time
    from newest where present group by engagement_id, member_id, course_id),
  counted as (
    select t.*, coalesce(t.effective_time, t.create_time) as act_time,
           t.state = 'STATE_OPEN' as open from attempt t
    where t.organization_id = $1 and t.client_id = $2
      and ($3::uuid is null or t.engagement_id = $3)
      and case when $4::timestamptz is null then t.state in ('STATE_OPEN', 'STATE_SUBMITTED')
          else t.submit_time <= $4 and not exists (
            select from attempt c where c.organization_id = $1
              and c.engagement_id = t.engagement_id and c.attempt_id = t.corrected_by_id
              and c.submit_time <= $4) end),
  tried as (
    select c.engagement_id, c.member_id, c.course_id,
           min(c.act_time) filter (where kind = 'KIND_BEFORE' and not open) as before_time,
           min(c.act_time) filter (where passed and kind in ('KIND_AFTER', 'KIND_RETEST'))
             as pass_time,
           count(*) filter (where kind = 'KIND_RETEST' and not open
             and c.act_time >= coalesce(a.last_attend_time, '-infinity')) as retests
    from counted c left join attended a using (engagement_id, member_id, course_id)
    group by c.engagement_id, c.member_id, c.course_id),
  last as (
    select distinct on (engagement_id, member_id, course_id)
           engagement_id, member_id, course_id, attempt_id, kind, open, act_time
    from counted order by engagement_id, member_id, course_id, act_time desc, attempt_id desc),
  taught as (
    select f.engagement_id, f.attempt_id, max(f.effective_time) as follow_up_time,
           count(*) filter (where f.state = 'STATE_OPEN') as open_follow_ups
    from follow_up f where f.organization_id = $1 and f.client_id = $2
      and ($3::uuid is null or f.engagement_id = $3)
    group by f.engagement_id, f.attempt_id)
  select engagement_id, member_id, course_id, attend_time, last_attend_time, before_time, pass_time,
         coalesce(retests, 0) as retests, kind as last_kind, coalesce(open, false) as last_open,
         act_time as last_time, coalesce(open_follow_ups, 0) as open_follow_ups, follow_up_time
  from attended
  full join tried using (engagement_id, member_id, course_id)
  left join last using (engagement_id, member_id, course_id)
  left join taught using (engagement_id, attempt_id)
  order by engagement_id, member_id, course_id)");

// Engagements where the training has begun, and since when. $1 organization, $2 client, $3
// engagement or NULL.
const Statement kBegun("training_begun", R"(
  select engagement_id, min(since) as since from (
    select e.engagement_id, s.create_time as since from session_engagement e
    join session s on s.organization_id = e.organization_id and s.session_id = e.session_id
    where e.organization_id = $1 and e.client_id = $2
    union all select engagement_id, create_time from attempt
    where organization_id = $1 and client_id = $2
    union all select engagement_id, create_time from paper_test
    where organization_id = $1 and client_id = $2) begun
  where $3::uuid is null or engagement_id = $3
  group by engagement_id order by engagement_id)");

const Statement kAcknowledged("briefing_acknowledged", R"(
  select engagement_id, min(effective_time) as effective_time from briefing
  where organization_id = $1 and client_id = $2 and ($3::uuid is null or engagement_id = $3)
    and state = 'STATE_ACKNOWLEDGED'
  group by engagement_id order by engagement_id)");

const pg::Statement kTestScores("facts_of_tests", R"(
  select engagement_id, kind, avg(score_percent) / 100 as mean,
         max(submit_time) as latest
  from attempt
  where organization_id = $1 and client_id = $2 and ($3::uuid is null or engagement_id = $3::uuid)
    and state = 'STATE_SUBMITTED' and kind in ('KIND_BEFORE', 'KIND_AFTER')
  group by engagement_id, kind order by engagement_id, kind)");

std::optional<absl::Time> TimeOrNothing(const pg::Row& row, const char* column) {
  if (row.IsNull(column)) return std::nullopt;
  return row.Time(column);
}

CourseProgress FromRow(const pg::Row& row, const std::string& client_name) {
  CourseProgress progress;
  progress.engagement = "engagements/" + row.Text("engagement_id");
  progress.member = absl::StrCat(client_name, "/members/", row.Text("member_id"));
  progress.course = "courses/" + row.Text("course_id");
  progress.attend_time = TimeOrNothing(row, "attend_time");
  progress.last_attend_time = TimeOrNothing(row, "last_attend_time");
  progress.before_time = TimeOrNothing(row, "before_time");
  progress.pass_time = TimeOrNothing(row, "pass_time");
  v1::Attempt::Kind_Parse(row.Text("last_kind"), &progress.last_kind);
  progress.last_open = row.Bool("last_open");
  progress.last_time = TimeOrNothing(row, "last_time");
  progress.open_follow_ups = static_cast<int>(row.Int("open_follow_ups"));
  progress.follow_up_time = TimeOrNothing(row, "follow_up_time");
  progress.retests = static_cast<int>(row.Int("retests"));
  return progress;
}

absl::StatusOr<pg::Param> IdOrNull(const std::string& engagement) {
  if (engagement.empty()) return pg::Param();
  SA_ASSIGN_OR_RETURN(std::string id, EngagementId(engagement, "engagement"));
  return pg::Param(std::move(id));
}

fact::v1::Fact Since(fact::v1::Fact fact, const std::string& subject, absl::Time since) {
  fact.set_subject(subject);
  *fact.mutable_effective_time() = pg::ToTimestamp(since);
  return fact;
}

// Of everybody of whom something is recorded: completed, or what is next.
std::vector<fact::v1::Fact> OfMembers(const std::vector<CourseProgress>& all,
                                      const RetestLimit& max_retests) {
  std::vector<fact::v1::Fact> facts;
  for (const auto& [key, courses] : ByMember(all)) {
    const auto& [engagement, member] = key;
    if (const CourseProgress* complete = CompleteCourse(courses)) {
      facts.push_back(Since(TruthFact("training.completed", engagement, true), member,
                            *CompleteTime(*complete)));
    } else if (const auto due = NextStep(courses, max_retests)) {
      facts.push_back(Since(TextFact("training.due", engagement, due->step), member, due->since));
    }
  }
  return facts;
}

}  // namespace

absl::StatusOr<std::vector<CourseProgress>> ReadProgress(pg::Transaction& tx,
                                                         const std::string& engagement,
                                                         absl::Time known_at) {
  SA_ASSIGN_OR_RETURN(pg::Param id, IdOrNull(engagement));
  const pg::Param known = known_at == absl::InfiniteFuture() ? pg::Param() : pg::ToParam(known_at);
  SA_ASSIGN_OR_RETURN(const pg::Rows rows,
                      tx.Exec(kProgress, {tx.organization(), tx.call().client(), id, known}));
  std::vector<CourseProgress> out;
  for (const pg::Row row : rows) out.push_back(FromRow(row, tx.call().client_name()));
  return out;
}

absl::StatusOr<std::vector<fact::v1::Fact>> CollectFacts(pg::Transaction& tx,
                                                         const std::string& engagement,
                                                         const RetestLimit& max_retests) {
  SA_ASSIGN_OR_RETURN(pg::Param id, IdOrNull(engagement));
  std::vector<fact::v1::Fact> facts;
  SA_ASSIGN_OR_RETURN(const pg::Rows briefed,
                      tx.Exec(kAcknowledged, {tx.organization(), tx.call().client(), id}));
  for (const pg::Row row : briefed) {
    facts.push_back(
        Since(TruthFact("briefing.acknowledged", "engagements/" + row.Text("engagement_id"), true),
              "", row.Time("effective_time")));
  }
  SA_ASSIGN_OR_RETURN(const pg::Rows begun,
                      tx.Exec(kBegun, {tx.organization(), tx.call().client(), id}));
  for (const pg::Row row : begun) {
    facts.push_back(
        Since(TextFact("training.due", "engagements/" + row.Text("engagement_id"), "test_before"),
              "", row.Time("since")));
  }
  SA_ASSIGN_OR_RETURN(const pg::Rows tests,
                      tx.Exec(kTestScores, {tx.organization(), tx.call().client(), id}));
  for (const pg::Row row : tests) {
    const bool before = row.Text("kind") == "KIND_BEFORE";
    facts.push_back(Since(RatioFact(before ? "training.test_before" : "training.test_after",
                                    "engagements/" + row.Text("engagement_id"), row.Double("mean")),
                          "", row.Time("latest")));
  }
  SA_ASSIGN_OR_RETURN(const std::vector<CourseProgress> all, ReadProgress(tx, engagement));
  for (fact::v1::Fact& fact : OfMembers(all, max_retests)) {
    if (facts.size() < kMaxFacts) facts.push_back(std::move(fact));
  }
  return facts;
}

}  // namespace staraction::training
