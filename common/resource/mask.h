#ifndef STARACTION_COMMON_RESOURCE_MASK_H_
#define STARACTION_COMMON_RESOURCE_MASK_H_

#include <google/protobuf/descriptor.h>
#include <google/protobuf/field_mask.pb.h>
#include <google/protobuf/message.h>

#include <optional>
#include <string>

#include "absl/status/status.h"
#include "common/status/errors.h"

namespace staraction {

// What is wrong with the mask's paths for this resource, reported on `field`.
std::optional<Violation> MaskProblem(const google::protobuf::FieldMask& mask,
                                     const google::protobuf::Descriptor& resource,
                                     const std::string& field);

// Changes the stored `resource` as an Update asks (AIP-134, AIP-161). Both messages have one type.
//
// - No mask: the fields that `patch` has. "*", which stands alone: all fields. Otherwise the
//   fields that the mask names; one that `patch` does not have is cleared.
// - Repeated fields, maps and messages are replaced, never appended to or merged; a path such as
//   "address.city" changes that field alone.
// - OUTPUT_ONLY and IDENTIFIER fields and the resource's `etag` stay as they are, at every depth
//   of singular messages; OUTPUT_ONLY fields in elements of repeated ones are cleared.
// - IMMUTABLE fields: an equal value is ignored, another one an error. Without a value they are
//   ignored too, unless the mask names them.
// - An unknown path is an error.
//
// Errors are INVALID_ARGUMENT with all violations, and leave `resource` unchanged.
absl::Status ApplyUpdate(const google::protobuf::FieldMask& mask,
                         const google::protobuf::Message& patch,
                         google::protobuf::Message* resource);

}  // namespace staraction

#endif  // STARACTION_COMMON_RESOURCE_MASK_H_
