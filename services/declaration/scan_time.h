#ifndef STARACTION_SERVICES_DECLARATION_SCAN_TIME_H_
#define STARACTION_SERVICES_DECLARATION_SCAN_TIME_H_

#include <algorithm>

#include "absl/time/time.h"
#include "common/call/call.h"

namespace staraction::declaration {

// How long scans of this call may be read: half of its time, since storing comes after, and at most
// ten seconds, since a worker waits meanwhile.
inline absl::Duration TimeForScan(const Call& call) {
  return std::min((call.deadline - call.now) / 2, absl::Seconds(10));
}

}  // namespace staraction::declaration

#endif  // STARACTION_SERVICES_DECLARATION_SCAN_TIME_H_
