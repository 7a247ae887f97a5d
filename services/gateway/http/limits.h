#ifndef STARACTION_SERVICES_GATEWAY_HTTP_LIMITS_H_
#define STARACTION_SERVICES_GATEWAY_HTTP_LIMITS_H_

#include <cstddef>
#include <cstdint>

#include "absl/time/time.h"

namespace staraction::gateway {

// What the gateway puts up with of connections. The defaults are the product's; README.md lists
// them.
struct HttpLimits {
  size_t header_bytes = 16 << 10;
  size_t body_bytes = 17 << 20;
  int connections = 2000;
  int address_connections = 500;  // of one address; 0: any number

  // HTTP/2, for each connection: streams at once, and what costs us and brings the client nothing
  // (streams broken off by either side, empty frames): 200 at once, then 20 a second.
  uint32_t streams = 100;
  int trouble = 200;
  int trouble_per_second = 20;

  absl::Duration idle = absl::Seconds(60);    // between two requests
  absl::Duration header = absl::Seconds(10);  // from the first byte to the end of the headers
  absl::Duration body = absl::Seconds(60);
  absl::Duration stall = absl::Seconds(10);  // for each 64 KiB of a reply, or its rest
};

}  // namespace staraction::gateway

#endif  // STARACTION_SERVICES_GATEWAY_HTTP_LIMITS_H_
