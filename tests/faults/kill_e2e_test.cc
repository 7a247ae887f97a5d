// The engagement service as a real process, killed with SIGKILL while it writes: what was
// acknowledged is there exactly once, and no change is half done.

#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <fstream>
#include <mutex>
#include <set>
#include <thread>

#include "absl/strings/str_cat.h"
#include "common/auth/jwk.h"
#include "common/auth/key_set.h"
#include "common/auth/signer.h"
#include "common/base/id.h"
#include "common/rpc/peer.h"
#include "common/testing/postgres.h"
#include "common/testing/service.h"
#include "common/testing/status_matchers.h"
#include "services/engagement/parts.h"
#include "staraction/engagement/v1/client_service.grpc.pb.h"
#include "staraction/engagement/v1/organization_service.grpc.pb.h"

namespace staraction {
namespace {

constexpr int kKills = 12;
constexpr int kWriters = 4;
constexpr size_t kAnswersALife = 15;
constexpr int kPort = 17101;

class KillTest : public ::testing::Test {
 protected:
  KillTest() : database_({"engagement", engagement::Migrations()}) {
    char pattern[] = "/tmp/staraction-kill.XXXXXX";
    folder_ = mkdtemp(pattern);
    WriteKey("users");
    WriteKey("engagement");
    WriteKey("operator");
    Write("jwks.json", ToPublicJwks({keys_.at("users")}));
    Write("internal_jwks.json", ToPublicJwks({keys_.at("engagement"), keys_.at("operator")}));
    channel_ = OpenChannel(absl::StrCat("127.0.0.1:", kPort));
  }
  ~KillTest() override {
    if (pid_ > 0) Kill();
    EXPECT_EQ(system(("rm -rf " + folder_).c_str()), 0);
  }

  void Write(const std::string& name, const std::string& text) {
    std::ofstream(folder_ + "/" + name) << text;
  }
  void WriteKey(const std::string& kid) {
    auto key = Jwk::Generate(Algorithm::kEs256, kid);
    ASSERT_OK(key);
    Write(kid + ".jwk", *key->ToPrivateJson());
    keys_.emplace(kid, *key);
  }

  void Start() {
    pid_ = fork();
    if (pid_ != 0) return;
    const std::vector<std::pair<std::string, std::string>> settings = {
        {"LISTEN", absl::StrCat("127.0.0.1:", kPort)},
        {"METRICS_LISTEN", absl::StrCat("127.0.0.1:", kPort + 1000)},
        {"DATABASE_URL", database_.service_url()},
        {"JOBS_DATABASE_URL", database_.jobs_url()},
        {"ISSUER", "https://issuer.test"},
        {"JWKS", folder_ + "/jwks.json"},
        {"INTERNAL_JWKS", folder_ + "/internal_jwks.json"},
        {"INTERNAL_KEY", folder_ + "/engagement.jwk"},
        {"LINK_KEY", std::string(32, 'k')}};
    for (const auto& [key, value] : settings) {
      setenv(("STARACTION_ENGAGEMENT_" + key).c_str(), value.c_str(), 1);
    }
    if (freopen((folder_ + "/log").c_str(), "a", stderr) == nullptr) _exit(1);
    execl(ENGAGEMENT_PROGRAM, "staraction-engagement", nullptr);
    _exit(1);
  }
  void Kill() {
    kill(pid_, SIGKILL);
    waitpid(pid_, nullptr, 0);
    pid_ = 0;
  }
  std::string Token(const std::string& kid) {
    const TokenSigner signer(keys_.at(kid), RealClock());
    UserToken user;
    user.issuer = "https://issuer.test";
    user.subject = "admin";
    user.organization = test::kOrganization;
    return kid == "operator" ? *signer.Operator() : *signer.User(user);
  }

