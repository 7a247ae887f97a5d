// Calls between programs over mutual TLS, against a real service: who gets a connection, who may
// call, and that certificates and authorities change while calls go on.

#include <atomic>
#include <map>
#include <thread>

#include "common/rpc/credentials.h"
#include "common/service/tls_directory.h"
#include "common/testing/service.h"
#include "common/testing/status_matchers.h"

namespace staraction {
namespace {

using absl::StatusCode;
using fact::v1::FactService;
using test::NewAuthority;
using test::NewLeaf;
using test::StatusIs;
using test::TlsDirectory;

constexpr char kClient[] = "0190a000-0000-7000-8000-00000000000c";

class TlsTest : public ::testing::Test {
 protected:
  TlsTest()
      : server_files_(NewLeaf(authority_, IdentityOf("training")), authority_.pem().certificate),
        service_(
            {"training", {}}, keys_, &access_,
            [this](Host& host) -> absl::StatusOr<std::shared_ptr<void>> {
              host.ServeFacts([this](pg::Transaction&, const std::string&) {
                ++answered_;
                return absl::StatusOr<std::vector<fact::v1::Fact>>(std::vector<fact::v1::Fact>());
              });
              return std::make_shared<int>(0);
            },
            RealClock(), {}, CredentialsIn(server_files_, "training")),
        token_(*keys_.signer("engagement")->Service(test::kOrganization, kClient)) {}

  static std::shared_ptr<Credentials> CredentialsIn(const TlsDirectory& files,
                                                    const std::string& program) {
    auto credentials = Credentials::Create({files.path(), false}, program);
    EXPECT_OK(credentials);
    return *std::move(credentials);
  }

  absl::Status CallOver(const std::shared_ptr<grpc::ChannelCredentials>& credentials) {
    return Collect(*FactService::NewStub(OpenChannel(service_.address(), credentials)));
  }
  absl::Status Collect(FactService::Stub& stub) {
    fact::v1::CollectFactsRequest request;
    request.set_client(std::string("clients/") + kClient);
    return test::CallAs(token_, stub, &FactService::Stub::CollectFacts, request).status();
  }
  // As a program with a sound directory of our authority.
  absl::Status CallAsProgram(const std::string& program, const std::string& server = "training") {
    const TlsDirectory files(NewLeaf(authority_, IdentityOf(program)),
                             authority_.pem().certificate);
    return CallOver(CredentialsIn(files, program)->ForPeer(server));
  }
  // With whatever these files hold, sound or not.
  absl::Status CallWith(const CertifiedKey& leaf) {
    grpc::experimental::TlsChannelCredentialsOptions options;
    const std::vector<grpc::experimental::IdentityKeyCertPair> pairs = {
        {leaf.key, leaf.certificate}};
    options.set_certificate_provider(
        std::make_shared<grpc::experimental::StaticDataCertificateProvider>(
            authority_.pem().certificate, pairs));
    options.watch_root_certs();
    if (!leaf.key.empty()) options.watch_identity_key_cert_pairs();
    options.set_certificate_verifier(
        std::make_shared<grpc::experimental::NoOpCertificateVerifier>());
    options.set_check_call_host(false);
    return CallOver(grpc::experimental::TlsCredentials(options));
  }
  void ExpectNoConnection(const absl::Status& status) {
    EXPECT_THAT(status, StatusIs(StatusCode::kUnavailable));
    EXPECT_EQ(answered_, 0);
  }
  // Until a program with this leaf and these authorities gets through, or not any more.
  void WaitUntil(const CertifiedKey& leaf, const std::string& authorities, bool through) {
    const absl::Time until = RealClock()() + absl::Seconds(10);
    const TlsDirectory files(leaf, authorities);
    const auto credentials = CredentialsIn(files, "diagnosis");
    while (CallOver(credentials->ForPeer("training")).ok() != through) {
      ASSERT_LT(RealClock()(), until) << "the service goes on with the files of before";
    }
  }

