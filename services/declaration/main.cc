#include "absl/strings/str_split.h"
#include "common/paper/scan_reader.h"
#include "common/process/child.h"
#include "common/service/service_main.h"
#include "services/declaration/parts.h"

namespace {

// How often, and how, we look at what may have changed elsewhere.
void ReadLooks(staraction::Config& config, staraction::declaration::PartsOptions& options) {
  options.page_program = config.String("page_program", "program that fetches published pages",
                                       staraction::ProgramBeside("staraction-page"));
  const std::string allowed = config.String(
      "page_allowed",
      "addresses that pages may be fetched from although they are not public, by commas", "");
  options.page_allowed = absl::StrSplit(allowed, ',', absl::SkipEmpty());
  options.page_interval =
      config.Duration("page_interval", "between two looks at a published policy",
                      absl::Hours(24 * 7), absl::Hours(1), absl::Hours(24 * 90));
  options.campaign_interval =
      config.Duration("campaign_interval", "between two looks at rosters and approvals for pledges",
                      absl::Hours(1), absl::Minutes(1), absl::Hours(24));
}

}  // namespace

int main(int argc, char** argv) {
  namespace declaration = staraction::declaration;
  declaration::PartsOptions options;
  staraction::ServiceDefinition definition;
  definition.name = "declaration";
  definition.migrations = declaration::Migrations();
  definition.configure = [&options](staraction::Config& config) {
    options.content_directory = config.String("content_dir", "folder of added content packs", "");
    options.scan_program = config.String("scan_program", "program that reads the codes on scans",
                                         staraction::paper::DefaultScanProgram());
    ReadLooks(config, options);
  };
  definition.make = [&options](staraction::Host& host) {
    return declaration::MakeParts(host, options);
  };
  return staraction::RunService(argc, argv, definition);
}
