#include "services/engagement/store/findings.h"

#include <map>

#include "absl/strings/str_cat.h"
#include "common/base/date.h"
#include "common/base/macros.h"
#include "common/pg/table.h"
#include "common/resource/name.h"
#include "services/engagement/store/operation.h"
#include "services/engagement/store/tables.h"

namespace staraction::engagement {
namespace {

using pg::Statement;
using pg::Transaction;

const Statement kOfCheck("findings_of_check", [] {
  return absl::StrCat("select ", kFindings.SelectList(), R"( from finding
    where organization_id = $1 and client_id = $2 and internal_check_id = $3
    order by finding_id)");
});

const Statement kCountOpen("count_open_findings", R"(
  select internal_check_id, count(*) as open from finding
  where organization_id = $1 and client_id = $2 and internal_check_id = any ($3::uuid[])
    and state not in ('STATE_VERIFIED', 'STATE_WITHDRAWN')
  group by internal_check_id)");

}  // namespace

absl::StatusOr<std::vector<v1::Finding>> FindingsOf(Transaction& tx, const std::string& check) {
  SA_ASSIGN_OR_RETURN(const pg::Rows rows,
                      tx.Exec(kOfCheck, {tx.organization(), tx.call().client(), LastId(check)}));
  std::vector<v1::Finding> findings;
  for (const pg::Row row : rows) findings.push_back(kFindings.FromRow(row));
  return findings;
}

absl::Status PresentChecks(Transaction& tx, std::vector<v1::InternalCheck>& checks) {
  std::vector<std::string> ids;
  ids.reserve(checks.size());
  for (const auto& check : checks) ids.push_back(LastId(check.name()));
  SA_ASSIGN_OR_RETURN(
      const pg::Rows rows,
      tx.Exec(kCountOpen, {tx.organization(), tx.call().client(), pg::ToArrayParam(ids)}));
  std::map<std::string, int> open;
  for (const pg::Row row : rows) {
    open[row.Text("internal_check_id")] = static_cast<int>(row.Int("open"));
  }
  for (v1::InternalCheck& check : checks) {
    check.set_open_findings(open[LastId(check.name())]);
    SetActions(check);
  }
  return absl::OkStatus();
}

v1::Finding PresentFinding(const Transaction& tx, v1::Finding finding) {
  const auto due = FromProtoDate(finding.due_date());
  finding.set_overdue(finding.state() == v1::Finding::STATE_DECIDED && due &&
                      *due < TokyoDay(tx.now()));
  SetActions(finding);
  return finding;
}

}  // namespace staraction::engagement
