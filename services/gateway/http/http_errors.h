#ifndef STARACTION_SERVICES_GATEWAY_HTTP_HTTP_ERRORS_H_
#define STARACTION_SERVICES_GATEWAY_HTTP_HTTP_ERRORS_H_

#include <cstddef>

#include "absl/status/status.h"

// What is wrong with a request before anybody looks at what it asks.
namespace staraction::gateway {

absl::Status MalformedRequest();
absl::Status HeadersTooLarge(size_t limit);

}  // namespace staraction::gateway

#endif  // STARACTION_SERVICES_GATEWAY_HTTP_HTTP_ERRORS_H_
