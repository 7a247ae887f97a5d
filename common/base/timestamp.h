#ifndef STARACTION_COMMON_BASE_TIMESTAMP_H_
#define STARACTION_COMMON_BASE_TIMESTAMP_H_

#include "absl/time/time.h"
#include "google/protobuf/timestamp.pb.h"

namespace staraction {

// Moments are kept to the microsecond, as the database does.
google::protobuf::Timestamp ToTimestamp(absl::Time time);
absl::Time FromTimestamp(const google::protobuf::Timestamp& timestamp);

}  // namespace staraction

#endif  // STARACTION_COMMON_BASE_TIMESTAMP_H_
