#include "services/engagement/testing/world.h"

#include "common/base/date.h"

namespace staraction::engagement {
namespace {

constexpr char kIssuer[] = "https://issuer.test";

test::TestService::Make MakeWith(const std::string& smtp_server) {
  Settings settings;
  settings.link_key = std::string(32, 'k');
  settings.fact_peers = {};
  settings.erase_delay = absl::ZeroDuration();
  settings.smtp.server = smtp_server;
  settings.smtp.security = SmtpOptions::Security::kNone;
  settings.smtp.time = absl::Seconds(5);
  return [settings](Host& host) { return MakeParts(host, settings); };
}

}  // namespace

World::World(const std::string& smtp_server)
    : service_({"engagement", Migrations()}, keys_, nullptr, MakeWith(smtp_server)),
      organizations_(v1::OrganizationService::NewStub(service_.channel())),
      clients_(v1::ClientService::NewStub(service_.channel())),
      engagements_(v1::EngagementService::NewStub(service_.channel())),
      participants_(v1::ParticipantService::NewStub(service_.channel())) {
  CreateOrganization(test::kOrganization, "admin");
  CreateOrganization(test::kOtherOrganization, "stranger");
  AddUser("consultant", common::v1::ROLE_CONSULTANT);
  AddUser("other-consultant", common::v1::ROLE_CONSULTANT);
  AddUser("reporter", common::v1::ROLE_REPORTING);
}

std::string World::Token(const std::string& subject) const {
  if (subject.empty()) return "";
  return keys_.User(subject,
                    subject == "stranger" ? test::kOtherOrganization : test::kOrganization);
}

void World::CreateOrganization(const std::string& id, const std::string& admin) {
  v1::CreateOrganizationRequest request;
  request.set_organization_id(id);
  request.mutable_organization()->set_display_name("NPO法人テスト");
  request.mutable_administrator()->set_display_name(admin);
  request.mutable_administrator()->set_issuer(kIssuer);
  request.mutable_administrator()->set_subject(admin);
  EXPECT_OK(test::CallAs(*keys_.signer("operator")->Operator(), *organizations_,
                         &v1::OrganizationService::Stub::CreateOrganization, request));
}

void World::AddUser(const std::string& subject, std::optional<common::v1::Role> role) {
  v1::CreateUserRequest request;
  request.mutable_user()->set_display_name(subject);
  request.mutable_user()->set_issuer(kIssuer);
  request.mutable_user()->set_subject(subject);
  if (role) request.mutable_user()->add_roles(*role);
  const auto user = test::CallAs(Token("admin"), *organizations_,
                                 &v1::OrganizationService::Stub::CreateUser, request);
  EXPECT_OK(user);
  users_[subject] = user.value_or(v1::User()).name();
}

v1::Client World::CreateClient(const std::string& subject, int employees) {
  v1::CreateClientRequest request;
  request.mutable_client()->set_legal_name("株式会社北浜精密製作所");
  request.mutable_client()->set_kind(v1::CLIENT_KIND_COMPANY);
  request.mutable_client()->set_representative_name("北浜 隆");
  request.mutable_client()->set_employee_count(employees);
  const auto client = Clients(subject, &v1::ClientService::Stub::CreateClient, request);
  EXPECT_OK(client);
  return client.value_or(v1::Client());
}

v1::Member World::AddMember(const v1::Client& client, const std::string& number,
                            const std::string& name, bool president) {
  v1::CreateMemberRequest request;
  request.set_parent(client.name());
  request.mutable_member()->set_staff_number(number);
  request.mutable_member()->set_display_name(name);
  request.mutable_member()->set_president(president);
  const auto member = Clients("consultant", &v1::ClientService::Stub::CreateMember, request);
  EXPECT_OK(member);
  return member.value_or(v1::Member());
}

v1::Engagement World::OpenEngagement(const v1::Client& client) {
  v1::CreateQuoteRequest create;
  create.set_parent(client.name());
  create.mutable_quote()->set_offering("offerings/one-star");
  *create.mutable_quote()->mutable_valid_until() = ToProtoDate(TokyoDay(RealClock()()) + 30);
  const auto quote =
      Ask<v1::QuoteService>("consultant", &v1::QuoteService::Stub::CreateQuote, create);
  EXPECT_OK(quote);
  v1::IssueQuoteRequest issue;
  issue.set_name(quote->name());
  EXPECT_OK(Ask<v1::QuoteService>("consultant", &v1::QuoteService::Stub::IssueQuote, issue));
  v1::AcceptQuoteRequest accept;
  accept.set_name(quote->name());
  const auto engagement =
      Ask<v1::QuoteService>("consultant", &v1::QuoteService::Stub::AcceptQuote, accept);
  EXPECT_OK(engagement);
  return engagement.value_or(v1::Engagement());
}

std::string World::CompanyUser(const v1::Client& client, common::v1::Role role) {
  const std::string subject = "company-" + std::to_string(users_.size());
  AddUser(subject, std::nullopt);
  v1::CreateAccessRequest request;
  request.set_parent(client.name());
  request.mutable_access()->set_user(user(subject));
  request.mutable_access()->set_role(role);
  EXPECT_OK(Clients("admin", &v1::ClientService::Stub::CreateAccess, request));
  return Token(subject);
}

absl::StatusOr<v1::Me> World::Me(const std::string& token) {
  return test::CallAs(token, *organizations_, &v1::OrganizationService::Stub::GetMe,
                      v1::GetMeRequest());
}

}  // namespace staraction::engagement
