// Clients and accesses through real gRPC over a real database.

#include <thread>

#include "absl/strings/str_cat.h"
#include "common/base/id.h"
#include "common/status/errors.h"
#include "services/engagement/testing/world.h"

namespace staraction::engagement {
namespace {

using absl::StatusCode;
using test::CallAs;
using test::StatusIs;
using ::testing::HasSubstr;

class ClientTest : public ::testing::Test {
 protected:
  static v1::CreateClientRequest ClientRequest(const std::string& name = "株式会社北浜精密製作所") {
    v1::CreateClientRequest request;
    request.mutable_client()->set_legal_name(name);
    request.mutable_client()->set_kind(v1::CLIENT_KIND_COMPANY);
    request.mutable_client()->set_representative_name("北浜 隆");
    return request;
  }

  v1::Client CreateClient() { return world_.CreateClient("consultant"); }
  std::string Token(const std::string& subject) { return world_.Token(subject); }

  absl::StatusOr<v1::Client> Get(const std::string& token, const std::string& name) {
    v1::GetClientRequest request;
    request.set_name(name);
    const auto stub = v1::ClientService::NewStub(world_.service().channel());
    return CallAs(token, *stub, &v1::ClientService::Stub::GetClient, request);
  }

  World world_;
};

TEST_F(ClientTest, NeedToKnow) {
  const v1::Client client = CreateClient();
  const std::string absent = "clients/" + NewId(RealClock()());
  EXPECT_OK(Get(Token("consultant"), client.name()));
  EXPECT_OK(Get(Token("admin"), client.name()));
  EXPECT_THAT(Get(Token("admin"), absent), StatusIs(StatusCode::kNotFound));
  // Existing or not: the same answer to those who may not know.
  for (const char* subject : {"other-consultant", "reporter", "nobody"}) {
    for (const std::string& name : {client.name(), absent}) {
      EXPECT_THAT(Get(Token(subject), name), StatusIs(StatusCode::kPermissionDenied))
          << subject << " " << name;
    }
  }
  const std::string stranger = Token("stranger");
  EXPECT_THAT(Get(stranger, client.name()), StatusIs(StatusCode::kNotFound));
  EXPECT_THAT(Get(stranger, absent), StatusIs(StatusCode::kNotFound));
  EXPECT_THAT(Get("", client.name()), StatusIs(StatusCode::kUnauthenticated));
  EXPECT_THAT(Get(Token("consultant"), "clients/x"), StatusIs(StatusCode::kPermissionDenied));
  EXPECT_THAT(Get(Token("consultant"), "nonsense"), StatusIs(StatusCode::kPermissionDenied));
}

TEST_F(ClientTest, ListShowsAssignedClientsOnly) {
  const v1::Client client = CreateClient();
  const std::map<std::string, int> want = {
      {"consultant", 1}, {"admin", 1}, {"reporter", 1}, {"other-consultant", 0}};
  for (const auto& [subject, count] : want) {
    const auto list =
        world_.Clients(subject, &v1::ClientService::Stub::ListClients, v1::ListClientsRequest());
    ASSERT_OK(list);
    EXPECT_EQ(list->clients_size(), count) << subject;
  }
  v1::CreateAccessRequest assign;
  assign.set_parent(client.name());
  assign.mutable_access()->set_user(world_.user("other-consultant"));
  assign.mutable_access()->set_role(common::v1::ROLE_CONSULTANT);
  EXPECT_THAT(world_.Clients("consultant", &v1::ClientService::Stub::CreateAccess, assign),
              StatusIs(StatusCode::kPermissionDenied));
  const auto access = world_.Clients("admin", &v1::ClientService::Stub::CreateAccess, assign);
  ASSERT_OK(access);
  EXPECT_OK(Get(Token("other-consultant"), client.name()));
  v1::DeleteAccessRequest revoke;
  revoke.set_name(access->name());
  ASSERT_OK(world_.Clients("admin", &v1::ClientService::Stub::DeleteAccess, revoke));
  const auto list = world_.Clients("other-consultant", &v1::ClientService::Stub::ListClients,
                                   v1::ListClientsRequest());
  ASSERT_OK(list);
  EXPECT_EQ(list->clients_size(), 0);
}

TEST_F(ClientTest, DoubledRequestIdInParallelHasOneEffect) {
  v1::CreateClientRequest request = ClientRequest();
  request.set_request_id(NewUuid4());
  std::vector<absl::StatusOr<v1::Client>> answers(8, absl::UnknownError(""));
  std::vector<std::thread> threads;
  for (auto& answer : answers) {
    threads.emplace_back([&] {
      answer = world_.Clients("consultant", &v1::ClientService::Stub::CreateClient, request);
    });
  }
  for (auto& thread : threads) thread.join();
  for (const auto& answer : answers) {
    ASSERT_OK(answer);
    EXPECT_EQ(answer->SerializeAsString(), answers[0]->SerializeAsString());
  }
  EXPECT_EQ(world_.Query("select count(*) as value from engagement.client"), "1");
  EXPECT_EQ(world_.Query("select count(*) as value from engagement.audit_entry "
                         "where method like '%CreateClient'"),
            "1");
  request.mutable_client()->set_legal_name("別の会社");
  const auto other = world_.Clients("consultant", &v1::ClientService::Stub::CreateClient, request);
  EXPECT_THAT(other, StatusIs(StatusCode::kInvalidArgument));
  EXPECT_EQ(ReasonOf(other.status()), error::v1::ERROR_REASON_REQUEST_ID_REUSED);
}

TEST_F(ClientTest, TwoClientsEditing) {
  v1::Client mine = CreateClient();
  v1::UpdateClientRequest first;
  *first.mutable_client() = mine;
  first.mutable_client()->set_address("大阪市");
  first.mutable_update_mask()->add_paths("address");
  const auto updated = world_.Clients("consultant", &v1::ClientService::Stub::UpdateClient, first);
  ASSERT_OK(updated);
  EXPECT_EQ(updated->address(), "大阪市");
  EXPECT_NE(updated->etag(), mine.etag());
  const auto late = world_.Clients("admin", &v1::ClientService::Stub::UpdateClient, first);
  EXPECT_THAT(late, StatusIs(StatusCode::kAborted));
  EXPECT_EQ(ReasonOf(late.status()), error::v1::ERROR_REASON_ETAG_MISMATCH);
}

TEST_F(ClientTest, PracticesAreKept) {
  v1::UpdateClientRequest update;
  *update.mutable_client() = CreateClient();
  update.mutable_client()->add_practices("TELEWORK");
  update.mutable_client()->add_practices("MY_NUMBER");
  update.mutable_update_mask()->add_paths("practices");
  EXPECT_OK(world_.Clients("consultant", &v1::ClientService::Stub::UpdateClient, update));
  const auto kept = Get(Token("consultant"), update.client().name());
  ASSERT_OK(kept);
  EXPECT_THAT(kept->practices(), testing::ElementsAre("TELEWORK", "MY_NUMBER"));
}

TEST_F(ClientTest, SameCorporateNumberOffersTheExistingClient) {
  v1::CreateClientRequest request = ClientRequest();
  request.mutable_client()->set_corporate_number("６９０００００００００１１");
  const auto first = world_.Clients("consultant", &v1::ClientService::Stub::CreateClient, request);
  ASSERT_OK(first);
  EXPECT_EQ(first->corporate_number(), "6900000000011");
  const auto second =
      world_.Clients("other-consultant", &v1::ClientService::Stub::CreateClient, request);
  EXPECT_THAT(second, StatusIs(StatusCode::kAlreadyExists, HasSubstr(first->name())));
  const auto present = GetDetail<google::rpc::ErrorInfo>(second.status())->metadata();
  EXPECT_EQ(present.at("resource"), first->name());
  EXPECT_EQ(present.at("action"), "get");

  v1::DeleteClientRequest remove;
  remove.set_name(first->name());
  ASSERT_OK(world_.Clients("consultant", &v1::ClientService::Stub::DeleteClient, remove));
  const auto third = world_.Clients("consultant", &v1::ClientService::Stub::CreateClient, request);
  EXPECT_THAT(third, StatusIs(StatusCode::kAlreadyExists, HasSubstr(":undelete")));
  EXPECT_EQ(GetDetail<google::rpc::ErrorInfo>(third.status())->metadata().at("action"), "undelete");

  v1::UpdateClientRequest update;
  *update.mutable_client() = CreateClient();
  update.mutable_client()->set_corporate_number("6900000000011");
  EXPECT_THAT(world_.Clients("consultant", &v1::ClientService::Stub::UpdateClient, update),
              StatusIs(StatusCode::kAlreadyExists, HasSubstr(first->name())));
  update.mutable_client()->set_kind(v1::CLIENT_KIND_SOLE_PROPRIETOR);
  EXPECT_THAT(world_.Clients("consultant", &v1::ClientService::Stub::UpdateClient, update),
              StatusIs(StatusCode::kInvalidArgument, HasSubstr("client.corporate_number")));
}

TEST_F(ClientTest, EveryBadFieldIsNamed) {
  v1::CreateClientRequest request;
  request.mutable_client()->set_corporate_number("1234567890123");
  request.mutable_client()->set_employee_count(-1);
  const auto answer = world_.Clients("consultant", &v1::ClientService::Stub::CreateClient, request);
  EXPECT_THAT(answer, StatusIs(StatusCode::kInvalidArgument));
  std::string fields;
  const auto bad = GetDetail<google::rpc::BadRequest>(answer.status());
  ASSERT_TRUE(bad.has_value());
  for (const auto& violation : bad->field_violations())
    absl::StrAppend(&fields, violation.field(), " ");
  EXPECT_THAT(fields, HasSubstr("client.legal_name"));
  EXPECT_THAT(fields, HasSubstr("client.kind"));
  EXPECT_THAT(fields, HasSubstr("client.corporate_number"));
  EXPECT_THAT(fields, HasSubstr("client.employee_count"));
}

TEST_F(ClientTest, DatabaseGoneAndBack) {
  const v1::Client client = CreateClient();
  const std::string token = Token("admin");
  test::TestDatabase::CrashCluster();
  const auto gone = Get(token, client.name());
  EXPECT_THAT(gone, StatusIs(StatusCode::kUnavailable));
  EXPECT_EQ(ReasonOf(gone.status()), error::v1::ERROR_REASON_DATABASE_UNAVAILABLE);
  test::TestDatabase::StartCluster();
  absl::StatusOr<v1::Client> back = Get(token, client.name());
  EXPECT_OK(back);
}

}  // namespace
}  // namespace staraction::engagement
