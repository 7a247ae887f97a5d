#ifndef STARACTION_COMMON_RESOURCE_FIELD_BEHAVIOR_H_
#define STARACTION_COMMON_RESOURCE_FIELD_BEHAVIOR_H_

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include "google/api/field_behavior.pb.h"

namespace staraction {

// Whether the field's annotation google.api.field_behavior names this behaviour.
bool HasBehavior(const google::protobuf::FieldDescriptor& field,
                 google::api::FieldBehavior behavior);

// Clears what a caller cannot set: OUTPUT_ONLY fields, at every depth.
void ClearOutputOnly(google::protobuf::Message* message);

}  // namespace staraction

#endif  // STARACTION_COMMON_RESOURCE_FIELD_BEHAVIOR_H_
