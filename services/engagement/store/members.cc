#include "services/engagement/store/members.h"

#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"
#include "common/base/date.h"
#include "common/base/id.h"
#include "common/base/macros.h"
#include "common/base/text.h"
#include "common/pg/field_value.h"
#include "common/resource/name.h"
#include "services/engagement/store/tables.h"

namespace staraction::engagement {
namespace {

const pg::Statement kFind("find_members", [] {
  return absl::StrCat("select ", kMembers.SelectList(), R"( from member
    where organization_id = $1 and client_id = $2
      and member_id > coalesce(nullif($3::text, '')::uuid, '00000000-0000-0000-0000-000000000000')
      and ($4::date is null
           or employed_on(hire_date, leave_date, status, status_date, past_periods, $4))
      and ($5::text = '' or position($5 in search_text) > 0)
    order by member_id limit $6)");
});

const pg::Statement kAll("all_members", [] {
  return absl::StrCat("select ", kMembers.SelectList(),
                      " from member where organization_id = $1 and client_id = $2");
});

// Rows as JSON, because one statement for a thousand people is what makes imports fast.
const pg::Statement kUpsert("upsert_members", R"(
  insert into member (organization_id, client_id, member_id, staff_number, display_name, kana,
                      department, position, email, hire_date, leave_date, status, president,
                      employment_type, site_id, off_site, status_date, past_periods, search_text,
                      create_time, update_time, version)
  select $1, $2, r.member_id, r.staff_number, r.display_name, r.kana, r.department, r.position,
         r.email, r.hire_date, r.leave_date, r.status, r.president, r.employment_type, r.site_id,
         r.off_site, r.status_date, r.past_periods, r.search_text, $4, $4, 1
  from jsonb_to_recordset($3::jsonb) as r (
    member_id uuid, staff_number text, display_name text, kana text, department text,
    position text, email text, hire_date date, leave_date date, status text, president boolean,
    employment_type text, site_id uuid, off_site boolean, status_date date, past_periods jsonb,
    search_text text)
  on conflict on constraint member_staff_number_key do update set
    display_name = excluded.display_name, kana = excluded.kana, department = excluded.department,
    position = excluded.position, email = excluded.email, hire_date = excluded.hire_date,
    leave_date = excluded.leave_date, status = excluded.status, president = excluded.president,
    employment_type = excluded.employment_type, site_id = excluded.site_id,
    off_site = excluded.off_site, status_date = excluded.status_date,
    past_periods = excluded.past_periods, search_text = excluded.search_text,
    update_time = excluded.update_time,
    version = member.version + 1)");

constexpr size_t kRowsPerStatement = 2000;

nlohmann::json DateJson(const google::type::Date& date) {
  const auto day = FromProtoDate(date);
  return day ? nlohmann::json(FormatIsoDate(*day)) : nlohmann::json(nullptr);
}

nlohmann::json PeriodsJson(const v1::Member& member) {
  const auto* field = v1::Member::descriptor()->FindFieldByName("past_periods");
  const pg::Param json = pg::FieldToParam(member, field);
  return json && member.past_periods_size() > 0 ? nlohmann::json::parse(*json) : nullptr;
}

nlohmann::json SiteJson(const v1::Member& member) {
  return member.site().empty() ? nlohmann::json(nullptr) : nlohmann::json(LastId(member.site()));
}

nlohmann::json ToJson(const v1::Member& member, const std::string& id) {
  return {{"member_id", id},
          {"staff_number", member.staff_number()},
          {"display_name", member.display_name()},
          {"kana", member.kana()},
          {"department", member.department()},
          {"position", member.position()},
          {"email", member.email()},
          {"hire_date", DateJson(member.hire_date())},
          {"leave_date", DateJson(member.leave_date())},
          {"status", v1::MemberStatus_Name(member.status())},
          {"president", member.president()},
          {"employment_type", v1::EmploymentType_Name(member.employment_type())},
          {"site_id", SiteJson(member)},
          {"off_site", member.off_site()},
          {"status_date", DateJson(member.status_date())},
          {"past_periods", PeriodsJson(member)},
          {"search_text", MemberSearchText(member)}};
}

absl::Status Upsert(pg::Transaction& tx, const nlohmann::json& rows) {
  return tx
      .Exec(kUpsert, {tx.organization(), tx.call().client(), rows.dump(), pg::ToParam(tx.now())})
      .status();
}

}  // namespace

absl::StatusOr<v1::ListMembersResponse> FindMembers(pg::Transaction& tx,
                                                    const v1::ListMembersRequest& request) {
  SA_ASSIGN_OR_RETURN(const PageQuery page,
                      ReadPage(request.page_size(), request.page_token(), request, 1));
  SA_ASSIGN_OR_RETURN(const std::string after, pg::AfterUuid(page));
  const auto day = FromProtoDate(request.as_of());
  SA_ASSIGN_OR_RETURN(
      const pg::Rows rows,
      tx.Exec(kFind, {tx.organization(), tx.call().client(), after,
                      day ? pg::Param(FormatIsoDate(*day)) : pg::Param(),
                      FoldForSearch(request.query()), pg::ToParam(int64_t{page.size} + 1)}));
  return pg::ToResponse(kMembers.ToPage(rows, page, request),
                        &v1::ListMembersResponse::mutable_members);
}

absl::StatusOr<std::vector<v1::Member>> AllMembers(pg::Transaction& tx) {
  SA_ASSIGN_OR_RETURN(const pg::Rows rows, tx.Exec(kAll, {tx.organization(), tx.call().client()}));
  std::vector<v1::Member> members;
  for (const pg::Row row : rows) members.push_back(kMembers.FromRow(row));
  return members;
}

absl::Status StoreMembers(pg::Transaction& tx, const domain::RosterChange& change) {
  nlohmann::json rows = nlohmann::json::array();
  const auto add = [&](const v1::Member& member, const std::string& id) -> absl::Status {
    rows.push_back(ToJson(member, id));
    if (rows.size() < kRowsPerStatement) return absl::OkStatus();
    SA_RETURN_IF_ERROR(Upsert(tx, rows));
    rows.clear();
    return absl::OkStatus();
  };
  for (const v1::Member& member : change.created) SA_RETURN_IF_ERROR(add(member, NewId(tx.now())));
  for (const v1::Member& member : change.updated) {
    SA_RETURN_IF_ERROR(add(member, LastId(member.name())));
  }
  return rows.empty() ? absl::OkStatus() : Upsert(tx, rows);
}

}  // namespace staraction::engagement
