#ifndef STARACTION_SERVICES_GATEWAY_HTTP_LIMITS_H_
#define STARACTION_SERVICES_GATEWAY_HTTP_LIMITS_H_

#include <cstddef>

#include "absl/time/time.h"

namespace staraction::gateway {

// What the gateway puts up with. The defaults are the product's; README.md lists them.
struct HttpLimits {
  size_t header_bytes = 16 << 10;
  size_t body_bytes = 17 << 20;
  // Of methods that anybody may call: nobody has shown who they are when it is read.
  size_t public_body_bytes = 64 << 10;
  int connections = 2000;

  // Requests a second on the average, and five seconds' worth at once. 0: any number.
  int caller_rate = 200;         // of one user or link
  int organization_rate = 1000;  // of all of an organization's
  int address_rate = 50;         // of one address without a token, which a whole office may share
  static constexpr int kBurstSeconds = 5;

  absl::Duration idle = absl::Seconds(60);    // between two requests
  absl::Duration header = absl::Seconds(10);  // from the first byte to the end of the headers
  absl::Duration body = absl::Seconds(60);
  absl::Duration write = absl::Seconds(60);

  absl::Duration deadline = absl::Seconds(10);  // of the call behind; clients may only lower it
};

}  // namespace staraction::gateway

#endif  // STARACTION_SERVICES_GATEWAY_HTTP_LIMITS_H_
