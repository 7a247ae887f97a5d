// Watching an engagement, through real gRPC over a real database.

#include "absl/time/clock.h"
#include "services/engagement/domain/change_token.h"
#include "services/engagement/testing/world.h"
#include "services/engagement/watch_hub.h"
#include "staraction/engagement/v1/watch_service.grpc.pb.h"

namespace staraction::engagement {
namespace {

using absl::StatusCode;
using test::StatusIs;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class WatchTest : public testing::Test {
 protected:
  // A stream as somebody, until it goes out of scope.
  struct Watch {
    ~Watch() { context.TryCancel(); }
    // The next message, or nothing if the stream has ended.
    std::optional<v1::WatchEngagementResponse> Next() {
      v1::WatchEngagementResponse response;
      if (!reader->Read(&response)) return std::nullopt;
      return response;
    }
    grpc::ClientContext context;
    std::unique_ptr<grpc::ClientReader<v1::WatchEngagementResponse>> reader;
  };

  WatchTest()
      : client_(world_.CreateClient("consultant")), engagement_(world_.OpenEngagement(client_)) {}

  std::unique_ptr<Watch> Begin(const std::string& subject, const std::string& token = "") {
    auto watch = std::make_unique<Watch>();
    watch->context.AddMetadata("authorization", "Bearer " + world_.Token(subject));
    watch->context.set_deadline(absl::ToChronoTime(RealClock()() + absl::Seconds(20)));
    v1::WatchEngagementRequest request;
    request.set_name(engagement_.name());
    request.set_change_token(token);
    watch->reader = stub_->WatchEngagement(&watch->context, request);
    return watch;
  }
  absl::Status Refused(const std::string& subject, const std::string& token = "") {
    const auto watch = Begin(subject, token);
    EXPECT_FALSE(watch->Next().has_value());
    return FromGrpc(watch->reader->Finish());
  }

  World world_;
  const std::unique_ptr<v1::WatchService::Stub> stub_ =
      v1::WatchService::NewStub(world_.service().channel());
  const v1::Client client_;
  const v1::Engagement engagement_;
};

TEST_F(WatchTest, TellsOfChangesAndGoesOnFromAToken) {
  const auto watch = Begin("consultant");
  const auto first = watch->Next();
  ASSERT_TRUE(first.has_value());
  EXPECT_THAT(first->changed_services(), IsEmpty());
  EXPECT_NE(first->change_token(), "");

  world_.AddMember(client_, "E01", "山田 花子", false);
  const auto change = watch->Next();
  ASSERT_TRUE(change.has_value());
  EXPECT_THAT(change->changed_services(), ElementsAre("engagement"));
  EXPECT_NE(change->change_token(), first->change_token());

  // Who was away hears at once what happened since.
  const auto late = Begin("consultant", first->change_token());
  EXPECT_THAT(late->Next()->changed_services(), Contains("engagement"));
  const auto nothing = Begin("consultant", change->change_token());
  EXPECT_THAT(nothing->Next()->changed_services(), IsEmpty());
}

TEST_F(WatchTest, OtherClientsChangesAreNotTold) {
  const v1::Client other = world_.CreateClient("consultant");
  const auto watch = Begin("consultant");
  const std::string token = watch->Next()->change_token();
  world_.AddMember(other, "E01", "山田 花子", false);
  absl::SleepFor(absl::Seconds(2.5));
  world_.AddMember(client_, "E01", "山田 花子", false);
  const auto change = watch->Next();
  const auto before = domain::ParseChangeToken(token),
             after = domain::ParseChangeToken(change->change_token());
  EXPECT_EQ(after->at("engagement"), before->at("engagement") + 1);
}

TEST_F(WatchTest, StrangersAndWrongTokensAreRefused) {
  EXPECT_THAT(Refused(""), StatusIs(StatusCode::kUnauthenticated));
  EXPECT_THAT(Refused("other-consultant"), StatusIs(StatusCode::kPermissionDenied));
  EXPECT_THAT(Refused("stranger"), StatusIs(StatusCode::kNotFound));
  for (const std::string token : {"x", "engagement", "engagement.x", "a.1-a.2", "engagement.-3"}) {
    EXPECT_THAT(Refused("consultant", token), StatusIs(StatusCode::kInvalidArgument)) << token;
  }
}

TEST_F(WatchTest, EndsWellWhenTheServiceStops) {
  const auto watch = Begin("consultant");
  ASSERT_TRUE(watch->Next().has_value());
  const absl::Time begin = RealClock()();
  world_.service().host().Stop(absl::Seconds(10));
  EXPECT_LT(RealClock()() - begin, absl::Seconds(5));
  while (watch->Next().has_value()) {
  }
  EXPECT_TRUE(watch->reader->Finish().ok());
}

}  // namespace
}  // namespace staraction::engagement
