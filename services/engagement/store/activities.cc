#include "services/engagement/store/activities.h"

#include <algorithm>
#include <map>
#include <set>

#include "absl/strings/str_cat.h"
#include "common/base/date.h"
#include "common/base/id.h"
#include "common/base/macros.h"
#include "common/pg/table.h"
#include "common/resource/name.h"
#include "common/resource/page.h"
#include "common/status/errors.h"
#include "services/engagement/domain/code.h"
#include "services/engagement/store/operation.h"
#include "services/engagement/store/tables.h"
#include "services/engagement/store/tasks.h"

namespace staraction::engagement {
namespace {

using pg::Statement;
using pg::Transaction;

constexpr char kFirstDay[] = "-infinity";
constexpr char kNobody[] = "00000000-0000-0000-0000-000000000000";

const Statement kFind("find_activities", [] {
  return absl::StrCat("select ", kActivities.SelectList(), R"( from activity
    where organization_id = $1 and client_id = $2
      and (not $3::boolean or state = 'STATE_PLANNED')
      and ($4::date is null or due_date <= $4)
      and ($5::uuid is null or engagement_id = $5)
      and (due_date, activity_id) > ($6::date, $7::uuid)
    order by due_date, activity_id limit $8)");
});

const Statement kPlanned("occurrences_of_activities", R"(
  select code, occurrence from activity
  where organization_id = $1 and engagement_id = $2 and occurrence > 0)");

// What an engagement still has planned is skipped, for a reason: of its calendar only, or all.
const Statement kSkipPlanned("skip_planned_activities", R"(
  with skipped as (
    update activity set state = 'STATE_SKIPPED', update_time = $6, version = version + 1
    where organization_id = $1 and client_id = $2 and engagement_id = $3
      and state = 'STATE_PLANNED' and (not $4::boolean or occurrence > 0)
    returning client_id, activity_id)
  insert into operation_act (organization_id, client_id, operation_act_id, subject, verb, text,
      effective_date, channel, recorded_by, create_time)
  select $1, client_id, gen_random_uuid(),
         'clients/' || client_id || '/activities/' || activity_id, 'skip', $5, $7,
         'CHANNEL_UNSPECIFIED', $8, $6
  from skipped)");

const Statement kTakeOver("take_over_activities", R"(
  update activity set engagement_id = $4, update_time = $5, version = version + 1
  where organization_id = $1 and client_id = $2 and engagement_id = $3
    and state = 'STATE_PLANNED')");

const Statement kHolders("holders_of_roles", R"(
  select distinct on (r.role) r.role, r.member_id, m.display_name
  from role_assignment r join member m on m.organization_id = r.organization_id
       and m.client_id = r.client_id and m.member_id = r.member_id
  where r.organization_id = $1 and r.client_id = $2
    and r.start_date <= $3 and (r.end_date is null or r.end_date >= $3)
  order by r.role, r.site_id nulls first, r.start_date desc)");

struct After {
  std::string day = kFirstDay;
  std::string id = kNobody;
};

absl::StatusOr<After> AfterOf(const PageQuery& page) {
  if (page.after_key.empty()) return After();
  After after{page.after_key[0], page.after_key[1]};
  if (!IsUuid(after.id) || !ParseDate(after.day).ok()) {
    return InvalidField("page_token", "was not made by this list",
                        "この一覧のトークンではありません");
  }
  return after;
}

std::vector<std::string> KeyOf(const v1::Activity& activity) {
  return {FormatIsoDate(*FromProtoDate(activity.due_date())), LastId(activity.name())};
}

void SetOverdue(absl::CivilDay today, v1::Activity& activity) {
  activity.set_overdue(activity.state() == v1::Activity::STATE_PLANNED &&
                       *FromProtoDate(activity.due_date()) < today);
}

absl::Status DropPlanned(Transaction& tx, const std::string& engagement,
                         std::vector<v1::Activity>& year) {
  SA_ASSIGN_OR_RETURN(const pg::Rows rows,
                      tx.Exec(kPlanned, {tx.organization(), LastId(engagement)}));
  std::set<std::pair<std::string, int64_t>> planned;
  for (const pg::Row row : rows) planned.emplace(row.Text("code"), row.Int("occurrence"));
  year.erase(std::remove_if(year.begin(), year.end(),
                            [&](const auto& each) {
                              return planned.count({each.code(), each.occurrence()}) > 0;
                            }),
             year.end());
  return absl::OkStatus();
}

absl::Status SetOwnersByRole(Transaction& tx, std::vector<v1::Activity>& year) {
  SA_ASSIGN_OR_RETURN(const pg::Rows rows, tx.Exec(kHolders, {tx.organization(), tx.call().client(),
                                                              FormatIsoDate(TokyoDay(tx.now()))}));
  std::map<std::string, std::pair<std::string, std::string>> holders;
  for (const pg::Row row : rows) {
    holders[row.Text("role")] = {row.Text("member_id"), row.Text("display_name")};
  }
  for (v1::Activity& activity : year) {
    const auto holder = holders.find(activity.role());
    if (holder == holders.end()) continue;
    activity.set_owner_member(tx.call().client_name() + "/members/" + holder->second.first);
    activity.set_owner_display_name(holder->second.second);
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status PresentActivities(Transaction& tx, const content::Library& library,
                               std::vector<v1::Activity>& activities) {
  std::vector<std::string> names;
  names.reserve(activities.size());
  for (const auto& activity : activities) names.push_back(activity.name());
  SA_ASSIGN_OR_RETURN(auto evidences, CountEvidences(tx, names));
  const auto* roles = library.FindCodeList("security-roles");
  for (v1::Activity& activity : activities) {
    SetOverdue(TokyoDay(tx.now()), activity);
    activity.set_evidence_count(evidences[activity.name()]);
    activity.set_role_label(activity.role().empty() || roles == nullptr
                                ? ""
                                : domain::LabelOf(*roles, activity.role()));
    SetActions(activity);
  }
  return absl::OkStatus();
}

absl::StatusOr<v1::ListActivitiesResponse> FindActivities(
    Transaction& tx, const content::Library& library, const v1::ListActivitiesRequest& request) {
  SA_ASSIGN_OR_RETURN(const PageQuery page,
                      ReadPage(request.page_size(), request.page_token(), request, 2));
  SA_ASSIGN_OR_RETURN(const After after, AfterOf(page));
  SA_RETURN_IF_ERROR(CheckEngagementOf(tx, request.engagement(), "engagement"));
  const auto due = FromProtoDate(request.due_by());
  SA_ASSIGN_OR_RETURN(
      const pg::Rows rows,
      tx.Exec(kFind, {tx.organization(), tx.call().client(), pg::ToParam(request.planned_only()),
                      due ? pg::Param(FormatIsoDate(*due)) : pg::Param(),
                      request.engagement().empty() ? pg::Param() : LastId(request.engagement()),
                      after.day, after.id, pg::ToParam(int64_t{page.size} + 1)}));
  std::vector<v1::Activity> found;
  v1::ListActivitiesResponse response;
  for (const pg::Row row : rows) {
    if (static_cast<int>(found.size()) == page.size) {
      response.set_next_page_token(NextToken(request, KeyOf(found.back())));
      break;
    }
    found.push_back(kActivities.FromRow(row));
  }
  SA_RETURN_IF_ERROR(PresentActivities(tx, library, found));
  for (v1::Activity& activity : found) *response.add_activities() = std::move(activity);
  return response;
}

absl::StatusOr<std::vector<v1::Activity>> StoreYear(Transaction& tx,
                                                    const content::v1::ActivityCalendar& calendar,
                                                    const std::string& engagement,
                                                    std::vector<v1::Activity> year, bool only_say) {
  SA_RETURN_IF_ERROR(DropPlanned(tx, engagement, year));
  SA_RETURN_IF_ERROR(SetOwnersByRole(tx, year));
  absl::Time time = tx.now();
  for (v1::Activity& activity : year) {
    time += absl::Milliseconds(1);  // ids of one millisecond have no order
    activity.set_name(tx.call().client_name() + "/activities/" + NewId(time));
    activity.set_state(v1::Activity::STATE_PLANNED);
    activity.set_engagement(engagement);
    activity.set_pack(absl::StrCat(calendar.pack().urn(), "@", calendar.pack().version()));
  }
  if (only_say) return year;
  SA_RETURN_IF_ERROR(kActivities.InsertAll(tx, year));
  SA_RETURN_IF_ERROR(RefreshNextDueDate(tx, engagement));
  return year;
}

absl::Status SkipPlanned(Transaction& tx, const std::string& engagement, const std::string& reason,
                         bool of_calendar) {
  return tx
      .Exec(kSkipPlanned,
            {tx.organization(), tx.call().client(), LastId(engagement), pg::ToParam(of_calendar),
             reason, pg::ToParam(tx.now()), FormatIsoDate(TokyoDay(tx.now())), tx.call().Actor()})
      .status();
}

absl::Status TakeOver(Transaction& tx, const std::string& from, const std::string& to) {
  return tx
      .Exec(kTakeOver, {tx.organization(), tx.call().client(), LastId(from), LastId(to),
                        pg::ToParam(tx.now())})
      .status();
}

}  // namespace staraction::engagement
