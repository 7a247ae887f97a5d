#include "services/declaration/parts.h"

#include <unistd.h>

#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/macros.h"
#include "common/content/library.h"
#include "common/page/address.h"
#include "services/declaration/campaign_keeper.h"
#include "services/declaration/campaign_service.h"
#include "services/declaration/declaration_service.h"
#include "services/declaration/facts.h"
#include "services/declaration/inquiry_service.h"
#include "services/declaration/page_check_service.h"
#include "services/declaration/page_checker.h"
#include "services/declaration/pledge_scan_service.h"
#include "services/declaration/pledged_document_service.h"
#include "services/declaration/publication_service.h"
#include "services/declaration/store/gauges.h"

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

// Without the program that fetches pages nothing is said of them.
class NoPageReader final : public page::PageReader {
 public:
  absl::StatusOr<page::PageReading> Read(const std::string&, absl::Duration) const override {
    return page::PageReading();
  }
};

std::unique_ptr<const page::PageReader> MakePageReader(const PartsOptions& options) {
  if (options.page_program.empty()) return std::make_unique<NoPageReader>();
  return std::make_unique<page::ProcessPageReader>(options.page_program, options.page_allowed);
}

// Who is asked: the services themselves, unless a test says otherwise.
PartsOptions WithReaders(Host& host, PartsOptions options) {
  if (options.engagements == nullptr) {
    options.engagements = std::make_shared<RemoteEngagementReader>(host.channel("engagement"));
  }
  if (options.documents == nullptr) {
    options.documents = std::make_shared<RemoteDocumentReader>(host);
  }
  if (options.diagnoses == nullptr) {
    options.diagnoses = std::make_shared<RemoteDiagnosisReader>(host.channel("diagnosis"));
  }
  return options;
}

absl::Status CheckOptions(const PartsOptions& options) {
  for (const auto& [setting, program] : {std::pair("scan_program", options.scan_program),
                                         std::pair("page_program", options.page_program)}) {
    if (program.empty() || access(program.c_str(), X_OK) == 0) continue;
    return absl::FailedPreconditionError(absl::StrCat(setting, " cannot be run: ", program));
  }
  for (const std::string& address : options.page_allowed) {
    if (page::ParseAllowed(address)) continue;
    return absl::InvalidArgumentError(
        absl::StrCat("page_allowed: \"", address, "\" is no address; wanted e.g. 127.0.0.1:8000"));
  }
  return absl::OkStatus();
}

struct Parts {
  Parts(Host& host, std::unique_ptr<const content::Library> content, const PartsOptions& options)
      : library(std::move(content)),
        engagements(options.engagements),
        documents(options.documents),
        diagnoses(options.diagnoses),
        scans(MakeScanReader(options.scan_program)),
        pages(MakePageReader(options)),
        basis(host.pool(), *documents, *diagnoses),
        checker(host, *documents, *pages, options.page_interval),
        keeper(host, *engagements, *documents, options.campaign_interval),
        campaigns(host.rpc(), host.pool(), *library, *engagements, *documents, *scans),
        pledge_scans(host.rpc(), host.pool(), *scans, host.clock()),
        pledged_documents(host.rpc(), host.pool()),
        declarations(host.rpc(), host.pool(), *library, *engagements, basis),
        calendar(*library->FindHolidayCalendar("japan")),
        inquiries(host.rpc(), host.pool(), *library, calendar, *engagements),
        publications(host.rpc(), host.pool(), *library, *engagements, *documents),
        page_checks(host.rpc(), host.pool(), checker) {}

  std::unique_ptr<const content::Library> library;
  std::shared_ptr<EngagementReader> engagements;
  std::shared_ptr<DocumentReader> documents;
  std::shared_ptr<DiagnosisReader> diagnoses;
  std::unique_ptr<const paper::ScanReader> scans;
  std::unique_ptr<const page::PageReader> pages;
  BasisReader basis;
  PageChecker checker;
  CampaignKeeper keeper;
  CampaignService campaigns;
  PledgeScanService pledge_scans;
  PledgedDocumentService pledged_documents;
  DeclarationService declarations;
  const BusinessCalendar calendar;
  InquiryService inquiries;
  PublicationService publications;
  PageCheckService page_checks;
};

}  // namespace

absl::StatusOr<std::shared_ptr<void>> MakeParts(Host& host, const PartsOptions& options) {
  SA_RETURN_IF_ERROR(CheckOptions(options));
  SA_ASSIGN_OR_RETURN(auto library, content::Library::Load(options.content_directory));
  auto parts = std::make_shared<Parts>(host, std::move(library), WithReaders(host, options));
  host.Add<v1::CampaignService>(parts->campaigns);
  host.Add<v1::PledgeScanService>(parts->pledge_scans);
  host.Add<v1::DeclarationService>(parts->declarations);
  host.Add<v1::InquiryService>(parts->inquiries);
  host.Add<v1::PublicationService>(parts->publications);
  host.Add<v1::PageCheckService>(parts->page_checks);
  host.Add<v1::PledgedDocumentService>(parts->pledged_documents);
  AddGauges(host.gauges());
  host.ServeFacts([&content = *parts->library](pg::Transaction& tx, const std::string& engagement) {
    return CollectDeclarationFacts(tx, engagement, content);
  });
  return std::shared_ptr<void>(std::move(parts));
}

}  // namespace staraction::declaration
