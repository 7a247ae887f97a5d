#include "services/document/parts.h"

#include <utility>

#include "common/base/macros.h"
#include "common/content/library.h"
#include "common/obs/log.h"
#include "services/document/approved_service.h"
#include "services/document/document_service.h"
#include "services/document/revision_service.h"
#include "services/document/store/documents.h"
#include "services/document/store/gauges.h"
#include "services/document/template_service.h"
#include "staraction/engagement/v1/engagement.pb.h"

namespace staraction::document {
namespace {

struct Parts {
  Parts(Host& host, std::unique_ptr<const content::Library> content, std::shared_ptr<Sources> from,
        const std::shared_ptr<const FontLibrary>& fonts)
      : library(std::move(content)),
        sources(std::move(from)),
        templates(*library),
        template_service(host.rpc(), templates),
        documents(host.rpc(), host.pool(), *library, templates, *sources, fonts),
        revisions(host.rpc(), host.pool(), *library, templates, *sources),
        approved(host.rpc(), host.pool(), fonts) {
    for (const std::string& problem : templates.problems()) {
      Log(LogLevel::kError, "template left out", {{"problem", problem}});
    }
    host.Add<v1::TemplateService>(template_service);
    host.Add<v1::DocumentService>(documents);
    host.Add<v1::RevisionService>(revisions);
    host.Add<v1::ApprovedService>(approved);
    AddGauges(host.gauges());
    host.ServeFacts(CollectFacts);
  }

  const std::unique_ptr<const content::Library> library;
  const std::shared_ptr<Sources> sources;
  const Templates templates;
  TemplateService template_service;
  DocumentService documents;
  RevisionService revisions;
  ApprovedService approved;
};

}  // namespace

absl::StatusOr<std::shared_ptr<void>> MakeParts(Host& host, const Settings& settings) {
  // Documents name engagements: the table layer must know their schema, which nothing else here
  // links in.
  google::protobuf::LinkMessageReflection<engagement::v1::Engagement>();
  SA_ASSIGN_OR_RETURN(auto library, content::Library::Load(settings.content_dir));
  SA_ASSIGN_OR_RETURN(auto fonts, FontLibrary::Open(settings.fonts_dir));
  std::shared_ptr<Sources> sources = settings.sources;
  if (sources == nullptr) sources = PeerSources(host);
  return std::static_pointer_cast<void>(
      std::make_shared<Parts>(host, std::move(library), std::move(sources), std::move(fonts)));
}

}  // namespace staraction::document
