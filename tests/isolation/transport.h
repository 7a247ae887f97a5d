#ifndef STARACTION_TESTS_ISOLATION_TRANSPORT_H_
#define STARACTION_TESTS_ISOLATION_TRANSPORT_H_

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>
#include <grpcpp/channel.h>

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/time/time.h"

namespace staraction::test {

// What a caller gets, whole.
struct Answer {
  bool ok = false;
  std::string code;     // "NOT_FOUND", or of REST "404"
  std::string text;     // message and details, or the reply, as JSON
  std::string headers;  // one a line, without those that differ by nature
  absl::Duration took;
  std::unique_ptr<google::protobuf::Message> reply;  // of a good answer
};

// One way to call methods that are known by their descriptors only.
class Transport {
 public:
  virtual ~Transport() = default;
  virtual std::string name() const = 0;
  virtual bool Serves(const google::protobuf::MethodDescriptor& method) const = 0;
  // `token` "": without one.
  virtual Answer Send(const google::protobuf::MethodDescriptor& method,
                      const google::protobuf::Message& request, const std::string& token) = 0;
};

// gRPC, by the channel of each service's full name.
class GrpcTransport : public Transport {
 public:
  explicit GrpcTransport(std::map<std::string, std::shared_ptr<grpc::Channel>> channels)
      : channels_(std::move(channels)) {}
  std::string name() const override { return "grpc"; }
  bool Serves(const google::protobuf::MethodDescriptor& method) const override;
  Answer Send(const google::protobuf::MethodDescriptor& method,
              const google::protobuf::Message& request, const std::string& token) override;

 private:
  const std::map<std::string, std::shared_ptr<grpc::Channel>> channels_;
};

// All services of our schemas that are linked in, in order of their files.
std::vector<const google::protobuf::ServiceDescriptor*> SchemaServices();

}  // namespace staraction::test

#endif  // STARACTION_TESTS_ISOLATION_TRANSPORT_H_
