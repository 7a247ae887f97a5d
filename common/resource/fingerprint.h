#ifndef STARACTION_COMMON_RESOURCE_FINGERPRINT_H_
#define STARACTION_COMMON_RESOURCE_FINGERPRINT_H_

#include <google/protobuf/message.h>

#include <string>
#include <vector>

namespace staraction {

// The message in one certain byte form: equal messages of the same schema give equal bytes.
std::string DeterministicBytes(const google::protobuf::Message& message);

// SHA-256 (32 bytes) of the message's type and content without these fields of the top level
// (names that it doesn't have are ignored). Equal messages have equal digests, whatever the order
// of their maps, as long as the schema of their type is the same.
std::string DigestWithout(const google::protobuf::Message& message,
                          const std::vector<std::string>& fields);

// Tells whether a request is the one that came with the same request_id before: the digest
// without `request_id`, 64 hexadecimal digits.
std::string Fingerprint(const google::protobuf::Message& request);

}  // namespace staraction

#endif  // STARACTION_COMMON_RESOURCE_FINGERPRINT_H_
