#ifndef STARACTION_COMMON_RESOURCE_VALUE_H_
#define STARACTION_COMMON_RESOURCE_VALUE_H_

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <optional>
#include <string>

#include "common/resource/text.h"
#include "staraction/common/v1/limits.pb.h"

// Rules for single values in requests; check.h tells what they are.
namespace staraction {

// What is wrong with a value: what came (told without personal data) and what is wanted.
struct ValueProblem {
  Phrase came;
  Phrase wanted;
};

// For any field but a message; `index` is that of a repeated field's element, -1 for others.
std::optional<ValueProblem> CheckScalar(const google::protobuf::Message& message,
                                        const google::protobuf::FieldDescriptor& field, int index,
                                        const common::v1::FieldLimits& limits);

// Whether the message is a value of its own: a date, time stamp or duration.
bool IsValueMessage(const google::protobuf::Descriptor& type);
std::optional<ValueProblem> CheckValueMessage(const google::protobuf::Message& message);

}  // namespace staraction

#endif  // STARACTION_COMMON_RESOURCE_VALUE_H_
