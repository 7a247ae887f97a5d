#ifndef STARACTION_COMMON_RESOURCE_CHECK_H_
#define STARACTION_COMMON_RESOURCE_CHECK_H_

#include <google/protobuf/message.h>

#include "absl/status/status.h"
// ClearOutputOnly() belongs to the same step.
#include "common/resource/field_behavior.h"  // IWYU pragma: export

namespace staraction {

// Messages may lie this deep in a request.
inline constexpr int kMaxDepth = 20;

// Shape of a request, from its annotations alone: INVALID_ARGUMENT with all violations at once.
//
// - REQUIRED fields must be there, inside messages that came too. A number without presence is
//   there unless it is 0 and its limits do not say that 0 is a value (minimum of 0 or less); a
//   bool without presence always is.
// - In an update (a field `update_mask` beside a resource) the resource's REQUIRED fields are
//   wanted only if the mask names them; with "*" all are. Its IDENTIFIER is always wanted. Paths
//   of the mask must exist.
// - Limits: number of code points, bytes, elements (defaults: staraction/common/v1/limits.proto);
//   a number's range. Maps: limits of a text are those of the values.
// - Formats of texts; every text is UTF-8 without NUL. Known enum values, finite numbers, real
//   dates, time stamps and durations in range, at most kMaxDepth messages inside one another.
// - OUTPUT_ONLY fields are not looked at.
//
// A value is repeated (shortened) only if its field cannot hold personal data: numbers, enum
// values, dates, ids, resource names. Of other texts only the length is told.
absl::Status CheckRequest(const google::protobuf::Message& request);

}  // namespace staraction

#endif  // STARACTION_COMMON_RESOURCE_CHECK_H_
