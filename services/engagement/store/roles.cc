#include "services/engagement/store/roles.h"

#include "absl/strings/str_cat.h"
#include "common/base/date.h"
#include "common/base/id.h"
#include "common/base/macros.h"
#include "common/pg/field_value.h"
#include "common/resource/name.h"
#include "common/status/errors.h"
#include "services/engagement/domain/code.h"
#include "services/engagement/store/tables.h"

namespace staraction::engagement {
namespace {

std::string WithName(const std::string& where) {
  return absl::StrCat("select ", kRoleAssignments.SelectList(), R"(, (
      select m.display_name from member m
      where m.organization_id = r.organization_id and m.client_id = r.client_id
        and m.member_id = r.member_id) as member_display_name
    from role_assignment r where organization_id = $1 and client_id = $2 )",
                      where);
}

const pg::Statement kGet("get_role_with_name",
                         [] { return WithName("and role_assignment_id = $3"); });

const pg::Statement kFind("find_roles", [] {
  return WithName(R"(
      and role_assignment_id
          > coalesce(nullif($3::text, '')::uuid, '00000000-0000-0000-0000-000000000000')
      and ($4::date is null or (start_date <= $4 and (end_date is null or end_date >= $4)))
    order by role_assignment_id limit $5)");
});

v1::RoleAssignment FromRow(const pg::Row& row, const content::Library& library) {
  v1::RoleAssignment role = kRoleAssignments.FromRow(row);
  role.set_role_label(domain::LabelOf(*library.FindCodeList("security-roles"), role.role()));
  role.set_member_display_name(row.Text("member_display_name"));
  return role;
}

}  // namespace

absl::StatusOr<v1::RoleAssignment> GetRoleWithLabels(pg::Transaction& tx,
                                                     const content::Library& library,
                                                     const std::string& name) {
  if (!IsUuid(LastId(name))) return NotFound(name);
  SA_ASSIGN_OR_RETURN(const pg::Rows rows,
                      tx.Exec(kGet, {tx.organization(), tx.call().client(), LastId(name)}));
  if (rows.empty()) return NotFound(name);
  return FromRow(rows[0], library);
}

absl::StatusOr<v1::ListRoleAssignmentsResponse> FindRoles(
    pg::Transaction& tx, const content::Library& library,
    const v1::ListRoleAssignmentsRequest& request) {
  SA_ASSIGN_OR_RETURN(const PageQuery page,
                      ReadPage(request.page_size(), request.page_token(), request, 1));
  SA_ASSIGN_OR_RETURN(const std::string after, pg::AfterUuid(page));
  const auto day = FromProtoDate(request.as_of());
  SA_ASSIGN_OR_RETURN(const pg::Rows rows,
                      tx.Exec(kFind, {tx.organization(), tx.call().client(), after,
                                      day ? pg::Param(FormatIsoDate(*day)) : pg::Param(),
                                      pg::ToParam(int64_t{page.size} + 1)}));
  v1::ListRoleAssignmentsResponse response;
  for (const pg::Row row : rows) {
    if (response.role_assignments_size() == page.size) {
      const std::string& last = response.role_assignments(page.size - 1).name();
      response.set_next_page_token(NextToken(request, {LastId(last)}));
      break;
    }
    *response.add_role_assignments() = FromRow(row, library);
  }
  return response;
}

}  // namespace staraction::engagement
