#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "common/base/clock.h"
#include "common/identity/authority.h"
#include "common/identity/programs.h"
#include "common/identity/tls.h"
#include "common/testing/status_matchers.h"

namespace staraction {
namespace {

using absl::StatusCode;
using test::StatusIs;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::UnorderedElementsAre;

TEST(ProgramsTest, CallersAreTheReverseOfPeers) {
  EXPECT_THAT(CallersOf("training"), UnorderedElementsAre("engagement", "diagnosis", "document"));
  EXPECT_EQ(CallersOf("engagement").size(), Services().size() - 1);
  for (const Service& service : Services()) {
    EXPECT_TRUE(IsProgram(service.name));
    for (const std::string& peer : service.peers) {
      EXPECT_NE(FindService(peer), nullptr) << service.name << " calls " << peer;
      EXPECT_NE(peer, service.name);
    }
  }
  EXPECT_FALSE(IsProgram("asse"));
  EXPECT_FALSE(IsProgram(""));
}

TEST(TlsTest, OnlyThisMachineIsLoopback) {
  for (const char* address : {"127.0.0.1:7101", "127.9.8.7:0", "[::1]:7101", "localhost:7101"}) {
    EXPECT_TRUE(IsLoopback(address)) << address;
  }
  for (const char* address :
       {"0.0.0.0:7101", "[::]:7101", "10.0.0.1:7101", "127.0.0.1.example.com:7101", "127.a:1",
        "localhost.example.com:7101", "asset:7104", "1127.0.0.1:1"}) {
    EXPECT_FALSE(IsLoopback(address)) << address;
  }
}

TEST(TlsTest, ANetworkIsRefusedUnlessEncryptedOrAllowed) {
  const std::string address = "10.0.0.1:7104";
  EXPECT_THAT(CheckAddress({}, "peer_asset", address),
              StatusIs(StatusCode::kInvalidArgument,
                       AllOf(HasSubstr("peer_asset"), HasSubstr(address), HasSubstr("tls_dir"),
                             HasSubstr("plaintext_allowed"))));
  EXPECT_OK(CheckAddress({"/tls", false}, "peer_asset", address));
  EXPECT_OK(CheckAddress({"", true}, "peer_asset", address));
  EXPECT_OK(CheckAddress({}, "peer_asset", "127.0.0.1:7104"));
  EXPECT_OK(CheckAddress({}, "peer_asset", ""));
}

TEST(TlsTest, IdentitiesNameKnownPrograms) {
  EXPECT_EQ(ProgramOf(IdentityOf("asset")), "asset");
  EXPECT_EQ(ProgramOf("spiffe://staraction/gateway"), "gateway");
  for (const char* other :
       {"spiffe://staraction/assets", "spiffe://staraction/", "asset", "spiffe://staraction/asset/",
        "spiffe://elsewhere/asset", "https://staraction/asset", ""}) {
    EXPECT_EQ(ProgramOf(other), "") << other;
  }
}

class DirectoryTest : public ::testing::Test {
 protected:
  DirectoryTest() : authority_(*Authority::Make("test", now_, absl::Hours(1))) {
    char pattern[] = "/tmp/staraction-tls.XXXXXX";
    dir_ = mkdtemp(pattern);
    Write("ca.crt", authority_.pem().certificate);
    Put({"asset", {IdentityOf("asset")}, now_, now_ + absl::Minutes(5)});
  }
  ~DirectoryTest() override { std::filesystem::remove_all(dir_); }

  void Write(const std::string& name, const std::string& text) {
    std::ofstream(dir_ + "/" + name) << text;
  }
  void Put(const CertificateRequest& request) {
    const CertifiedKey leaf = *authority_.Issue(request);
    Write("tls.crt", leaf.certificate);
    Write("tls.key", leaf.key);
  }

  const absl::Time now_ = RealClock()();
  const Authority authority_;
  std::string dir_;
};

TEST_F(DirectoryTest, TellsWhenTheCertificateExpires) {
  const auto until = CheckTlsDirectory(dir_, "asset");
  ASSERT_OK(until);
  EXPECT_EQ(*until, absl::FromTimeT(absl::ToTimeT(now_ + absl::Minutes(5))));
}

TEST_F(DirectoryTest, AnAuthorityIsLoadedFromItsTexts) {
  ASSERT_OK_AND_ASSIGN(const Authority again, Authority::Load(authority_.pem()));
  EXPECT_OK(again.Issue({"asset", {IdentityOf("asset")}, now_, now_ + absl::Hours(1)}));
  const Authority other = *Authority::Make("other", now_, absl::Hours(1));
  EXPECT_THAT(Authority::Load({authority_.pem().certificate, other.pem().key}),
              StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(Authority::Load({"", ""}), StatusIs(StatusCode::kInvalidArgument));
}

TEST_F(DirectoryTest, WhatIsWrongIsNamed) {
  const auto refused = [this](const std::string& file, const std::string& what) {
    EXPECT_THAT(CheckTlsDirectory(dir_, "asset"),
                StatusIs(StatusCode::kInvalidArgument,
                         AllOf(HasSubstr(dir_ + "/" + file), HasSubstr(what))));
  };
  EXPECT_THAT(
      CheckTlsDirectory(dir_, "risk"),
      StatusIs(StatusCode::kInvalidArgument, HasSubstr("wanted is spiffe://staraction/risk")));
  Put({"asset", {IdentityOf("asset"), IdentityOf("risk")}, now_, now_ + absl::Hours(1)});
  refused("tls.crt", "spiffe://staraction/asset, spiffe://staraction/risk");
  Put({"asset", {}, now_, now_ + absl::Hours(1)});
  refused("tls.crt", "names ''");
  Put({"asset", {IdentityOf("asset")}, now_, now_ + absl::Hours(1)});
  Write("tls.key", authority_.pem().key);
  refused("tls.key", "does not belong");
  Write("tls.key", "");
  refused("tls.key", "no private key");
  Write("ca.crt", "nonsense");
  refused("ca.crt", "no certificate");
  std::filesystem::remove(dir_ + "/tls.crt");
  refused("tls.crt", "No such file");
}

}  // namespace
}  // namespace staraction
