#include "common/rpc/breaker.h"

#include <grpcpp/grpcpp.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <memory>

#include "absl/strings/str_cat.h"
#include "common/rpc/peer.h"
#include "common/status/errors.h"
#include "common/testing/status_matchers.h"
#include "staraction/fact/v1/fact_service.grpc.pb.h"

namespace staraction {
namespace {

using absl::StatusCode;
using fact::v1::FactService;
using test::StatusIs;

TEST(BreakerTest, OpensAfterThreeFailuresInARow) {
  Breaker breaker([] { return absl::UnixEpoch(); });
  breaker.Admit()->Failed();
  breaker.Admit()->Failed();
  breaker.Admit()->Answered();
  breaker.Admit()->Failed();
  breaker.Admit()->Failed();
  EXPECT_FALSE(breaker.open());
  breaker.Admit()->Failed();
  EXPECT_TRUE(breaker.open());
  EXPECT_FALSE(breaker.Admit().has_value());
}

TEST(BreakerTest, ACallOfWhichNothingIsToldSaysNothing) {
  Breaker breaker([] { return absl::UnixEpoch(); });
  for (int i = 0; i < 2; ++i) breaker.Admit()->Failed();
  breaker.Admit().reset();
  EXPECT_FALSE(breaker.open());
  breaker.Admit()->Failed();
  EXPECT_TRUE(breaker.open());
}

TEST(BreakerTest, OneProbeAtATimeFindsOutWhetherThePeerIsBack) {
  absl::Time now = absl::UnixEpoch();
  Breaker breaker([&now] { return now; });
  for (int i = 0; i < 3; ++i) breaker.Admit()->Failed();
  now += absl::Milliseconds(249);
  EXPECT_FALSE(breaker.Admit().has_value());
  now += absl::Milliseconds(1);
  auto probe = breaker.Admit();
  ASSERT_TRUE(probe.has_value());
  EXPECT_FALSE(breaker.Admit().has_value()) << "another probe is on the way";
  probe->Failed();
  EXPECT_FALSE(breaker.Admit().has_value()) << "the pause begins anew";
  now += absl::Milliseconds(250);
  breaker.Admit().reset();  // cancelled: the next may look
  probe.emplace(*breaker.Admit());
  probe->Answered();
  EXPECT_FALSE(breaker.open());
  EXPECT_TRUE(breaker.Admit().has_value());
}

// A socket of this machine on which nobody answers: connections are had, and stay silent.
class SilentServer {
 public:
  SilentServer() : socket_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address = {};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof(address);
    auto* any = reinterpret_cast<sockaddr*>(&address);
    EXPECT_EQ(bind(socket_, any, size), 0);
    EXPECT_EQ(getsockname(socket_, any, &size), 0);
    port_ = ntohs(address.sin_port);
  }
  ~SilentServer() { Close(); }
  void Listen() { EXPECT_EQ(listen(socket_, 16), 0); }
  void Close() {
    if (socket_ >= 0) close(socket_);
    socket_ = -1;
  }
  std::string address() const { return absl::StrCat("127.0.0.1:", port_); }

 private:
  int socket_;
  int port_ = 0;
};

class Facts : public FactService::CallbackService {
  grpc::ServerUnaryReactor* CollectFacts(grpc::CallbackServerContext* context,
                                         const fact::v1::CollectFactsRequest*,
                                         fact::v1::FactSheet*) override {
    auto* reactor = context->DefaultReactor();
    reactor->Finish(ToGrpc(ToWire(NotFound("clients/1"), "test", Language::kEnglish)));
    return reactor;
  }
};

class PeerTest : public ::testing::Test {
 protected:
  // Status of one call, and the time that it took.
  absl::Status CallOnce(absl::Duration limit) {
    Call call;
    call.deadline = RealClock()() + limit;
    const absl::Time asked = RealClock()();
    const auto answer =
        CallPeer(call, *stub_, &FactService::Stub::CollectFacts, fact::v1::CollectFactsRequest());
    took_ = RealClock()() - asked;
    return answer.status();
  }
  void Dial(const std::string& address) {
    stub_ =
        FactService::NewStub(OpenChannel(address, grpc::InsecureChannelCredentials(), breaker_));
  }

  const std::shared_ptr<Breaker> breaker_ = std::make_shared<Breaker>();
  std::unique_ptr<FactService::Stub> stub_;
  absl::Duration took_;
};

TEST_F(PeerTest, APeerThatIsGoneIsRefusedAtOnceAndFoundAgain) {
  SilentServer reserved;  // bound and not listening: connections are refused
  Dial(reserved.address());
  for (int i = 0; i < 20; ++i) {
    const absl::Status status = CallOnce(absl::Seconds(5));
    EXPECT_THAT(status, StatusIs(StatusCode::kUnavailable));
    EXPECT_EQ(ReasonOf(status), error::v1::ERROR_REASON_PEER_UNAVAILABLE);
    EXPECT_TRUE(GetDetail<google::rpc::RetryInfo>(status).has_value());
    EXPECT_LT(took_, absl::Seconds(1));
  }
  EXPECT_TRUE(breaker_->open());
  reserved.Close();
  Facts facts;
  grpc::ServerBuilder builder;
  builder.AddListeningPort(reserved.address(), grpc::InsecureServerCredentials());
  builder.RegisterService(&facts);
  const auto server = builder.BuildAndStart();
  ASSERT_NE(server, nullptr);
  const absl::Time back = RealClock()();
  while (!absl::IsNotFound(CallOnce(absl::Seconds(1)))) {
    ASSERT_LT(RealClock()() - back, absl::Seconds(5));
  }
  EXPECT_FALSE(breaker_->open());
}

TEST_F(PeerTest, APeerThatHangsHoldsCallersThreeTimes) {
  SilentServer hung;
  hung.Listen();
  Dial(hung.address());
  for (int i = 0; i < 3; ++i) EXPECT_FALSE(CallOnce(absl::Milliseconds(1100)).ok());
  EXPECT_TRUE(breaker_->open());
  EXPECT_THAT(CallOnce(absl::Seconds(5)), StatusIs(StatusCode::kUnavailable));
  EXPECT_LT(took_, absl::Milliseconds(100));
}

TEST(MayRepeatTest, OnlyWhatBrokeAndHasNoEffectTwice) {
  Call call;
  call.deadline = RealClock()() + absl::Seconds(5);
  const grpc::Status broken(grpc::StatusCode::UNAVAILABLE, "connection reset");
  const fact::v1::CollectFactsRequest reads;
  fact::v1::AnnounceChangeRequest changes;
  EXPECT_TRUE(MayRepeat(call, broken, reads));
  EXPECT_FALSE(MayRepeat(call, broken, changes));
  EXPECT_FALSE(MayRepeat(call, grpc::Status(grpc::StatusCode::INTERNAL, ""), reads));
  EXPECT_FALSE(MayRepeat(call, grpc::Status::OK, reads));
  // The peer itself says that it cannot now: it was reached.
  const absl::Status said = TryAgain(StatusCode::kUnavailable,
                                     error::v1::ERROR_REASON_DATABASE_UNAVAILABLE, "later", "後で");
  EXPECT_FALSE(MayRepeat(call, ToGrpc(ToWire(said, "test", Language::kEnglish)), reads));
  call.deadline = RealClock()();
  EXPECT_FALSE(MayRepeat(call, broken, reads));
}

}  // namespace
}  // namespace staraction
