#include "services/engagement/store/visits.h"

#include <set>

#include "absl/strings/str_cat.h"
#include "common/base/date.h"
#include "common/base/id.h"
#include "common/base/macros.h"
#include "common/pg/field_value.h"
#include "common/resource/name.h"
#include "common/status/errors.h"
#include "services/engagement/domain/life.h"
#include "services/engagement/store/tables.h"

namespace staraction::engagement {
namespace {

using pg::Transaction;

// What the report's head prints, and which visit it is by day.
const pg::Statement kHead("visit_report_head", R"(
  select o.display_name as organization, c.legal_name as client, e.offering_id,
         (select count(*) from visit v
          where v.organization_id = $1 and v.engagement_id = $2 and v.state <> 'STATE_CANCELLED'
            and (v.planned_date, v.visit_id) <= ($4::date, $3::uuid)) as number
  from engagement e
  join organization o on o.organization_id = e.organization_id
  join client c on c.organization_id = e.organization_id and c.client_id = e.client_id
  where e.organization_id = $1 and e.engagement_id = $2)");

const pg::Statement kConfirmations("confirmations_of_visit", R"(
  select person, channel, effective_time, recorded_by, create_time, note, content_digest
  from visit_confirmation
  where organization_id = $1 and engagement_id = $2 and visit_id = $3
  order by visit_confirmation_id)");

const pg::Statement kConfirm("add_visit_confirmation", R"(
  insert into visit_confirmation (organization_id, client_id, engagement_id, visit_id,
      visit_confirmation_id, person, channel, effective_time, recorded_by, note, content_digest,
      create_time)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12))");

const pg::Statement kPeople("people_of_visit", R"(
  select 'users/' || user_id as name, display_name, '' as position
  from user_account where organization_id = $1 and user_id = any ($3::uuid[])
  union all
  select 'clients/' || client_id || '/members/' || member_id, display_name, position
  from member where organization_id = $1 and client_id = $2 and member_id = any ($3::uuid[]))");

const pg::Statement kMoveNext("move_next_visit", R"(
  update visit set planned_date = $3, planned_start_time = null, planned_end_time = null,
                   update_time = $4, version = version + 1
  where organization_id = $1 and engagement_id = $2 and visit_id = (
    select visit_id from visit
    where organization_id = $1 and engagement_id = $2 and state = 'STATE_PLANNED'
    order by planned_date, visit_id limit 1))");

struct Person {
  std::string display_name;
  std::string position;
};
using People = std::map<std::string, Person>;

void Collect(const std::string& name, std::set<std::string>& ids) {
  if (!name.empty() && IsUuid(LastId(name))) ids.insert(LastId(name));
}

absl::StatusOr<People> FindPeople(Transaction& tx, const v1::Visit& visit) {
  std::set<std::string> ids;
  for (const auto& person : visit.participants()) {
    Collect(person.user(), ids);
    Collect(person.member(), ids);
  }
  for (const auto& homework : visit.homework()) {
    Collect(homework.owner_user(), ids);
    Collect(homework.owner_member(), ids);
  }
  People people;
  if (ids.empty()) return people;
  SA_ASSIGN_OR_RETURN(const pg::Rows rows,
                      tx.Exec(kPeople, {tx.organization(), tx.call().client(),
                                        pg::ToArrayParam({ids.begin(), ids.end()})}));
  for (const pg::Row row : rows) {
    people[row.Text("name")] = {row.Text("display_name"), row.Text("position")};
  }
  return people;
}

absl::Status Absent(const std::string& field, const std::string& name) {
  return InvalidField(field, absl::StrCat("'", name, "' does not exist"),
                      absl::StrCat("「", name, "」は登録されていません"));
}

v1::Visit::Confirmation ConfirmationOf(const pg::Row& row) {
  v1::Visit::Confirmation confirmation;
  confirmation.set_person(row.Text("person"));
  common::v1::Channel channel = common::v1::CHANNEL_UNSPECIFIED;
  common::v1::Channel_Parse(row.Text("channel"), &channel);
  confirmation.set_channel(channel);
  *confirmation.mutable_effective_time() = pg::ToTimestamp(row.Time("effective_time"));
  confirmation.set_recorded_by(row.Text("recorded_by"));
  *confirmation.mutable_create_time() = pg::ToTimestamp(row.Time("create_time"));
  confirmation.set_note(row.Text("note"));
  confirmation.set_content_digest(row.Text("content_digest"));
  return confirmation;
}

}  // namespace

