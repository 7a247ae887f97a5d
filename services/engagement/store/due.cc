#include "services/engagement/store/due.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "common/base/date.h"
#include "common/base/id.h"
#include "common/base/macros.h"
#include "common/pg/field_value.h"
#include "common/resource/name.h"
#include "common/resource/page.h"
#include "common/status/errors.h"

namespace staraction::engagement {
namespace {

using pg::Statement;
using pg::Transaction;

constexpr char kFirstDay[] = "-infinity";
constexpr char kNobody[] = "00000000-0000-0000-0000-000000000000";

// One kind's rows in order. $1 organization, $2 last day, $3 and $4 what the page starts behind, $5
// how many. The portfolio's policies show the caller's clients only.
std::string Part(const std::string& table, const std::string& day, const std::string& state,
                 const std::string& columns, const std::string& mine) {
  return absl::StrReplaceAll(R"((select $columns, client_id, $table_id as id, $day as due_date
    from $table
    where organization_id = $1 and state = '$state' and $day <= $2
      and ($day, $table_id) > ($3::date, $4::uuid) $mine
    order by $day, $table_id limit $5))",
                             {{"$columns", columns},
                              {"$table", table},
                              {"$day", day},
                              {"$state", state},
                              {"$mine", mine}});
}

std::string DueSql(const std::string& mine) {
  return absl::StrCat(
      "select d.*, c.legal_name from (",
      Part("activity", "due_date", "STATE_PLANNED",
           "'KIND_ACTIVITY' as kind, title as text, side, owner_display_name, '' as parent", mine),
      " union all ",
      Part("finding", "due_date", "STATE_DECIDED",
           "'KIND_FINDING', text, 'SIDE_CLIENT', owner_display_name, internal_check_id::text",
           mine),
      " union all ",
      Part("rule_exception", "expire_date", "STATE_APPROVED",
           "'KIND_RULE_EXCEPTION', rule, 'SIDE_CLIENT', '', ''", mine),
      R"() as d
    join client c on c.organization_id = $1 and c.client_id = d.client_id and c.delete_time is null
    order by d.due_date, d.id limit $5)");
}

const Statement kDue("due_items", [] { return DueSql(""); });

// The same for one user's clients: led by them, who are few, and not by the days of all.
const Statement kDueOfUser("due_items_of_user", [] {
  return DueSql(R"(and client_id in (
    select client_id from client_access
    where organization_id = $1 and user_id = $6::uuid and revoke_time is null))");
});

std::string SubjectOf(const pg::Row& row, v1::DueItem::Kind kind, const std::string& client) {
  switch (kind) {
    case v1::DueItem::KIND_ACTIVITY:
      return absl::StrCat(client, "/activities/", row.Text("id"));
    case v1::DueItem::KIND_FINDING:
      return absl::StrCat(client, "/internalChecks/", row.Text("parent"), "/findings/",
                          row.Text("id"));
    default:
      return absl::StrCat(client, "/ruleExceptions/", row.Text("id"));
  }
}

absl::StatusOr<v1::DueItem> FromRow(const pg::Row& row, absl::CivilDay today, bool with_words) {
  v1::DueItem item;
  v1::DueItem::Kind kind = v1::DueItem::KIND_UNSPECIFIED;
  if (!v1::DueItem::Kind_Parse(row.Text("kind"), &kind)) return Internal("a due item of no kind");
  v1::Side side = v1::SIDE_CLIENT;
  v1::Side_Parse(row.Text("side"), &side);
  pg::FieldFromColumn(row, "due_date", v1::DueItem::descriptor()->FindFieldByName("due_date"),
                      item);
  item.set_kind(kind);
  item.set_side(side);
  item.set_client("clients/" + row.Text("client_id"));
  item.set_client_display_name(row.Text("legal_name"));
  item.set_subject(SubjectOf(row, kind, item.client()));
  item.set_days_overdue(static_cast<int>(today - *FromProtoDate(item.due_date())));
  if (!with_words) return item;
  item.set_text(row.Text("text"));
  item.set_owner_display_name(row.Text("owner_display_name"));
  return item;
}

}  // namespace

absl::StatusOr<v1::ListDueItemsResponse> FindDueItems(Transaction& tx,
                                                      const v1::ListDueItemsRequest& request) {
  SA_ASSIGN_OR_RETURN(const PageQuery page,
                      ReadPage(request.page_size(), request.page_token(), request, 2));
  const std::string day = page.after_key.empty() ? kFirstDay : page.after_key[0];
  const std::string id = page.after_key.empty() ? kNobody : page.after_key[1];
  if (!IsUuid(id) || (day != kFirstDay && !ParseDate(day).ok())) {
    return InvalidField("page_token", "was not made by this list",
                        "この一覧のトークンではありません");
  }
  const absl::CivilDay today = TokyoDay(tx.now());
  const auto& access = tx.call().access;
  pg::Params params = {tx.organization(), FormatIsoDate(today + request.within_days()), day, id,
                       pg::ToParam(int64_t{page.size} + 1)};
  const bool all = access.portfolio == "all";
  if (!all) params.push_back(IsUuid(access.portfolio) ? access.portfolio : std::string(kNobody));
  SA_ASSIGN_OR_RETURN(const pg::Rows rows, tx.Exec(all ? kDue : kDueOfUser, params));
  const bool with_words =
      access.Has(common::v1::ROLE_ADMIN) || access.Has(common::v1::ROLE_CONSULTANT);
  v1::ListDueItemsResponse response;
  for (const pg::Row row : rows) {
    if (response.due_items_size() == page.size) {
      const auto& last = response.due_items(page.size - 1);
      response.set_next_page_token(NextToken(
          request, {FormatIsoDate(*FromProtoDate(last.due_date())), LastId(last.subject())}));
      break;
    }
    SA_ASSIGN_OR_RETURN(*response.add_due_items(), FromRow(row, today, with_words));
  }
  return response;
}

}  // namespace staraction::engagement
