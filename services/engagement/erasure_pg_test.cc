// A client's erasure as an administrator asks for it: who may, when, what follows.

#include <thread>

#include "common/base/id.h"
#include "services/engagement/testing/world.h"
#include "staraction/engagement/v1/erasure_service.grpc.pb.h"
#include "staraction/erasure/v1/erase_service.grpc.pb.h"

namespace staraction::engagement {
namespace {

using absl::StatusCode;
using test::StatusIs;

class ErasureTest : public ::testing::Test {
 protected:
  ErasureTest() : client_(world_.CreateClient("consultant")) {
    president_ = world_.AddMember(client_, "1", "消費 太郎", true);
    company_token_ = world_.CompanyUser(client_, common::v1::ROLE_PRESIDENT);
    engagement_ = world_.OpenEngagement(client_);
  }

  absl::StatusOr<v1::Erasure> Erase(const std::string& subject, const std::string& name,
                                    const std::string& request_id = "") {
    v1::EraseClientRequest request;
    request.set_name(name);
    request.set_reason("契約終了");
    request.set_approver_display_name("代表 花子");
    request.set_request_id(request_id);
    return world_.Ask<v1::ErasureService>(subject, &v1::ErasureService::Stub::EraseClient, request);
  }
  absl::StatusOr<v1::Erasure> Get(const std::string& subject, const std::string& client) {
    v1::GetErasureRequest request;
    request.set_name(client + "/erasure");
    return world_.Ask<v1::ErasureService>(subject, &v1::ErasureService::Stub::GetErasure, request);
  }
  void Delete() {
    v1::DeleteClientRequest request;
    request.set_name(client_.name());
    ASSERT_OK(world_.Clients("admin", &v1::ClientService::Stub::DeleteClient, request));
  }
  // Until the job has come by.
  v1::Erasure AwaitErased() {
    const absl::Time until = RealClock()() + absl::Seconds(30);
    while (RealClock()() < until) {
      const auto erasure = Get("admin", client_.name());
      if (erasure.ok() && erasure->state() == v1::Erasure::STATE_ERASED) return *erasure;
      std::this_thread::yield();
    }
    ADD_FAILURE() << "not erased in 30 s";
    return {};
  }

  World world_;
  v1::Client client_;
  v1::Member president_;
  std::string company_token_;
  v1::Engagement engagement_;
};

TEST_F(ErasureTest, OnlyADeletedClientOfOnesOwnAndOnlyByAnAdministrator) {
  EXPECT_THAT(Erase("admin", client_.name()), StatusIs(StatusCode::kFailedPrecondition));
  Delete();
  EXPECT_THAT(Erase("consultant", client_.name()), StatusIs(StatusCode::kPermissionDenied));
  EXPECT_THAT(Erase("stranger", client_.name()), StatusIs(StatusCode::kNotFound));
  EXPECT_THAT(Erase("admin", "clients/0190affe-0000-7000-8000-00000000dead"),
              StatusIs(StatusCode::kNotFound));
  EXPECT_THAT(Erase("admin", "clients/none"), StatusIs(StatusCode::kNotFound));
  EXPECT_THAT(Get("admin", client_.name()), StatusIs(StatusCode::kNotFound));
  EXPECT_EQ(
      world_.Query("select count(*) as value from engagement.client where erase_time is null"),
      "1");
}

TEST_F(ErasureTest, ClosesTheClientAtOnceAndErasesItWithARecord) {
  Delete();
  const std::string id = NewUuid4();
  const auto requested = Erase("admin", client_.name(), id);
  ASSERT_OK(requested);
  EXPECT_EQ(requested->requester(), world_.Me(world_.Token("admin"))->name());
  EXPECT_THAT(Get("stranger", client_.name()), StatusIs(StatusCode::kNotFound));
  const v1::Erasure erased = AwaitErased();
  ASSERT_EQ(erased.services_size(), 1);
  EXPECT_EQ(erased.services(0).service(), "engagement");
  EXPECT_GT(erased.services(0).row_count(), 3);
  EXPECT_EQ(erased.reason(), "契約終了");
  EXPECT_TRUE(erased.has_keep_until()) << "the quote was issued";
  // Nobody reaches it any more, whoever they were.
  v1::GetClientRequest get;
  get.set_name(client_.name());
  const absl::Time until = RealClock()() + absl::Seconds(20);
  while (world_.Clients("admin", &v1::ClientService::Stub::GetClient, get).ok() &&
         RealClock()() < until) {
    std::this_thread::yield();  // who may do what is cached for 3 seconds
  }
  EXPECT_THAT(world_.Clients("admin", &v1::ClientService::Stub::GetClient, get),
              StatusIs(StatusCode::kNotFound));
  v1::UndeleteClientRequest undelete;
  undelete.set_name(client_.name());
  EXPECT_FALSE(world_.Clients("admin", &v1::ClientService::Stub::UndeleteClient, undelete).ok());
  EXPECT_FALSE(world_.Me(company_token_).ok());
  EXPECT_EQ(
      world_.Query("select concat(display_name, kana, email) as value from engagement.member"), "");
  EXPECT_EQ(world_.Query("select count(*) as value from engagement.audit_payload p "
                         "where p.payload::text like '%' || "
                         "encode(convert_to('消費 太郎', 'UTF8'), 'hex') || '%'"),
            "0");
  // Its first answer was erased with the client; repeating must not start anew.
  EXPECT_THAT(Erase("admin", client_.name(), id), StatusIs(StatusCode::kNotFound));
  // Asked again, all erase again; when it was first done stays known.
  const auto again = Erase("admin", client_.name());
  ASSERT_OK(again);
  EXPECT_EQ(again->state(), v1::Erasure::STATE_ERASED);
  const absl::Time limit = RealClock()() + absl::Seconds(20);
  v1::Erasure later = *again;
  while (RealClock()() < limit && later.services(0).latest_erase_time().SerializeAsString() ==
                                      later.services(0).erase_time().SerializeAsString()) {
    later = *Get("admin", client_.name());
  }
  EXPECT_EQ(later.complete_time().SerializeAsString(), erased.complete_time().SerializeAsString());
  EXPECT_NE(later.services(0).latest_erase_time().SerializeAsString(),
            later.services(0).erase_time().SerializeAsString());
  // What the law lets go later waits as a job for that day.
  EXPECT_EQ(world_.Query("select count(*) as value from engagement.job where kind = 'erase_client' "
                         "and due_time > now() + interval '7 years'"),
            "1");
}

TEST_F(ErasureTest, NoServiceErasesWhatNobodyAskedFor) {
  const auto stub = erasure::v1::EraseService::NewStub(world_.service().channel());
  const auto erase = [&](const std::string& service) {
    grpc::ClientContext context;
    const std::string token = *world_.keys().signer(service)->Service(
        test::kOrganization, client_.name().substr(sizeof("clients/") - 1));
    context.AddMetadata("authorization", "Bearer " + token);
    erasure::v1::EraseDataRequest request;
    request.set_client(client_.name());
    erasure::v1::EraseDataResponse response;
    return FromGrpc(stub->EraseData(&context, request, &response));
  };
  EXPECT_THAT(erase("training"), StatusIs(StatusCode::kPermissionDenied));
  EXPECT_THAT(erase("engagement"), StatusIs(StatusCode::kInternal)) << "there is no erasure";
  EXPECT_EQ(world_.Query("select display_name as value from engagement.member"), "消費 太郎");
}

}  // namespace
}  // namespace staraction::engagement
