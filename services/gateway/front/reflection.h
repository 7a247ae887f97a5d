#ifndef STARACTION_SERVICES_GATEWAY_FRONT_REFLECTION_H_
#define STARACTION_SERVICES_GATEWAY_FRONT_REFLECTION_H_

#include <google/protobuf/descriptor.h>

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "grpc/reflection/v1/reflection.pb.h"
#include "services/gateway/route/route_table.h"

namespace staraction::gateway {

// gRPC's server reflection: tells tools the schema of what the gateway offers, and of nothing else.
// Versions v1 and v1alpha, whose messages are the same. Immutable.
class Reflection {
 public:
  // Whether this path is one of its methods.
  static bool Answers(std::string_view path);

  explicit Reflection(const RouteTable& routes);

  // To a ServerReflectionRequest in binary: a ServerReflectionResponse. What can't be read or found
  // is told in it.
  std::string Answer(const std::string& question) const;

 private:
  using Response = grpc::reflection::v1::ServerReflectionResponse;

  void AddFile(const google::protobuf::FileDescriptor& file);
  void AnswerFile(const google::protobuf::FileDescriptor* file, Response& response) const;
  void AnswerExtensions(const std::string& type, Response& response) const;

  std::set<std::string> services_;
  std::map<std::string, const google::protobuf::FileDescriptor*> files_;  // with what they import
};

}  // namespace staraction::gateway

#endif  // STARACTION_SERVICES_GATEWAY_FRONT_REFLECTION_H_
