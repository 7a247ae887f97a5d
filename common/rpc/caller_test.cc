#include "common/rpc/caller.h"

#include <grpc/grpc_security_constants.h>

#include "common/identity/programs.h"
#include "common/identity/tls.h"
#include "common/resource/policy.h"
#include "common/testing/status_matchers.h"
#include "staraction/engagement/v1/client_service.pb.h"
#include "staraction/engagement/v1/organization_service.pb.h"
#include "staraction/fact/v1/fact_service.pb.h"

namespace staraction {
namespace {

using absl::StatusCode;
using test::StatusIs;

// A connection whose certificate has these identities, as gRPC tells it.
class Connection : public grpc::AuthContext {
 public:
  Connection(std::vector<std::string> identities, bool authenticated)
      : identities_(std::move(identities)), authenticated_(authenticated) {}
  bool IsPeerAuthenticated() const override { return authenticated_; }
  std::vector<grpc::string_ref> FindPropertyValues(const std::string& name) const override {
    if (name != GRPC_PEER_SPIFFE_ID_PROPERTY_NAME) return {};
    return {identities_.begin(), identities_.end()};
  }
  std::vector<grpc::string_ref> GetPeerIdentity() const override { return {}; }
  std::string GetPeerIdentityPropertyName() const override { return ""; }
  grpc::AuthPropertyIterator begin() const override { return end(); }
  grpc::AuthPropertyIterator end() const override { return End(); }
  void AddProperty(const std::string&, const grpc::string_ref&) override {}
  bool SetPeerIdentityPropertyName(const std::string&) override { return false; }

 private:
  struct End : grpc::AuthPropertyIterator {};
  const std::vector<std::string> identities_;
  const bool authenticated_;
};

const google::protobuf::MethodDescriptor& Method(const google::protobuf::Descriptor& request,
                                                 const std::string& service,
                                                 const std::string& name) {
  const auto* method = request.file()->FindServiceByName(service)->FindMethodByName(name);
  EXPECT_EQ(method->input_type(), &request);
  return *method;
}

const auto& routed =
    Method(*engagement::v1::GetClientRequest::descriptor(), "ClientService", "GetClient");
const auto& serving =
    Method(*fact::v1::CollectFactsRequest::descriptor(), "FactService", "CollectFacts");
const auto& operating = Method(*engagement::v1::CreateOrganizationRequest::descriptor(),
                               "OrganizationService", "CreateOrganization");

absl::Status Check(const std::vector<std::string>& identities,
                   const google::protobuf::MethodDescriptor& method, bool authenticated = true) {
  return CheckCaller(Connection(identities, authenticated), CallersOf("training"), method,
                     PolicyOf(method).permission());
}

TEST(CallerTest, EachMethodHasItsCallers) {
  const struct {
    const char* program;
    const google::protobuf::MethodDescriptor& method;
    bool allowed;
  } kCases[] = {
      {kGateway, routed, true},    {kGateway, serving, false},   {kGateway, operating, false},
      {kOperator, routed, true},   {kOperator, serving, false},  {kOperator, operating, true},
      {"diagnosis", routed, true}, {"diagnosis", serving, true}, {"diagnosis", operating, false},
      {"asset", routed, false},    {"asset", serving, false},    {"training", serving, false},
  };
  for (const auto& test : kCases) {
    const absl::Status status = Check({IdentityOf(test.program)}, test.method);
    if (test.allowed) {
      EXPECT_OK(status) << test.program << " " << test.method.name();
    } else {
      EXPECT_THAT(status,
                  StatusIs(StatusCode::kPermissionDenied, ::testing::HasSubstr(test.program)))
          << test.method.name();
    }
  }
}

TEST(CallerTest, WhoIsNoneOfOursIsNobody) {
  for (const std::vector<std::string>& identities :
       std::vector<std::vector<std::string>>{{},
                                             {"spiffe://elsewhere/diagnosis"},
                                             {"spiffe://staraction/unknown"},
                                             {IdentityOf("diagnosis"), IdentityOf("engagement")}}) {
    EXPECT_THAT(Check(identities, routed), StatusIs(StatusCode::kUnauthenticated));
  }
  EXPECT_THAT(Check({IdentityOf("diagnosis")}, routed, /*authenticated=*/false),
              StatusIs(StatusCode::kUnauthenticated));
}

}  // namespace
}  // namespace staraction
