#ifndef STARACTION_COMMON_CONTENT_REFLECT_H_
#define STARACTION_COMMON_CONTENT_REFLECT_H_

#include <google/protobuf/message.h>

#include <functional>
#include <string>

namespace staraction::content {

// Calls `visit` with every message that is directly inside `message`.
void ForEachChild(google::protobuf::Message& message,
                  const std::function<void(google::protobuf::Message&)>& visit);

// Calls `visit` with every object of a pack that has an id (offerings, plans …).
void ForEachObject(const google::protobuf::Message& pack,
                   const std::function<void(const google::protobuf::Message&)>& visit);

// Value of the message's field "id", else "code", else "".
std::string KeyOf(const google::protobuf::Message& message);

}  // namespace staraction::content

#endif  // STARACTION_COMMON_CONTENT_REFLECT_H_