  const Authority authority_ = NewAuthority();
  std::atomic<int> answered_{0};
  TlsDirectory server_files_;
  test::TestKeys keys_;
  test::TestAccess access_;
  test::TestService service_;
  const std::string token_;
};

TEST_F(TlsTest, WhoHasTheServiceAsAPeerGetsThrough) {
  EXPECT_OK(CallAsProgram("engagement"));
  EXPECT_OK(CallAsProgram("diagnosis"));
  EXPECT_EQ(answered_, 2);
}

TEST_F(TlsTest, OtherProgramsAreRefusedBeforeTheirTokenIsLookedAt) {
  for (const char* program : {"asset", "gateway", "operator", "training"}) {
    EXPECT_THAT(CallAsProgram(program),
                StatusIs(StatusCode::kPermissionDenied, ::testing::HasSubstr(program)));
  }
  EXPECT_EQ(answered_, 0);
}

TEST_F(TlsTest, WithoutAGoodCertificateThereIsNoConnection) {
  ExpectNoConnection(CallOver(grpc::InsecureChannelCredentials()));
  ExpectNoConnection(CallWith({}));
  ExpectNoConnection(CallWith(NewLeaf(NewAuthority(), IdentityOf("engagement"))));
  ExpectNoConnection(CallWith(NewLeaf(authority_, IdentityOf("engagement"), /*expired=*/true)));
  // The same way with a good one.
  EXPECT_OK(CallWith(NewLeaf(authority_, IdentityOf("engagement"))));
}

TEST_F(TlsTest, AForeignNameIsNobody) {
  EXPECT_THAT(CallWith(NewLeaf(authority_, "spiffe://elsewhere/engagement")),
              StatusIs(StatusCode::kUnauthenticated));
  EXPECT_THAT(CallWith(NewLeaf(authority_, "https://staraction/engagement")),
              StatusIs(StatusCode::kUnauthenticated));
  EXPECT_EQ(answered_, 0);
}

TEST_F(TlsTest, ACallerSpeaksToNobodyButWhomItMeans) {
  ExpectNoConnection(CallAsProgram("engagement", "asset"));
  // A server of another authority, and one whose certificate has ended.
  const TlsDirectory files(NewLeaf(authority_, IdentityOf("engagement")),
                           NewAuthority().pem().certificate);
  ExpectNoConnection(CallOver(CredentialsIn(files, "engagement")->ForPeer("training")));
  server_files_.Swap(NewLeaf(authority_, IdentityOf("training"), /*expired=*/true),
                     authority_.pem().certificate);
  WaitUntil(NewLeaf(authority_, IdentityOf("diagnosis")), authority_.pem().certificate, false);
}

TEST_F(TlsTest, CertificatesAndAuthoritiesChangeWithoutAFailedCall) {
  const std::string before = authority_.pem().certificate;
  const Authority next = NewAuthority();
  const std::string both = before + next.pem().certificate;
  TlsDirectory caller_files(NewLeaf(authority_, IdentityOf("engagement")), before);
  const auto credentials = CredentialsIn(caller_files, "engagement");
  std::atomic<bool> stop{false};
  std::atomic<int> good{0}, bad{0};
  constexpr int kCallers = 3;
  std::vector<std::thread> callers;
  callers.reserve(kCallers);
  for (int i = 0; i < kCallers; ++i) {
    callers.emplace_back([&] {
      while (!stop) {
        // New connections again and again: each handshake takes what the files hold then.
        const auto stub =
            FactService::NewStub(OpenChannel(service_.address(), credentials->ForPeer("training")));
        for (int calls = 0; calls < 20 && !stop; ++calls) ++(Collect(*stub).ok() ? good : bad);
      }
    });
  }
  const auto swap = [&](const Authority& issuer, const std::string& authorities) {
    server_files_.Swap(NewLeaf(issuer, IdentityOf("training")), authorities);
    caller_files.Swap(NewLeaf(issuer, IdentityOf("engagement")), authorities);
    // Until both have read again.
    std::this_thread::sleep_for(std::chrono::milliseconds(2500));
  };
  swap(authority_, before);                                       // new certificates
  swap(authority_, both);                                         // a second authority
  WaitUntil(NewLeaf(next, IdentityOf("diagnosis")), both, true);  // is trusted,
  swap(next, both);                                               // issues,
  swap(next, next.pem().certificate);                             // and stays alone
  WaitUntil(NewLeaf(authority_, IdentityOf("diagnosis")), both, false);
  stop = true;
  for (std::thread& caller : callers) caller.join();
  EXPECT_EQ(bad, 0);
  EXPECT_GT(good, 500);
  RecordProperty("calls", good);
}

TEST_F(TlsTest, AHalfWrittenPairHarmsNewConnectionsUntilItIsWhole) {
  const std::string authorities = authority_.pem().certificate;
  const TlsDirectory files(NewLeaf(authority_, IdentityOf("engagement")), authorities);
  const auto credentials = CredentialsIn(files, "engagement");
  const auto stub =
      FactService::NewStub(OpenChannel(service_.address(), credentials->ForPeer("training")));
  ASSERT_OK(Collect(*stub));
  const auto server = CredentialsIn(server_files_, "training");
  EXPECT_GT(server->expires(), RealClock()());

  const CertifiedKey next = NewLeaf(authority_, IdentityOf("training"));
  std::ofstream(KeyFile(server_files_.path())) << next.key;
  EXPECT_EQ(server->expires(), absl::InfinitePast());
  const CertifiedKey caller = NewLeaf(authority_, IdentityOf("diagnosis"));
  WaitUntil(caller, authorities, false);
  for (int i = 0; i < 20; ++i) EXPECT_OK(Collect(*stub)) << "the connection of before";
  std::ofstream(CertificateFile(server_files_.path())) << next.certificate;
  WaitUntil(caller, authorities, true);
  EXPECT_GT(server->expires(), RealClock()());
}

}  // namespace
}  // namespace staraction
