#include "services/training/store/certificate_store.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "common/base/macros.h"
#include "common/resource/name.h"
#include "services/training/store/tables.h"

namespace staraction::training {
namespace {

using pg::Statement;

const Statement kNextNumber("certificate_next_number", R"(
  insert into certificate_number (organization_id, year, last) values ($1, $2, 1)
  on conflict (organization_id, year) do update set last = certificate_number.last + 1
  returning last)");

const Statement kHolding("certificate_holding", R"(
  select completion_certificate_id from completion_certificate
  where organization_id = $1 and engagement_id = $2 and member_id = $3 and course_id = $4
    and state = 'STATE_ISSUED')");

}  // namespace

absl::StatusOr<std::string> NextCertificateNumber(pg::Transaction& tx, int year) {
  SA_ASSIGN_OR_RETURN(const pg::Rows rows,
                      tx.Exec(kNextNumber, {tx.organization(), pg::ToParam(int64_t{year})}));
  return absl::StrFormat("%d-%04d", year, rows[0].Int("last"));
}

absl::StatusOr<std::string> HoldingCertificate(pg::Transaction& tx, const std::string& engagement,
                                               const std::string& member,
                                               const std::string& course) {
  SA_ASSIGN_OR_RETURN(const std::string engagement_id, EngagementId(engagement, "parent"));
  SA_ASSIGN_OR_RETURN(const std::string member_id, MemberId(member, "member"));
  SA_ASSIGN_OR_RETURN(const pg::Rows rows, tx.Exec(kHolding, {tx.organization(), engagement_id,
                                                              member_id, LastId(course)}));
  if (rows.empty()) return std::string();
  return absl::StrCat(engagement, "/completionCertificates/",
                      rows[0].Text("completion_certificate_id"));
}

}  // namespace staraction::training
