#ifndef STARACTION_COMMON_JSON_MESSAGE_READER_H_
#define STARACTION_COMMON_JSON_MESSAGE_READER_H_

#include <string_view>

#include "google/protobuf/message.h"

namespace staraction {

// Merges JSON of protobuf's mapping that this product wrote (any of its versions) into one field of
// the message. Members and enum values that the schema doesn't know are left out: a newer version
// may have stored them. False if the text is no JSON or a value doesn't fit; the message may then
// be half filled. What people or partners send goes through the gateway's checks instead.
bool MergeStoredJson(std::string_view json, const google::protobuf::FieldDescriptor* field,
                     google::protobuf::Message* message);

}  // namespace staraction

#endif  // STARACTION_COMMON_JSON_MESSAGE_READER_H_
