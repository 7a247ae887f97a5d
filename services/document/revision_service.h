#ifndef STARACTION_SERVICES_DOCUMENT_REVISION_SERVICE_H_
#define STARACTION_SERVICES_DOCUMENT_REVISION_SERVICE_H_

#include <string>

#include "common/content/library.h"
#include "common/pg/pool.h"
#include "common/rpc/rpc_layer.h"
#include "services/document/generator.h"
#include "services/document/sources.h"
#include "services/document/templates.h"
#include "staraction/document/v1/revision_service.grpc.pb.h"

namespace staraction::document {

// Edits of documents and the life of their revisions. Thread safe.
class RevisionService final : public v1::RevisionService::CallbackService {
 public:
  RevisionService(RpcLayer& rpc, pg::Pool& pool, const content::Library& library,
                  const Templates& templates, Sources& sources)
      : rpc_(rpc),
        pool_(pool),
        templates_(templates),
        sources_(sources),
        generator_(library, sources) {}

  using Context = grpc::CallbackServerContext;
  using Reactor = grpc::ServerUnaryReactor;

  Reactor* EditDocument(Context* context, const v1::EditDocumentRequest* request,
                        v1::Revision* response) override;
  Reactor* SubmitRevision(Context* context, const v1::SubmitRevisionRequest* request,
                          v1::Revision* response) override;
  Reactor* ApproveRevision(Context* context, const v1::ApproveRevisionRequest* request,
                           v1::Revision* response) override;
  Reactor* PublishRevision(Context* context, const v1::PublishRevisionRequest* request,
                           v1::Revision* response) override;
  Reactor* WithdrawRevision(Context* context, const v1::WithdrawRevisionRequest* request,
                            v1::Revision* response) override;
  Reactor* CompareRevisions(Context* context, const v1::CompareRevisionsRequest* request,
                            v1::RevisionComparison* response) override;
  Reactor* DownloadActScan(Context* context, const v1::DownloadActScanRequest* request,
                           google::api::HttpBody* response) override;

 private:
  absl::StatusOr<v1::Revision> Edit(const Call& call, const v1::EditDocumentRequest& request);
  absl::StatusOr<std::string> ApproverName(const Call& call, const std::string& approver);
  absl::StatusOr<v1::RevisionComparison> Compare(const Call& call,
                                                 const v1::CompareRevisionsRequest& request);

  RpcLayer& rpc_;
  pg::Pool& pool_;
  const Templates& templates_;
  Sources& sources_;
  Generator generator_;
};

}  // namespace staraction::document

#endif  // STARACTION_SERVICES_DOCUMENT_REVISION_SERVICE_H_