v1::Visit PresentVisit(v1::Visit visit) {
  visit.clear_allowed_actions();
  for (const std::string& action : domain::ActionsOf(visit.state())) {
    visit.add_allowed_actions(action);
  }
  return visit;
}

absl::StatusOr<v1::Visit> CompleteVisit(Transaction& tx, v1::Visit visit, std::string* offering) {
  const std::string engagement = LastId(EngagementOf(visit.name()));
  const auto day = FromProtoDate(visit.planned_date());
  SA_ASSIGN_OR_RETURN(const pg::Rows head,
                      tx.Exec(kHead, {tx.organization(), engagement, LastId(visit.name()),
                                      FormatIsoDate(day.value_or(absl::CivilDay()))}));
  if (head.empty()) return NotFound(visit.name());
  visit.set_organization_display_name(head[0].Text("organization"));
  visit.set_client_display_name(head[0].Text("client"));
  visit.set_number(static_cast<int>(head[0].Int("number")));
  *offering = head[0].Text("offering_id");
  SA_ASSIGN_OR_RETURN(const pg::Rows rows, tx.Exec(kConfirmations, {tx.organization(), engagement,
                                                                    LastId(visit.name())}));
  for (const pg::Row row : rows) *visit.add_confirmations() = ConfirmationOf(row);
  return PresentVisit(std::move(visit));
}

absl::Status NamePeople(Transaction& tx, v1::Visit& visit) {
  SA_ASSIGN_OR_RETURN(const People people, FindPeople(tx, visit));
  for (auto& person : *visit.mutable_participants()) {
    const std::string& name = person.user().empty() ? person.member() : person.user();
    if (name.empty()) continue;
    const auto found = people.find(name);
    if (found == people.end()) return Absent("participants", name);
    person.set_display_name(found->second.display_name);
    if (person.position().empty()) person.set_position(found->second.position);
    person.set_side(person.user().empty() ? v1::SIDE_CLIENT : v1::SIDE_CONSULTANT);
  }
  for (auto& homework : *visit.mutable_homework()) {
    const std::string& name =
        homework.owner_user().empty() ? homework.owner_member() : homework.owner_user();
    if (name.empty()) continue;
    const auto found = people.find(name);
    if (found == people.end()) return Absent("homework", name);
    homework.set_owner_display_name(found->second.display_name);
  }
  return absl::OkStatus();
}

absl::Status AddConfirmation(Transaction& tx, const std::string& visit,
                             const v1::Visit::Confirmation& confirmation) {
  return tx
      .Exec(kConfirm, {tx.organization(), tx.call().client(), LastId(EngagementOf(visit)),
                       LastId(visit), NewId(tx.now()), confirmation.person(),
                       common::v1::Channel_Name(confirmation.channel()),
                       pg::ToParam(pg::FromTimestamp(confirmation.effective_time())),
                       confirmation.recorded_by(), confirmation.note(),
                       confirmation.content_digest(), pg::ToParam(tx.now())})
      .status();
}

absl::Status MoveNextVisit(Transaction& tx, const std::string& engagement, absl::CivilDay day) {
  return tx
      .Exec(kMoveNext,
            {tx.organization(), LastId(engagement), FormatIsoDate(day), pg::ToParam(tx.now())})
      .status();
}

}  // namespace staraction::engagement
