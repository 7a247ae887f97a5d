#ifndef STARACTION_SERVICES_DECLARATION_PUBLICATION_SERVICE_H_
#define STARACTION_SERVICES_DECLARATION_PUBLICATION_SERVICE_H_

#include <functional>
#include <string>

#include "common/content/library.h"
#include "common/pg/pool.h"
#include "common/rpc/rpc_layer.h"
#include "services/declaration/document_reader.h"
#include "services/declaration/engagement_reader.h"
#include "staraction/declaration/v1/publication_service.grpc.pb.h"

namespace staraction::declaration {

// What a company makes public of its declaration. Thread safe.
class PublicationService final : public v1::PublicationService::CallbackService {
 public:
  PublicationService(RpcLayer& rpc, pg::Pool& pool, const content::Library& library,
                     EngagementReader& engagements, DocumentReader& documents)
      : rpc_(rpc),
        pool_(pool),
        library_(library),
        engagements_(engagements),
        documents_(documents) {}

  grpc::ServerUnaryReactor* CreatePublication(grpc::CallbackServerContext* context,
                                              const v1::CreatePublicationRequest* request,
                                              v1::Publication* response) override;
  grpc::ServerUnaryReactor* GetPublication(grpc::CallbackServerContext* context,
                                           const v1::GetPublicationRequest* request,
                                           v1::Publication* response) override;
  grpc::ServerUnaryReactor* ListPublications(grpc::CallbackServerContext* context,
                                             const v1::ListPublicationsRequest* request,
                                             v1::ListPublicationsResponse* response) override;
  grpc::ServerUnaryReactor* CheckPublication(grpc::CallbackServerContext* context,
                                             const v1::CheckPublicationRequest* request,
                                             v1::Publication* response) override;
  grpc::ServerUnaryReactor* WithdrawPublication(grpc::CallbackServerContext* context,
                                                const v1::WithdrawPublicationRequest* request,
                                                v1::Publication* response) override;
  grpc::ServerUnaryReactor* DownloadPublicationProof(
      grpc::CallbackServerContext* context, const v1::DownloadPublicationProofRequest* request,
      google::api::HttpBody* response) override;
  grpc::ServerUnaryReactor* CheckWording(grpc::CallbackServerContext* context,
                                         const v1::CheckWordingRequest* request,
                                         v1::CheckWordingResponse* response) override;
  grpc::ServerUnaryReactor* ListAnnouncementDrafts(
      grpc::CallbackServerContext* context, const v1::ListAnnouncementDraftsRequest* request,
      v1::ListAnnouncementDraftsResponse* response) override;

 private:
  // Locks the publication, checks etag and state, acts, and stores it.
  template <typename Request>
  absl::StatusOr<v1::Publication> ActOnPublication(
      const Call& call, const Request& request, const std::string& verb,
      const std::function<absl::Status(v1::Publication& publication)>& act);

  RpcLayer& rpc_;
  pg::Pool& pool_;
  const content::Library& library_;
  EngagementReader& engagements_;
  DocumentReader& documents_;
};

}  // namespace staraction::declaration

#endif  // STARACTION_SERVICES_DECLARATION_PUBLICATION_SERVICE_H_
