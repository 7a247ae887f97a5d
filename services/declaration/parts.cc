#include "services/declaration/parts.h"

#include <unistd.h>

#include "common/base/macros.h"
#include "common/content/library.h"
#include "services/declaration/campaign_service.h"
#include "services/declaration/declaration_service.h"
#include "services/declaration/facts.h"
#include "services/declaration/inquiry_service.h"
#include "services/declaration/pledge_scan_service.h"
#include "services/declaration/publication_service.h"

namespace staraction::declaration {
namespace {

// Without the program that reads scans they are kept for people to look at.
class NoScanReader final : public paper::ScanReader {
 public:
  absl::StatusOr<paper::ScannedPages> Read(const std::string&, const std::string&,
                                           absl::Duration) const override {
    return paper::ScannedPages();
  }
};

std::unique_ptr<const paper::ScanReader> MakeScanReader(const std::string& program) {
  if (program.empty()) return std::make_unique<NoScanReader>();
  return std::make_unique<paper::ProcessScanReader>(program);
}

struct Parts {
  Parts(Host& host, std::unique_ptr<const content::Library> content,
        std::shared_ptr<EngagementReader> reader, const std::string& scan_program)
      : library(std::move(content)),
        engagements(std::move(reader)),
        scans(MakeScanReader(scan_program)),
        campaigns(host.rpc(), host.pool(), *library, *engagements, *scans),
        pledge_scans(host.rpc(), host.pool(), *scans, host.clock()),
        declarations(host.rpc(), host.pool(), *library, *engagements),
        calendar(*library->FindHolidayCalendar("japan")),
        inquiries(host.rpc(), host.pool(), *library, calendar, *engagements),
        publications(host.rpc(), host.pool(), *library, *engagements) {}

  std::unique_ptr<const content::Library> library;
  std::shared_ptr<EngagementReader> engagements;
  std::unique_ptr<const paper::ScanReader> scans;
  CampaignService campaigns;
  PledgeScanService pledge_scans;
  DeclarationService declarations;
  const BusinessCalendar calendar;
  InquiryService inquiries;
  PublicationService publications;
};

}  // namespace

absl::StatusOr<std::shared_ptr<void>> MakeParts(Host& host, const PartsOptions& options) {
  if (!options.scan_program.empty() && access(options.scan_program.c_str(), X_OK) != 0) {
    return absl::FailedPreconditionError("scan_program cannot be run: " + options.scan_program);
  }
  SA_ASSIGN_OR_RETURN(auto library, content::Library::Load(options.content_directory));
  auto engagements = options.engagements;
  if (engagements == nullptr) {
    engagements = std::make_shared<RemoteEngagementReader>(host.channel("engagement"));
  }
  auto parts = std::make_shared<Parts>(host, std::move(library), std::move(engagements),
                                       options.scan_program);
  host.Add<v1::CampaignService>(parts->campaigns);
  host.Add<v1::PledgeScanService>(parts->pledge_scans);
  host.Add<v1::DeclarationService>(parts->declarations);
  host.Add<v1::InquiryService>(parts->inquiries);
  host.Add<v1::PublicationService>(parts->publications);
  host.ServeFacts([&content = *parts->library](pg::Transaction& tx, const std::string& engagement) {
    return CollectDeclarationFacts(tx, engagement, content);
  });
  return std::shared_ptr<void>(std::move(parts));
}

}  // namespace staraction::declaration
