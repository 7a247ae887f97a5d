#ifndef STARACTION_COMMON_BASE_ID_H_
#define STARACTION_COMMON_BASE_ID_H_

#include <string>
#include <string_view>

#include "absl/time/time.h"

namespace staraction {

// `size` bytes from the operating system's generator. Aborts if it fails.
std::string RandomBytes(size_t size);

// UUID version 7 (RFC 9562) in lower case: 48 bits of milliseconds, then 74 random bits.
std::string NewId(absl::Time now);

// Random UUID (version 4).
std::string NewUuid4();

// Whether the text is a UUID in lower case with hyphens, of any version.
bool IsUuid(std::string_view text);

}  // namespace staraction

#endif  // STARACTION_COMMON_BASE_ID_H_
