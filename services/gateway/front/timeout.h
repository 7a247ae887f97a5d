#ifndef STARACTION_SERVICES_GATEWAY_FRONT_TIMEOUT_H_
#define STARACTION_SERVICES_GATEWAY_FRONT_TIMEOUT_H_

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/gateway/http/message.h"

namespace staraction::gateway {

// How long the call may take: the default, or less if the header X-Timeout-Ms ("2500") or
// grpc-timeout ("2S", "500m") says so. INVALID_ARGUMENT if one is malformed or zero.
absl::StatusOr<absl::Duration> AskedTimeout(const Headers& headers, absl::Duration by_default);

}  // namespace staraction::gateway

#endif  // STARACTION_SERVICES_GATEWAY_FRONT_TIMEOUT_H_
