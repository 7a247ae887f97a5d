#ifndef STARACTION_SERVICES_GATEWAY_OPENAPI_COMMENTS_H_
#define STARACTION_SERVICES_GATEWAY_OPENAPI_COMMENTS_H_

#include <google/protobuf/descriptor.h>
#include <google/protobuf/descriptor_database.h>

#include <string>
#include <string_view>

namespace staraction::gateway {

// The comments of schemas. Generated code has none, so they come from a descriptor set that protoc
// wrote with source info. Not thread safe.
class Comments {
 public:
  // `descriptor_set` is a serialised FileDescriptorSet; one that can't be read has no comments.
  explicit Comments(std::string_view descriptor_set);

  // The comment above the declaration, its lines joined into paragraphs; empty: none.
  std::string Of(const google::protobuf::Descriptor& message);
  std::string Of(const google::protobuf::FieldDescriptor& field);
  std::string Of(const google::protobuf::EnumValueDescriptor& value);
  std::string Of(const google::protobuf::ServiceDescriptor& service);
  std::string Of(const google::protobuf::MethodDescriptor& method);

 private:
  google::protobuf::SimpleDescriptorDatabase files_;
  google::protobuf::DescriptorPool pool_;
};

}  // namespace staraction::gateway

#endif  // STARACTION_SERVICES_GATEWAY_OPENAPI_COMMENTS_H_
