#include "services/document/document_service.h"

#include <utility>

#include "common/base/id.h"
#include "common/base/macros.h"
#include "common/status/errors.h"
#include "services/document/domain/kinds.h"
#include "services/document/domain/life.h"
#include "services/document/store/documents.h"
#include "services/document/store/revisions.h"
#include "services/document/store/tables.h"

namespace staraction::document {
namespace {

using pg::Transaction;

absl::Status CheckKept(v1::DocumentKind kind) {
  const domain::Kind* found = domain::FindKind(kind);
  if (found == nullptr || !found->secret) return absl::OkStatus();
  return InvalidField(
      "document.template", "holds secrets and is not kept: call documents:renderTemplate",
      "個人用リンクを含むため保存できません。documents:renderTemplate で出力してください");
}

}  // namespace

absl::Status NoTemplate(const std::string& field) {
  return InvalidField(field, "names no template that is loaded", "そのひな形はありません");
}

absl::StatusOr<v1::Document> DocumentService::Create(const Call& call,
                                                     const v1::CreateDocumentRequest& request) {
  v1::Document document = request.document();
  const auto* from = templates_.Find(document.template_());
  if (from == nullptr) return NoTemplate("document.template");
  SA_RETURN_IF_ERROR(CheckKept(from->kind()));
  SA_ASSIGN_OR_RETURN(
      const Generated generated,
      generator_.Generate(call, *from, document.subject(), {document.title(), {}, {}, {}}));
  document.set_name(request.parent() + "/documents/" + NewId(call.now));
  document.set_title(generated.title);
  document.set_kind(from->kind());
  document.set_engagement(generated.engagement);
  document.set_latest_revision(document.name() + "/revisions/" + NewId(call.now));
  document.set_revision_count(1);
  return pool_.Write(call, request, [&](Transaction& tx) -> absl::StatusOr<v1::Document> {
    SA_RETURN_IF_ERROR(CheckIsNew(tx, document));
    SA_ASSIGN_OR_RETURN(v1::Document stored, kDocuments.Insert(tx, document));
    v1::Revision revision = generated.revision;
    revision.set_name(document.latest_revision());
    SA_RETURN_IF_ERROR(kRevisions.Insert(tx, std::move(revision)).status());
    return stored;
  });
}

absl::StatusOr<v1::Revision> DocumentService::Regenerate(
    const Call& call, const v1::RegenerateDocumentRequest& request) {
  SA_ASSIGN_OR_RETURN(const Edited seen, pool_.Read(call, [&](Transaction& tx) {
    return ReadEdited(tx, request.name());
  }));
  const auto* from = templates_.Find(seen.document.template_());
  if (from == nullptr) return NoTemplate("document.template");
  const Wishes wishes = {seen.document.title(), seen.edits, {}, seen.document.establish_date()};
  SA_ASSIGN_OR_RETURN(const Generated generated,
                      generator_.Generate(call, *from, seen.document.subject(), wishes));
  return pool_.Write(call, request, [&](Transaction& tx) -> absl::StatusOr<v1::Revision> {
    SA_ASSIGN_OR_RETURN(v1::Revision revision,
                        AddRevision(tx, seen.document, request.etag(), generated.revision));
    return domain::WithActions(std::move(revision));
  });
}

DocumentService::Reactor* DocumentService::CreateDocument(Context* context,
                                                          const v1::CreateDocumentRequest* request,
                                                          v1::Document* response) {
  return rpc_.Unary(context, request, response,
                    [this, request](const Call& call) { return Create(call, *request); });
}

DocumentService::Reactor* DocumentService::GetDocument(Context* context,
                                                       const v1::GetDocumentRequest* request,
                                                       v1::Document* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Read(call, [&](Transaction& tx) { return kDocuments.Get(tx, request->name()); });
  });
}

DocumentService::Reactor* DocumentService::ListDocuments(Context* context,
                                                         const v1::ListDocumentsRequest* request,
                                                         v1::ListDocumentsResponse* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Read(call, [&](Transaction& tx) -> absl::StatusOr<v1::ListDocumentsResponse> {
      SA_ASSIGN_OR_RETURN(auto page, kDocuments.List(tx, request->parent(), *request));
      return pg::ToResponse(std::move(page), &v1::ListDocumentsResponse::mutable_documents);
    });
  });
}

DocumentService::Reactor* DocumentService::RegenerateDocument(
    Context* context, const v1::RegenerateDocumentRequest* request, v1::Revision* response) {
  return rpc_.Unary(context, request, response,
                    [this, request](const Call& call) { return Regenerate(call, *request); });
}

DocumentService::Reactor* DocumentService::GetRevision(Context* context,
                                                       const v1::GetRevisionRequest* request,
                                                       v1::Revision* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Read(call, [&](Transaction& tx) -> absl::StatusOr<v1::Revision> {
      SA_ASSIGN_OR_RETURN(v1::Revision revision, kRevisions.Get(tx, request->name()));
      SA_RETURN_IF_ERROR(ReadActs(tx, revision));
      return domain::WithActions(std::move(revision));
    });
  });
}

DocumentService::Reactor* DocumentService::ListRevisions(Context* context,
                                                         const v1::ListRevisionsRequest* request,
                                                         v1::ListRevisionsResponse* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Read(call, [&](Transaction& tx) -> absl::StatusOr<v1::ListRevisionsResponse> {
      SA_ASSIGN_OR_RETURN(auto page, kRevisions.List(tx, request->parent(), *request));
      for (v1::Revision& revision : page.items) {
        revision.clear_document();
        revision.clear_field_values();
        revision.clear_edits();
        revision.clear_variables();
        revision = domain::WithActions(std::move(revision));
      }
      return pg::ToResponse(std::move(page), &v1::ListRevisionsResponse::mutable_revisions);
    });
  });
}

}  // namespace staraction::document
