#ifndef STARACTION_TOOLS_STARACTL_HEALTH_H_
#define STARACTION_TOOLS_STARACTL_HEALTH_H_

#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"

namespace staraction::ctl {

// OK once the server at `address` says by grpc.health.v1 that it serves; asks again until `wait`
// is over. UNAVAILABLE if it doesn't.
absl::Status WaitUntilServing(const std::string& address, absl::Duration wait);

}  // namespace staraction::ctl

#endif  // STARACTION_TOOLS_STARACTL_HEALTH_H_
