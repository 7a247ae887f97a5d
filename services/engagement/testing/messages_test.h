#ifndef STARACTION_SERVICES_ENGAGEMENT_TESTING_MESSAGES_TEST_H_
#define STARACTION_SERVICES_ENGAGEMENT_TESTING_MESSAGES_TEST_H_

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "common/base/id.h"
#include "common/client/smtp_test_server.h"
#include "common/fact/facts.h"
#include "services/engagement/testing/world.h"
#include "staraction/engagement/v1/contact_service.grpc.pb.h"
#include "staraction/engagement/v1/message_service.grpc.pb.h"

namespace staraction::engagement {

using Contacts = v1::ContactService::Stub;
using Messages = v1::MessageService::Stub;

inline constexpr char kPage[] = "https://people.test/go";

// An engagement whose members have open things, and a real mail server.
class MessagesTest : public testing::Test {
 protected:
  MessagesTest()
      : world_(smtp_.address()),
        client_(world_.CreateClient("consultant", 28)),
        engagement_(world_.OpenEngagement(client_)),
        messages_(v1::MessageService::NewStub(world_.service().channel())),
        contacts_(v1::ContactService::NewStub(world_.service().channel())) {
    v1::UpdateOrganizationRequest update;
    update.mutable_organization()->set_name("organization");
    update.mutable_organization()->set_mail_sender("office@consult.test");
    update.mutable_organization()->set_participant_url(kPage);
    const auto stub = v1::OrganizationService::NewStub(world_.service().channel());
    EXPECT_OK(test::CallAs(world_.Token("admin"), *stub,
                           &v1::OrganizationService::Stub::UpdateOrganization, update));
    sheet_.set_service("training");
    sheet_.set_version(1);
  }
  // A member for whom the session is open.
  v1::Member Add(const std::string& number, const std::string& name, const std::string& email,
                 const std::string& department = "総務") {
    const v1::Member member = world_.AddMember(client_, number, name, false);
    v1::UpdateMemberRequest update;
    update.mutable_member()->set_name(member.name());
    update.mutable_member()->set_email(email);
    update.mutable_member()->set_department(department);
    EXPECT_OK(world_.Clients("consultant", &v1::ClientService::Stub::UpdateMember, update));
    Open(member.name());
    return member;
  }
  void Open(const std::string& member) {
    *sheet_.add_facts() = TextFact("training.due", engagement_.name(), "session");
    sheet_.mutable_facts(sheet_.facts_size() - 1)->set_subject(member);
    Store();
  }
  void Store() {
    sheet_.set_version(sheet_.version() + 1);
    world_.Query(absl::StrCat(
        "insert into engagement.fact_sheet (organization_id, client_id, service, version, "
        "announced_version, sheet) values ('",
        test::kOrganization, "', '", client_.name().substr(8), "', 'training', 1, 1, decode('",
        absl::BytesToHexString(sheet_.SerializeAsString()),
        "', 'hex')) on conflict on constraint fact_sheet_pkey do update set sheet = "
        "excluded.sheet returning 1 as value"));
  }
  template <typename Request, typename Method>
  auto Call(Method method, const Request& request, const std::string& as = "consultant") {
    return test::CallAs(world_.Token(as), *messages_, method, request);
  }
  absl::StatusOr<v1::PlanMessagesResponse> Plan() {
    v1::PlanMessagesRequest request;
    request.set_parent(engagement_.name());
    return Call(&Messages::PlanMessages, request);
  }
  v1::CreateMessageRequest Invitation() {
    v1::CreateMessageRequest request;
    request.set_parent(engagement_.name());
    request.mutable_message()->set_template_("invitation");
    request.set_request_id(NewUuid4());
    return request;
  }
  v1::Message Get(const std::string& name) {
    v1::GetMessageRequest request;
    request.set_name(name);
    const auto message = Call(&Messages::GetMessage, request);
    EXPECT_OK(message);
    return message.value_or(v1::Message());
  }
  // The message when no mail waits any more.
  v1::Message Sent(const std::string& name, int slips = 0) {
    for (int i = 0; i < 200; ++i) {
      const v1::Message message = Get(name);
      if (message.figures().waiting() <= slips) return message;
      std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
    ADD_FAILURE() << "mails still wait";
    return {};
  }
  std::vector<v1::Delivery> Deliveries(const std::string& message) {
    v1::ListDeliveriesRequest request;
    request.set_parent(message);
    const auto list = Call(&Messages::ListDeliveries, request);
    EXPECT_OK(list);
    return {list->deliveries().begin(), list->deliveries().end()};
  }
  v1::ListOutstandingMembersResponse Outstanding(bool secrets) {
    v1::ListOutstandingMembersRequest request;
    request.set_parent(engagement_.name());
    request.set_with_secrets(secrets);
    const auto list = test::CallAs(world_.Token("consultant"), *contacts_,
                                   &Contacts::ListOutstandingMembers, request);
    EXPECT_OK(list);
    return list.value_or(v1::ListOutstandingMembersResponse());
  }

  test::SmtpTestServer smtp_;
  World world_;
  const v1::Client client_;
  const v1::Engagement engagement_;
  std::unique_ptr<v1::MessageService::Stub> messages_;
  std::unique_ptr<v1::ContactService::Stub> contacts_;
  fact::v1::FactSheet sheet_;
};

}  // namespace staraction::engagement

#endif  // STARACTION_SERVICES_ENGAGEMENT_TESTING_MESSAGES_TEST_H_
