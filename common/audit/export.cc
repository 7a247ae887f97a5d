#include "common/audit/export.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "common/base/clock.h"
#include "common/base/macros.h"

namespace staraction::audit {
namespace {

constexpr int64_t kPage = 2000;

const pg::Statement kExport("audit_export",
                            absl::StrCat("select ", kEntryColumns, R"( from audit_entry
      where sequence is not null and ($1::uuid is null or organization_id = $1)
        and (organization_id, sequence) > ($2::uuid, $3::bigint)
      order by organization_id, sequence limit $4)"),
                            pg::Statement::Role::kJobs);

}  // namespace

absl::StatusOr<int64_t> Export(pg::Pool& pool, const Header& header, std::ostream& out) {
  out << FormatHeader(header) << "\n";
  const pg::Param filter =
      header.organization.empty() ? pg::Param() : pg::Param(header.organization);
  std::string organization = "00000000-0000-0000-0000-000000000000";
  int64_t sequence = 0;
  int64_t count = 0;
  int page = 0;
  do {
    std::string text;
    const Call call = SystemCall(pool.service(), "", "", RealClock()(), absl::Minutes(1));
    SA_RETURN_IF_ERROR(pool.Run(call, [&](pg::Transaction& tx) -> absl::Status {
      SA_ASSIGN_OR_RETURN(
          const pg::Rows rows,
          tx.Exec(kExport, {filter, organization, pg::ToParam(sequence), pg::ToParam(kPage)}));
      page = rows.size();
      text.clear();
      for (const pg::Row row : rows) {
        const Entry entry = ReadEntry(row);
        organization = entry.organization;
        sequence = entry.sequence;
        absl::StrAppend(&text, FormatEntry(entry), "\n");
      }
      return absl::OkStatus();
    }));
    out << text;
    count += page;
  } while (page == kPage);
  if (!out.flush()) return absl::UnavailableError("the file cannot be written");
  return count;
}

}  // namespace staraction::audit
