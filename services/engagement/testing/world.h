#ifndef STARACTION_SERVICES_ENGAGEMENT_TESTING_WORLD_H_
#define STARACTION_SERVICES_ENGAGEMENT_TESTING_WORLD_H_

#include <map>
#include <memory>
#include <optional>
#include <string>

#include "common/testing/service.h"
#include "common/testing/status_matchers.h"
#include "services/engagement/parts.h"
#include "staraction/engagement/v1/client_service.grpc.pb.h"
#include "staraction/engagement/v1/engagement_service.grpc.pb.h"
#include "staraction/engagement/v1/organization_service.grpc.pb.h"
#include "staraction/engagement/v1/participant_service.grpc.pb.h"
#include "staraction/engagement/v1/quote_service.grpc.pb.h"
#include "staraction/engagement/v1/task_service.grpc.pb.h"
#include "staraction/engagement/v1/visit_service.grpc.pb.h"

namespace staraction::engagement {

// A running engagement service with two organizations (administrators "admin" and "stranger") and,
// in the first, "consultant", "other-consultant" and "reporter". People are named by the subject
// of their token; "" calls without a token.
class World {
 public:
  // With the address of a mail server, mails can be sent.
  explicit World(const std::string& smtp_server = "");

  v1::Client CreateClient(const std::string& subject, int employees = 10);
  v1::Member AddMember(const v1::Client& client, const std::string& number, const std::string& name,
                       bool president);
  // An accepted quote's engagement.
  v1::Engagement OpenEngagement(const v1::Client& client);
  // Token of a new user with this role in the client only.
  std::string CompanyUser(const v1::Client& client, common::v1::Role role);
  absl::StatusOr<v1::Me> Me(const std::string& token);
  std::string Query(const std::string& sql) { return service_.database().Query(sql); }
  std::string user(const std::string& subject) const { return users_.at(subject); }
  std::string Token(const std::string& subject) const;
  test::TestKeys& keys() { return keys_; }
  test::TestService& service() { return service_; }

  template <typename Method, typename Request>
  auto Clients(const std::string& subject, Method method, const Request& request) {
    return test::CallAs(Token(subject), *clients_, method, request);
  }
  template <typename Method, typename Request>
  auto Engagements(const std::string& subject, Method method, const Request& request) {
    return test::CallAs(Token(subject), *engagements_, method, request);
  }
  // Any service of ours, as somebody: Ask<v1::TaskService>("consultant", &…::Stub::CreateTask, …).
  template <typename Service, typename Method, typename Request>
  auto Ask(const std::string& subject, Method method, const Request& request) {
    const auto stub = Service::NewStub(service_.channel());
    return test::CallAs(Token(subject), *stub, method, request);
  }
  template <typename Method, typename Request>
  auto Participants(const std::string& subject, Method method, const Request& request) {
    return test::CallAs(Token(subject), *participants_, method, request);
  }

 private:
  void CreateOrganization(const std::string& id, const std::string& admin);
  // A role of the organization, or none.
  void AddUser(const std::string& subject, std::optional<common::v1::Role> role);

  test::TestKeys keys_;
  test::TestService service_;
  std::unique_ptr<v1::OrganizationService::Stub> organizations_;
  std::unique_ptr<v1::ClientService::Stub> clients_;
  std::unique_ptr<v1::EngagementService::Stub> engagements_;
  std::unique_ptr<v1::ParticipantService::Stub> participants_;
  std::map<std::string, std::string> users_;
};

}  // namespace staraction::engagement

#endif  // STARACTION_SERVICES_ENGAGEMENT_TESTING_WORLD_H_
