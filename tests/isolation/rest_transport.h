#ifndef STARACTION_TESTS_ISOLATION_REST_TRANSPORT_H_
#define STARACTION_TESTS_ISOLATION_REST_TRANSPORT_H_

#include <memory>
#include <string>

#include "tests/isolation/transport.h"

namespace staraction::test {

// A method's REST request.
struct RestRequest {
  std::string verb;  // "GET"
  std::string path;  // with its query
  std::string body;  // "" without one
};

// The request by the method's route: what the path does not take goes into the body, if the route
// has one, and else into the query.
RestRequest ToRest(const google::protobuf::MethodDescriptor& method,
                   const google::protobuf::Message& request);

// REST through a gateway, over one connection that is kept.
class RestTransport : public Transport {
 public:
  explicit RestTransport(std::string gateway);  // "http://127.0.0.1:8080"
  ~RestTransport() override;
  std::string name() const override { return "rest"; }
  bool Serves(const google::protobuf::MethodDescriptor& method) const override;
  Answer Send(const google::protobuf::MethodDescriptor& method,
              const google::protobuf::Message& request, const std::string& token) override;

 private:
  struct Session;
  const std::string gateway_;
  const std::unique_ptr<Session> session_;
};

}  // namespace staraction::test

#endif  // STARACTION_TESTS_ISOLATION_REST_TRANSPORT_H_
