#ifndef STARACTION_SERVICES_GATEWAY_FRONT_REQUEST_LIMITS_H_
#define STARACTION_SERVICES_GATEWAY_FRONT_REQUEST_LIMITS_H_

#include <cstddef>

#include "absl/time/time.h"

namespace staraction::gateway {

// What the gateway puts up with of requests. The defaults are the product's; README.md lists them.
struct RequestLimits {
  size_t body_bytes = 17 << 20;
  // Of methods that anybody may call: nobody has shown who they are when it is read.
  size_t public_body_bytes = 64 << 10;
  // Of all bodies that are being gathered, and large replies that wait, at one time.
  size_t gathered_bytes = 64 << 20;

  // Requests a second on the average, and five seconds' worth at once. 0: any number.
  int caller_rate = 200;         // of one user or link
  int organization_rate = 1000;  // of all of an organization's
  int address_rate = 50;         // of one address without a token, which a whole office may share
  static constexpr int kBurstSeconds = 5;

  absl::Duration deadline = absl::Seconds(10);         // of the call behind; clients may lower it
  absl::Duration stream_deadline = absl::Minutes(15);  // of calls that answer with a stream
};

}  // namespace staraction::gateway

#endif  // STARACTION_SERVICES_GATEWAY_FRONT_REQUEST_LIMITS_H_
