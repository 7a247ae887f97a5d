#ifndef STARACTION_SERVICES_ENGAGEMENT_ERASURE_SERVICE_H_
#define STARACTION_SERVICES_ENGAGEMENT_ERASURE_SERVICE_H_

#include <string>
#include <vector>

#include "common/service/host.h"
#include "staraction/engagement/v1/erasure_service.grpc.pb.h"
#include "staraction/erasure/v1/erase_service.grpc.pb.h"

namespace staraction::engagement {

// Erases clients that have left: closes them at once, and has a job for every service, which asks
// it until it has answered, and once more when the law lets the rest go. Thread safe.
class ErasureService final : public v1::ErasureService::CallbackService {
 public:
  // `peers` are the services that erase besides this one, `delay` after the client was closed.
  ErasureService(Host& host, std::vector<std::string> peers, absl::Duration delay);

  grpc::ServerUnaryReactor* EraseClient(grpc::CallbackServerContext* context,
                                        const v1::EraseClientRequest* request,
                                        v1::Erasure* response) override;
  grpc::ServerUnaryReactor* GetErasure(grpc::CallbackServerContext* context,
                                       const v1::GetErasureRequest* request,
                                       v1::Erasure* response) override;

 private:
  absl::StatusOr<v1::Erasure> Request(pg::Transaction& tx, const v1::EraseClientRequest& request);
  // One service's turn.
  absl::Status Run(const Job& job);
  // What `service` did; this service's own name asks no peer.
  absl::StatusOr<erasure::v1::EraseDataResponse> Ask(const std::string& service, const Call& call);
  absl::Status Record(pg::Transaction& tx, const std::string& service,
                      const erasure::v1::EraseDataResponse& response);

  Host& host_;
  std::vector<std::string> services_;
  const absl::Duration delay_;
};

}  // namespace staraction::engagement

#endif  // STARACTION_SERVICES_ENGAGEMENT_ERASURE_SERVICE_H_
