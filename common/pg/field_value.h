#ifndef STARACTION_COMMON_PG_FIELD_VALUE_H_
#define STARACTION_COMMON_PG_FIELD_VALUE_H_

#include <string>

#include "common/base/timestamp.h"
#include "common/pg/row.h"
#include "google/protobuf/message.h"

namespace staraction::pg {

// Whether the field's column is jsonb: messages other than times and days, repeated fields, maps.
bool IsJsonColumn(const google::protobuf::FieldDescriptor* field);

// A field's value as a column of the kind that TableSpec describes, and back. Names of resources
// that are stored as ids are TableLayout's business.
Param FieldToParam(const google::protobuf::Message& message,
                   const google::protobuf::FieldDescriptor* field);
void FieldFromColumn(const Row& row, const char* column,
                     const google::protobuf::FieldDescriptor* field,
                     google::protobuf::Message& message);

// For stores, which have everything of the database from here.
using staraction::FromTimestamp;
using staraction::ToTimestamp;

}  // namespace staraction::pg

#endif  // STARACTION_COMMON_PG_FIELD_VALUE_H_
