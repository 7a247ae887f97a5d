#ifndef STARACTION_COMMON_PG_ERRORS_H_
#define STARACTION_COMMON_PG_ERRORS_H_

#include <exception>
#include <map>
#include <string>

#include "absl/status/status.h"

namespace staraction::pg {

// Turns whatever libpqxx threw into a neutral error; no text of the driver leaves. Constraint
// violations are told by the constraint's name alone: `…_key` and `…_pkey` ALREADY_EXISTS,
// `…_fkey` REFERENCE_BROKEN, `…_check` INTERNAL (a handler should have refused before).
absl::Status FromException(const std::exception& error);

// The connection that gave this error must not be used again.
bool IsBroken(const absl::Status& status);
// Serialization failure or deadlock: the transaction's function may simply run again.
bool IsRetryable(const absl::Status& status);
// The violated constraint's name, or "".
std::string ConstraintOf(const absl::Status& status);

}  // namespace staraction::pg

#endif  // STARACTION_COMMON_PG_ERRORS_H_
