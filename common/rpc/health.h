#ifndef STARACTION_COMMON_RPC_HEALTH_H_
#define STARACTION_COMMON_RPC_HEALTH_H_

#include <grpcpp/security/credentials.h>

#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"

namespace staraction {

// OK once the server at `address` says by grpc.health.v1 that it serves `service` ("": it is ready,
// "live": it runs); asks again until `wait` is over. UNAVAILABLE if it doesn't.
absl::Status WaitUntilServing(const std::string& address, absl::Duration wait,
                              const std::string& service = "",
                              const std::shared_ptr<grpc::ChannelCredentials>& credentials =
                                  grpc::InsecureChannelCredentials());

}  // namespace staraction

#endif  // STARACTION_COMMON_RPC_HEALTH_H_
