#include "services/training/store/completion_store.h"

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

// $1 organization, $2 client, $3 engagement or NULL.
const Statement kProgress("training_progress", R"(
  with newest as (
    select distinct on (a.engagement_id, a.session_id, a.member_id)
           a.engagement_id, a.member_id, a.present, a.effective_time, s.course_id
    from attendance a
    join session s on s.organization_id = a.organization_id and s.session_id = a.session_id
    where a.organization_id = $1 and a.client_id = $2
      and ($3::uuid is null or a.engagement_id = $3)
    order by a.engagement_id, a.session_id, a.member_id, a.position desc),
  attended as (
    select engagement_id, member_id, course_id, min(effective_time) as attend_time
    from newest where present group by engagement_id, member_id, course_id),
  passed as (
    select engagement_id, member_id, course_id, min(effective_time) as pass_time
    from attempt
    where organization_id = $1 and client_id = $2 and ($3::uuid is null or engagement_id = $3)
      and passed and kind in ('KIND_AFTER', 'KIND_RETEST')
    group by engagement_id, member_id, course_id)
  select engagement_id, member_id, bool_or(attend_time is not null) as attended,
         bool_or(pass_time is not null) as passed,
         min(greatest(attend_time, pass_time))
           filter (where attend_time is not null and pass_time is not null) as complete_time
  from attended full join passed using (engagement_id, member_id, course_id)
  group by engagement_id, member_id order by engagement_id, member_id)");

}  // namespace

absl::StatusOr<std::vector<Progress>> ReadProgress(pg::Transaction& tx,
                                                   const std::string& engagement) {
  pg::Param id;
  if (!engagement.empty()) {
    SA_ASSIGN_OR_RETURN(id, EngagementId(engagement, "engagement"));
  }
  SA_ASSIGN_OR_RETURN(const pg::Rows rows,
                      tx.Exec(kProgress, {tx.organization(), tx.call().client(), id}));
  std::vector<Progress> out;
  for (const pg::Row row : rows) {
    Progress progress;
    progress.engagement = "engagements/" + row.Text("engagement_id");
    progress.member = absl::StrCat(tx.call().client_name(), "/members/", row.Text("member_id"));
    progress.attended = row.Bool("attended");
    progress.passed = row.Bool("passed");
    if (!row.IsNull("complete_time")) progress.complete_time = row.Time("complete_time");
    out.push_back(std::move(progress));
  }
  return out;
}

absl::StatusOr<std::vector<fact::v1::Fact>> CollectFacts(pg::Transaction& tx,
                                                         const std::string& engagement) {
  SA_ASSIGN_OR_RETURN(const std::vector<Progress> all, ReadProgress(tx, engagement));
  std::vector<fact::v1::Fact> facts;
  for (const Progress& progress : all) {
    if (!progress.complete_time || facts.size() == kMaxFacts) continue;
    fact::v1::Fact fact = TruthFact("training.completed", progress.engagement, true);
    fact.set_subject(progress.member);
    *fact.mutable_effective_time() = pg::ToTimestamp(*progress.complete_time);
    facts.push_back(std::move(fact));
  }
  return facts;
}

}  // namespace staraction::training
