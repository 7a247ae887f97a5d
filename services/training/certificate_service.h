#ifndef STARACTION_SERVICES_TRAINING_CERTIFICATE_SERVICE_H_
#define STARACTION_SERVICES_TRAINING_CERTIFICATE_SERVICE_H_

#include <string>

#include "common/content/library.h"
#include "common/pg/pool.h"
#include "common/rpc/rpc_layer.h"
#include "services/training/roster.h"
#include "staraction/training/v1/certificate_service.grpc.pb.h"

namespace staraction::training {

// Certificates of completion. Thread safe.
class CertificateService final : public v1::CertificateService::CallbackService {
 public:
  CertificateService(RpcLayer& rpc, pg::Pool& pool, const content::Library& library, Roster& roster)
      : rpc_(rpc), pool_(pool), library_(library), roster_(roster) {}

  using Context = grpc::CallbackServerContext;
  using Reactor = grpc::ServerUnaryReactor;

  Reactor* CreateCompletionCertificate(Context* context,
                                       const v1::CreateCompletionCertificateRequest* request,
                                       v1::CompletionCertificate* response) override;
  Reactor* GetCompletionCertificate(Context* context,
                                    const v1::GetCompletionCertificateRequest* request,
                                    v1::CompletionCertificate* response) override;
  Reactor* ListCompletionCertificates(Context* context,
                                      const v1::ListCompletionCertificatesRequest* request,
                                      v1::ListCompletionCertificatesResponse* response) override;
  Reactor* RevokeCompletionCertificate(Context* context,
                                       const v1::RevokeCompletionCertificateRequest* request,
                                       v1::CompletionCertificate* response) override;

 private:
  // The certificate with the member's and both parties' names.
  absl::StatusOr<v1::CompletionCertificate> Named(
      const Call& call, const v1::CreateCompletionCertificateRequest& request);
  // Stores it, if the member has completed the training.
  absl::StatusOr<v1::CompletionCertificate> Issue(pg::Transaction& tx, const std::string& parent,
                                                  v1::CompletionCertificate certificate) const;

  RpcLayer& rpc_;
  pg::Pool& pool_;
  const content::Library& library_;
  Roster& roster_;
};

}  // namespace staraction::training

#endif  // STARACTION_SERVICES_TRAINING_CERTIFICATE_SERVICE_H_
