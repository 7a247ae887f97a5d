#ifndef STARACTION_COMMON_ERASE_ERASE_H_
#define STARACTION_COMMON_ERASE_ERASE_H_

#include "absl/status/statusor.h"
#include "common/pg/pool.h"
#include "common/rpc/rpc_layer.h"
#include "staraction/erasure/v1/erase_service.grpc.pb.h"

namespace staraction {

// Erases the personal data of one client in a service's schema: what is erased and what is kept
// stands in the migrations (common/pg/migrations/0004_erasure.sql). Thread safe.
class EraseServer final : public erasure::v1::EraseService::CallbackService {
 public:
  // `jobs_pool` logs in as the jobs' role, which alone may erase.
  EraseServer(RpcLayer& rpc, pg::Pool& pool, pg::Pool& jobs_pool)
      : rpc_(rpc), pool_(pool), jobs_pool_(jobs_pool) {}

  grpc::ServerUnaryReactor* EraseData(grpc::CallbackServerContext* context,
                                      const erasure::v1::EraseDataRequest* request,
                                      erasure::v1::EraseDataResponse* response) override;

  // The same without a call from outside, for the call's client. Leaves an audit entry, too.
  absl::StatusOr<erasure::v1::EraseDataResponse> Erase(const Call& call);

 private:
  RpcLayer& rpc_;
  pg::Pool& pool_;
  pg::Pool& jobs_pool_;
};

}  // namespace staraction

#endif  // STARACTION_COMMON_ERASE_ERASE_H_
