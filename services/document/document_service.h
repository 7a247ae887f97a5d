#ifndef STARACTION_SERVICES_DOCUMENT_DOCUMENT_SERVICE_H_
#define STARACTION_SERVICES_DOCUMENT_DOCUMENT_SERVICE_H_

#include <memory>
#include <string>
#include <vector>

#include "common/content/library.h"
#include "common/pg/pool.h"
#include "common/rpc/rpc_layer.h"
#include "services/document/generator.h"
#include "services/document/layout/font_library.h"
#include "services/document/model/resolve.h"
#include "services/document/sources.h"
#include "services/document/templates.h"
#include "staraction/document/v1/document_service.grpc.pb.h"

namespace staraction::document {

// INVALID_ARGUMENT: no such template is loaded.
absl::Status NoTemplate(const std::string& field);

// Documents, revisions, renderings. Thread safe. (Renderings: render_methods.cc; what is done with
// revisions: revision_service.h.)
class DocumentService final : public v1::DocumentService::CallbackService {
 public:
  DocumentService(RpcLayer& rpc, pg::Pool& pool, const content::Library& library,
                  const Templates& templates, Sources& sources,
                  std::shared_ptr<const FontLibrary> fonts)
      : rpc_(rpc),
        pool_(pool),
        templates_(templates),
        generator_(library, sources),
        fonts_(std::move(fonts)) {}

  using Context = grpc::CallbackServerContext;
  using Reactor = grpc::ServerUnaryReactor;

  Reactor* CreateDocument(Context* context, const v1::CreateDocumentRequest* request,
                          v1::Document* response) override;
  Reactor* GetDocument(Context* context, const v1::GetDocumentRequest* request,
                       v1::Document* response) override;
  Reactor* ListDocuments(Context* context, const v1::ListDocumentsRequest* request,
                         v1::ListDocumentsResponse* response) override;
  Reactor* RegenerateDocument(Context* context, const v1::RegenerateDocumentRequest* request,
                              v1::Revision* response) override;
  Reactor* GetRevision(Context* context, const v1::GetRevisionRequest* request,
                       v1::Revision* response) override;
  Reactor* ListRevisions(Context* context, const v1::ListRevisionsRequest* request,
                         v1::ListRevisionsResponse* response) override;
  Reactor* RenderRevision(Context* context, const v1::RenderRevisionRequest* request,
                          google::api::HttpBody* response) override;
  Reactor* RenderBatch(Context* context, const v1::RenderBatchRequest* request,
                       google::api::HttpBody* response) override;
  Reactor* RenderTemplate(Context* context, const v1::RenderTemplateRequest* request,
                          google::api::HttpBody* response) override;
  Reactor* ListRenderings(Context* context, const v1::ListRenderingsRequest* request,
                          v1::ListRenderingsResponse* response) override;

 private:
  // A revision and what there is of the form that was asked for.
  struct Stored;

  absl::StatusOr<v1::Document> Create(const Call& call, const v1::CreateDocumentRequest& request);
  absl::StatusOr<v1::Revision> Regenerate(const Call& call,
                                          const v1::RegenerateDocumentRequest& request);
  absl::StatusOr<google::api::HttpBody> Render(const Call& call,
                                               const v1::RenderRevisionRequest& request);
  absl::StatusOr<google::api::HttpBody> Batch(const Call& call,
                                              const v1::RenderBatchRequest& request);
  absl::StatusOr<google::api::HttpBody> FromTemplate(const Call& call,
                                                     const v1::RenderTemplateRequest& request);
  absl::StatusOr<Stored> ReadStored(const Call& call, const std::string& revision,
                                    const std::string& member, const std::string& media_type);
  absl::StatusOr<std::vector<MemberSheet>> ReadMemberSheet(const Call& call,
                                                           const v1::Document& document,
                                                           const std::string& member);

  RpcLayer& rpc_;
  pg::Pool& pool_;
  const Templates& templates_;
  Generator generator_;
  const std::shared_ptr<const FontLibrary> fonts_;
};

}  // namespace staraction::document

#endif  // STARACTION_SERVICES_DOCUMENT_DOCUMENT_SERVICE_H_
