#ifndef STARACTION_COMMON_PG_FIELD_VALUE_H_
#define STARACTION_COMMON_PG_FIELD_VALUE_H_

#include <string>

#include "absl/time/time.h"
#include "common/pg/row.h"
#include "google/protobuf/message.h"
#include "google/protobuf/timestamp.pb.h"

namespace staraction::pg {

// A field's value as a column of the kind that TableSpec describes, and back. Names of resources
// that are stored as ids are TableLayout's business.
Param FieldToParam(const google::protobuf::Message& message,
                   const google::protobuf::FieldDescriptor* field);
void FieldFromColumn(const Row& row, const char* column,
                     const google::protobuf::FieldDescriptor* field,
                     google::protobuf::Message& message);

google::protobuf::Timestamp ToTimestamp(absl::Time time);
absl::Time FromTimestamp(const google::protobuf::Timestamp& timestamp);

}  // namespace staraction::pg

#endif  // STARACTION_COMMON_PG_FIELD_VALUE_H_
