#include <sys/stat.h>

#include <fstream>
#include <ostream>

#include "absl/strings/str_cat.h"
#include "common/audit/export.h"
#include "common/audit/verify.h"
#include "common/base/clock.h"
#include "common/base/id.h"
#include "common/base/macros.h"
#include "common/config/parse.h"
#include "common/pg/pool.h"
#include "tools/staractl/commands.h"

namespace staraction::ctl {
namespace {

constexpr size_t kMaxKeysBytes = 256 * 1024;
constexpr size_t kMaxUrlBytes = 64 * 1024;
// Enough to see what happened; a damaged file may have a million.
constexpr size_t kMaxFindings = 100;

// The database's address from a file, so that no password stands on a command line.
absl::StatusOr<pg::PoolOptions> DatabaseOptions(const Arguments& arguments) {
  pg::PoolOptions options;
  SA_ASSIGN_OR_RETURN(options.url,
                      ReadFileToString(arguments.Get("jobs-database-url-file"), kMaxUrlBytes));
  while (!options.url.empty() && options.url.back() == '\n') options.url.pop_back();
  options.service = arguments.Get("service");
  options.role = pg::Statement::Role::kJobs;
  options.size = 1;
  return options;
}

absl::Status ExportAudit(const Arguments& arguments, std::ostream& out) {
  audit::Header header;
  header.service = arguments.Get("service");
  header.organization = arguments.Get("organization");
  header.export_time = RealClock()();
  if (!header.organization.empty() && !IsUuid(header.organization)) {
    return UsageError(absl::StrCat("--organization: '", header.organization, "' is no UUID"));
  }
  SA_ASSIGN_OR_RETURN(const pg::PoolOptions options, DatabaseOptions(arguments));
  pg::Pool pool(options);
  const std::string& path = arguments.positional(0);
  // Resource names and acts of people are nobody else's business.
  const mode_t mask = umask(0077);
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  umask(mask);
  if (!file) return absl::UnavailableError(absl::StrCat("cannot write ", path));
  SA_ASSIGN_OR_RETURN(const int64_t count, audit::Export(pool, header, file));
  out << path << ": " << count << " entries of " << header.service << "\n";
  return absl::OkStatus();
}

absl::StatusOr<audit::AnchorSet> AnchorsOf(const Arguments& arguments) {
  if (!arguments.Has("anchors")) return audit::AnchorSet();
  if (!arguments.Has("keys")) return audit::ReadAnchors(arguments.Get("anchors"), nullptr);
  SA_ASSIGN_OR_RETURN(const std::string jwks,
                      ReadFileToString(arguments.Get("keys"), kMaxKeysBytes));
  SA_ASSIGN_OR_RETURN(const KeySet keys, KeySet::Parse(jwks));
  return audit::ReadAnchors(arguments.Get("anchors"), &keys);
}

void PrintReport(const audit::Report& report, const audit::AnchorSet& anchors, std::ostream& out) {
  out << report.header.service << ", exported "
      << absl::FormatTime("%Y-%m-%d %H:%M:%S UTC", report.header.export_time, absl::UTCTimeZone())
      << ": " << report.entries << " entries of " << report.organizations << " organizations, "
      << report.anchors << " anchors compared, " << report.after_anchors
      << " entries after the last anchor\n";
  if (report.younger_anchors > 0) {
    out << report.younger_anchors
        << " anchors are of entries after this export: if it is not from before them, it lacks its "
           "end\n";
  }
  size_t printed = 0;
  for (const audit::Finding& finding : report.findings) {
    if (++printed > kMaxFindings) break;
    if (!finding.organization.empty()) out << "organization " << finding.organization << ": ";
    out << finding.text << "\n";
  }
  if (printed > kMaxFindings) out << "… and " << report.findings.size() - kMaxFindings << " more\n";
  for (const std::string& refused : anchors.refused) out << "anchor refused: " << refused << "\n";
}

absl::Status VerifyAudit(const Arguments& arguments, std::ostream& out) {
  if (arguments.Has("keys") && !arguments.Has("anchors")) {
    return UsageError("--keys wants --anchors, whose signatures they check");
  }
  const std::string& path = arguments.positional(0);
  std::ifstream file(path, std::ios::binary);
  if (!file) return UsageError(absl::StrCat("cannot read ", path));
  auto anchors = AnchorsOf(arguments);
  if (!anchors.ok()) return UsageError(std::string(anchors.status().message()));
  const auto report = audit::Verify(file, *anchors);
  if (!report.ok()) return UsageError(absl::StrCat(path, ": ", report.status().message()));
  PrintReport(*report, *anchors, out);
  const size_t wrong = report->findings.size() + anchors->refused.size();
  if (wrong > 0) return absl::DataLossError(absl::StrCat(path, ": ", wrong, " findings"));
  if (!arguments.Has("anchors")) {
    out << "without --anchors: a chain that lost its end, or was written anew with all its hashes, "
           "looks right\n";
  } else if (!arguments.Has("keys")) {
    out << "without --keys: signatures of the anchors were not checked\n";
  }
  out << "every entry fits\n";
  return absl::OkStatus();
}

}  // namespace

std::vector<Command> AuditCommands() {
  return {
      {"audit export",
       {"FILE"},
       {{"service", "NAME", "whose entries, e.g. training", true},
        {"jobs-database-url-file", "FILE",
         "holds the service's jobs_database_url (role staraction_<service>_jobs)", true},
        {"organization", "UUID", "only this organization's chain"}},
       "Writes a service's sealed audit entries to FILE.\n"
       "Requests are not in it, only salted digests of them.",
       ExportAudit},
      {"audit verify",
       {"FILE"},
       {{"anchors", "DIR",
         "folder of anchors: what stood in audit_anchor_dir, or lines of the log"},
        {"keys", "FILE", "public internal_jwks.json, to check the anchors' signatures"}},
       "Checks what audit export wrote, entry by entry, against its hashes and the anchors.\n"
       "Needs no server and no database. Exit code 0: every entry fits; 1: something is wrong, "
       "with\n"
       "where; 2: a file cannot be read.",
       VerifyAudit},
  };
}

}  // namespace staraction::ctl
