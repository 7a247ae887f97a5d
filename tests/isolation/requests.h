#ifndef STARACTION_TESTS_ISOLATION_REQUESTS_H_
#define STARACTION_TESTS_ISOLATION_REQUESTS_H_

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <memory>
#include <set>
#include <string>
#include <vector>

#include "tests/isolation/names.h"

namespace staraction::test {

// A field of a request, at any depth, that names a resource.
struct NameField {
  std::vector<const google::protobuf::FieldDescriptor*> path;
  std::set<std::string> kinds;

  std::string Text() const;  // "session.engagements"
};

// All of them; in a list of messages those of its elements.
std::vector<NameField> NameFields(const google::protobuf::Descriptor& request);

// A request of the method that passes the checks of its shape: what is required is there, and every
// required name and the scope come from `own`, where it has one of the kind.
std::unique_ptr<google::protobuf::Message> MakeRequest(
    const google::protobuf::MethodDescriptor& method, const NameBook& own);

// Sets the field; in lists it becomes the first element's.
void PutName(const NameField& field, const std::string& name, const NameBook& own,
             google::protobuf::Message* request);

}  // namespace staraction::test

#endif  // STARACTION_TESTS_ISOLATION_REQUESTS_H_
