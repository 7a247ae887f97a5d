#include "services/training/store/report_store.h"

#include "absl/strings/str_cat.h"
#include "common/base/date.h"
#include "common/base/macros.h"
#include "services/training/store/tables.h"

namespace staraction::training {
namespace {

using pg::Statement;

const Statement kGraded("report_graded", [] {
  return absl::StrCat("select ", kAttempts.SelectList(), R"( from attempt
    where organization_id = $1 and engagement_id = $2 and state = 'STATE_SUBMITTED'
      and kind in ('KIND_BEFORE', 'KIND_AFTER')
    order by attempt_id)");
});

const Statement kCounts("report_counts", R"(
  select count(distinct member_id) as tested,
         count(distinct member_id) filter (where passed and kind <> 'KIND_BEFORE') as passed,
         count(*) filter (where kind = 'KIND_RETEST') as retests
  from attempt
  where organization_id = $1 and engagement_id = $2 and state = 'STATE_SUBMITTED')");

// A day is told by a moment in it.
const Statement kDays("report_days", R"(
  select date_trunc('day', recorded, 'Asia/Tokyo') as day from (
    select create_time as recorded from attendance
    where organization_id = $1 and engagement_id = $2
    union all select submit_time from attempt
    where organization_id = $1 and engagement_id = $2 and submit_time is not null) acts
  group by 1 order by 1)");

}  // namespace

absl::StatusOr<std::vector<v1::Attempt>> ReadGraded(pg::Transaction& tx,
                                                    const std::string& engagement) {
  SA_ASSIGN_OR_RETURN(const std::string id, EngagementId(engagement, "name"));
  SA_ASSIGN_OR_RETURN(const pg::Rows rows, tx.Exec(kGraded, {tx.organization(), id}));
  std::vector<v1::Attempt> attempts;
  for (const pg::Row row : rows) attempts.push_back(kAttempts.FromRow(row));
  return attempts;
}

absl::StatusOr<AttemptCounts> CountAttempts(pg::Transaction& tx, const std::string& engagement) {
  SA_ASSIGN_OR_RETURN(const std::string id, EngagementId(engagement, "name"));
  SA_ASSIGN_OR_RETURN(const pg::Rows rows, tx.Exec(kCounts, {tx.organization(), id}));
  return AttemptCounts{static_cast<int>(rows[0].Int("tested")),
                       static_cast<int>(rows[0].Int("passed")),
                       static_cast<int>(rows[0].Int("retests"))};
}

absl::StatusOr<std::vector<absl::CivilDay>> RecordDays(pg::Transaction& tx,
                                                       const std::string& engagement) {
  SA_ASSIGN_OR_RETURN(const std::string id, EngagementId(engagement, "name"));
  SA_ASSIGN_OR_RETURN(const pg::Rows rows, tx.Exec(kDays, {tx.organization(), id}));
  std::vector<absl::CivilDay> days;
  for (const pg::Row row : rows) days.push_back(TokyoDay(row.Time("day")));
  return days;
}

}  // namespace staraction::training
