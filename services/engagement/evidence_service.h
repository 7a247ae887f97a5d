#ifndef STARACTION_SERVICES_ENGAGEMENT_EVIDENCE_SERVICE_H_
#define STARACTION_SERVICES_ENGAGEMENT_EVIDENCE_SERVICE_H_

#include "common/pg/pool.h"
#include "common/rpc/rpc_layer.h"
#include "staraction/engagement/v1/evidence_service.grpc.pb.h"

namespace staraction::engagement {

// Files that show what was done. Thread safe.
class EvidenceService final : public v1::EvidenceService::CallbackService {
 public:
  EvidenceService(RpcLayer& rpc, pg::Pool& pool) : rpc_(rpc), pool_(pool) {}

  using Context = grpc::CallbackServerContext;
  using Reactor = grpc::ServerUnaryReactor;

  Reactor* CreateEvidence(Context* context, const v1::CreateEvidenceRequest* request,
                          v1::Evidence* response) override;
  Reactor* GetEvidence(Context* context, const v1::GetEvidenceRequest* request,
                       v1::Evidence* response) override;
  Reactor* ListEvidences(Context* context, const v1::ListEvidencesRequest* request,
                         v1::ListEvidencesResponse* response) override;
  Reactor* DownloadEvidence(Context* context, const v1::DownloadEvidenceRequest* request,
                            google::api::HttpBody* response) override;
  Reactor* RetractEvidence(Context* context, const v1::RetractEvidenceRequest* request,
                           v1::Evidence* response) override;

 private:
  RpcLayer& rpc_;
  pg::Pool& pool_;
};

}  // namespace staraction::engagement

#endif  // STARACTION_SERVICES_ENGAGEMENT_EVIDENCE_SERVICE_H_