  // Repeats a call until it is answered: a client that saw no answer sends the same request again.
  template <typename Stub, typename Request, typename Response>
  Response Insist(const std::string& token, Stub& stub,
                  grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*),
                  const Request& request) {
    while (true) {
      auto answer = test::CallAs(token, stub, method, request);
      if (answer.ok()) return *std::move(answer);
      EXPECT_TRUE(absl::IsUnavailable(answer.status()) || absl::IsAborted(answer.status()) ||
                  absl::IsDeadlineExceeded(answer.status()))
          << answer.status();
      usleep(20'000);
    }
  }

  test::TestDatabase database_;
  std::string folder_;
  std::map<std::string, Jwk> keys_;
  std::shared_ptr<grpc::Channel> channel_;
  pid_t pid_ = 0;
};

TEST_F(KillTest, AcknowledgedWritesSurviveOnceAndWhole) {
  Start();
  const auto organizations = engagement::v1::OrganizationService::NewStub(channel_);
  const auto clients = engagement::v1::ClientService::NewStub(channel_);
  engagement::v1::CreateOrganizationRequest organization;
  organization.set_organization_id(test::kOrganization);
  organization.mutable_organization()->set_display_name("NPO");
  organization.mutable_administrator()->set_display_name("admin");
  organization.mutable_administrator()->set_issuer("https://issuer.test");
  organization.mutable_administrator()->set_subject("admin");
  organization.set_request_id(NewUuid4());
  Insist(Token("operator"), *organizations,
         &engagement::v1::OrganizationService::Stub::CreateOrganization, organization);
  engagement::v1::CreateClientRequest create;
  create.mutable_client()->set_legal_name("会社");
  create.mutable_client()->set_kind(engagement::v1::CLIENT_KIND_COMPANY);
  create.set_request_id(NewUuid4());
  const auto client =
      Insist(Token("users"), *clients, &engagement::v1::ClientService::Stub::CreateClient, create);

  std::atomic<bool> stop{false};
  std::mutex mutex;
  std::set<std::string> acknowledged;
  std::vector<std::thread> writers;
  writers.reserve(kWriters);
  for (int w = 0; w < kWriters; ++w) {
    writers.emplace_back([&, w] {
      const std::string token = Token("users");
      for (int i = 0; !stop; ++i) {
        engagement::v1::CreateMemberRequest request;
        request.set_parent(client.name());
        request.mutable_member()->set_staff_number(absl::StrCat(w, "-", i));
        request.mutable_member()->set_display_name("山﨑 健一");
        request.set_request_id(NewUuid4());
        const auto member =
            Insist(token, *clients, &engagement::v1::ClientService::Stub::CreateMember, request);
        std::lock_guard<std::mutex> lock(mutex);
        acknowledged.insert(member.staff_number());
      }
    });
  }
  const auto acknowledged_now = [&] {
    std::lock_guard<std::mutex> lock(mutex);
    return acknowledged.size();
  };
  // Each life of the process is long enough for some answers, and ends while others are on the way.
  const auto work = [&] {
    const size_t enough = acknowledged_now() + kAnswersALife;
    const absl::Time until = RealClock()() + absl::Seconds(30);
    while (acknowledged_now() < enough && RealClock()() < until) usleep(1'000);
  };
  for (int i = 0; i < kKills; ++i) {
    work();
    Kill();
    Start();
  }
  work();
  stop = true;
  for (auto& writer : writers) writer.join();

  ASSERT_GE(acknowledged.size(), kAnswersALife * kKills);
  RecordProperty("acknowledged", static_cast<int>(acknowledged.size()));
  const auto count = [&](const std::string& sql) { return database_.Query(sql); };
  EXPECT_EQ(count("select count(*) as value from engagement.member"),
            std::to_string(acknowledged.size()));
  EXPECT_EQ(count("select count(distinct staff_number) as value from engagement.member"),
            std::to_string(acknowledged.size()));
  // One audit entry with payload and one counted version for each, no more, no less.
  EXPECT_EQ(count("select count(*) as value from engagement.audit_entry join "
                  "engagement.audit_payload using (organization_id, audit_entry_id) "
                  "where method like '%CreateMember'"),
            std::to_string(acknowledged.size()));
  EXPECT_EQ(count("select version as value from engagement.fact_version"),
            std::to_string(acknowledged.size() + 1));
  EXPECT_EQ(count("select count(*) as value from engagement.request where response is null"), "0");
}

}  // namespace
}  // namespace staraction
