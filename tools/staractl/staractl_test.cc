#include <grpcpp/generic/async_generic_service.h>
#include <grpcpp/grpcpp.h>
#include <grpcpp/health_check_service_interface.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "absl/strings/str_cat.h"
#include "common/auth/key_source.h"
#include "common/auth/signer.h"
#include "common/auth/token.h"
#include "common/base/clock.h"
#include "common/status/errors.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "staraction/engagement/v1/organization_service.pb.h"
#include "tools/staractl/client.h"
#include "tools/staractl/commands.h"
#include "tools/staractl/error_text.h"
#include "tools/staractl/text_table.h"

namespace staraction::ctl {
namespace {

using ::testing::HasSubstr;

constexpr char kOrganization[] = "0190a000-0000-7000-8000-000000000001";

struct Result {
  int code;
  std::string out;
  std::string err;
};

Result RunCtl(const std::vector<std::string>& arguments) {
  std::vector<Command> commands = OperatorCommands();
  for (auto& command : TlsCommands()) commands.push_back(command);
  for (auto& command : ConsultantCommands()) commands.push_back(command);
  for (auto& command : SealCommands()) commands.push_back(command);
  for (auto& command : AuditCommands()) commands.push_back(command);
  commands.push_back({"refuse", {}, {}, "Fails.", [](const Arguments&, std::ostream&) {
                        return InvalidField("client.kind", "is missing", "がありません");
                      }});
  std::ostringstream out;
  std::ostringstream err;
  const int code = RunCommand(commands, arguments, out, err);
  return {code, out.str(), err.str()};
}

std::string ReadAll(const std::string& path) {
  std::ifstream file(path);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

class KeysTest : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = ::testing::TempDir() + "/staractl.XXXXXX";
    dir_ = std::string(mkdtemp(pattern.data()));
  }
  void TearDown() override { std::filesystem::remove_all(dir_); }
  std::string dir_;
};

TEST(CommandTest, TellsWhatIsWrongWithTheCommandLine) {
  const struct {
    const char* name;
    std::vector<std::string> arguments;
    const char* wanted;
  } kCases[] = {
      {"no command", {}, "portfolio"},
      {"unknown command", {"fly"}, "portfolio"},
      {"half a command", {"keys"}, "keys init DIR"},
      {"argument missing", {"keys", "init"}, "wanted 1 arguments, got 0"},
      {"argument too many", {"keys", "init", "a", "b"}, "wanted 1 arguments, got 2"},
      {"unknown option", {"portfolio", "--fast"}, "unknown option --fast"},
      {"option twice", {"portfolio", "--json", "--json"}, "--json stands twice"},
      {"value missing", {"portfolio", "--token"}, "--token wants TOKEN"},
      {"switch with value", {"portfolio", "--json=yes"}, "--json takes no value"},
      {"required option missing", {"import", "members", "x.csv"}, "--client is wanted"},
      {"nowhere to render to", {"render", "clients/c/documents/d"}, "--out is wanted"},
      {"bad time", {"health", "127.0.0.1:1", "--wait", "soon"}, "'soon' is no time"},
  };
  for (const auto& test : kCases) {
    const Result result = RunCtl(test.arguments);
    EXPECT_EQ(result.code, 2) << test.name;
    EXPECT_THAT(result.err, HasSubstr(test.wanted)) << test.name;
    EXPECT_EQ(result.out, "") << test.name;
  }
}

TEST(CommandTest, HelpIsNoError) {
  EXPECT_THAT(RunCtl({"--help"}).out, HasSubstr("organization create"));
  const Result result = RunCtl({"import", "members", "--help"});
  EXPECT_EQ(result.code, 0);
  EXPECT_THAT(result.out, HasSubstr("staractl import members FILE --client clients/…"));
  EXPECT_THAT(result.out, HasSubstr("127.0.0.1:7101"));
}

TEST(CommandTest, ARefusalIsPrintedWithItsViolations) {
  const Result result = RunCtl({"refuse"});
  EXPECT_EQ(result.code, 1);
  EXPECT_THAT(result.err, HasSubstr("INVALID_ARGUMENT"));
  EXPECT_THAT(result.err, HasSubstr("\n  client.kind: "));
}

TEST(CommandTest, AServerThatIsNotThereIsAnError) {
  const Result result = RunCtl({"health", "127.0.0.1:1", "--wait", "200ms"});
  EXPECT_EQ(result.code, 1);
  EXPECT_THAT(result.err, HasSubstr("127.0.0.1:1 does not serve"));
}

TEST(CommandTest, HealthFollowsWhatTheServerSays) {
  grpc::EnableDefaultHealthCheckService(true);
  int port = 0;
  grpc::ServerBuilder builder;
  builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port);
  // Without any service of its own a server does not start.
  grpc::CallbackGenericService service;
  builder.RegisterCallbackGenericService(&service);
  const auto server = builder.BuildAndStart();
  const std::string address = absl::StrCat("127.0.0.1:", port);
  EXPECT_EQ(RunCtl({"health", address, "--wait", "10s"}).out, address + " serves\n");
  server->GetHealthCheckService()->SetServingStatus(false);
  EXPECT_EQ(RunCtl({"health", address, "--wait", "200ms"}).code, 1);
}

TEST_F(KeysTest, TokensOfNewKeysAreTrusted) {
  ASSERT_EQ(RunCtl({"keys", "init", dir_}).code, 0);
  const Result result =
      RunCtl({"token", "--keys", dir_, "--issuer", "http://localhost", "--subject", "sato",
              "--organization", kOrganization, "--lifetime", "10m"});
  ASSERT_EQ(result.code, 0) << result.err;

  TokenVerifierOptions options;
  UserIssuer users;
  users.issuer = "http://localhost";
  users.keys = FileKeys(dir_ + "/jwks.json", RealClock()).value();
  options.user_issuers.push_back(users);
  options.internal_keys = FileKeys(dir_ + "/internal_jwks.json", RealClock()).value();
  const auto verifier = TokenVerifier::Create(std::move(options), RealClock());
  ASSERT_TRUE(verifier.ok()) << verifier.status();
  const auto principal = (*verifier)->Verify(result.out.substr(0, result.out.size() - 1));
  ASSERT_TRUE(principal.ok()) << principal.status();
  EXPECT_EQ(principal->subject, "sato");
  EXPECT_EQ(principal->organization, kOrganization);

  for (const std::string name : {"engagement", "training", "operator"}) {
    const auto signer =
        TokenSigner::FromFile(absl::StrCat(dir_, "/internal/", name, ".jwk"), RealClock());
    ASSERT_TRUE(signer.ok()) << name << ": " << signer.status();
    EXPECT_EQ(signer->key().kid(), name);
    const auto token = name == "operator" ? signer->Operator() : signer->Service(kOrganization, "");
    EXPECT_TRUE((*verifier)->Verify(*token).ok()) << name;
  }
}

TEST_F(KeysTest, RepeatingKeepsTheKeysAndNobodyElseReadsThem) {
  ASSERT_EQ(RunCtl({"keys", "init", dir_}).code, 0);
  const std::string before = ReadAll(dir_ + "/internal/training.jwk");
  const std::string jwks = ReadAll(dir_ + "/internal_jwks.json");
  ASSERT_EQ(RunCtl({"keys", "init", dir_}).code, 0);
  EXPECT_EQ(ReadAll(dir_ + "/internal/training.jwk"), before);
  EXPECT_EQ(ReadAll(dir_ + "/internal_jwks.json"), jwks);
  for (const auto& entry : std::filesystem::recursive_directory_iterator(dir_)) {
    struct stat status = {};
    ASSERT_EQ(stat(entry.path().c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 077U, 0U) << entry.path();
  }
}

TEST_F(KeysTest, ADamagedKeyStopsInsteadOfBeingReplaced) {
  ASSERT_EQ(RunCtl({"keys", "init", dir_}).code, 0);
  std::ofstream(dir_ + "/internal/risk.jwk") << "{}";
  const Result result = RunCtl({"keys", "init", dir_});
  EXPECT_EQ(result.code, 1);
  EXPECT_THAT(result.err, HasSubstr("internal/risk.jwk"));
  EXPECT_EQ(ReadAll(dir_ + "/internal/risk.jwk"), "{}");
}

TEST_F(KeysTest, EveryProgramHasACertificateOfTheAuthority) {
  const std::string folder = dir_ + "/tls";
  ASSERT_EQ(RunCtl({"tls", "init", folder}).code, 0);
  for (const std::string program : {"engagement", "declaration", "gateway", "operator"}) {
    const std::string own = absl::StrCat(folder, "/current/", program);
    const auto expires = CheckTlsDirectory(own, program);
    ASSERT_TRUE(expires.ok()) << expires.status();
    EXPECT_GT(*expires, RealClock()() + absl::Hours(2159));
  }
  const std::string before = ReadAll(folder + "/current/asset/tls.crt");
  ASSERT_EQ(RunCtl({"tls", "init", folder}).code, 0);
  EXPECT_EQ(ReadAll(folder + "/current/asset/tls.crt"), before) << "what exists stays";
  ASSERT_EQ(RunCtl({"tls", "renew", folder, "--lifetime", "1h"}).code, 0);
  EXPECT_NE(ReadAll(folder + "/current/asset/tls.crt"), before);
  EXPECT_LT(*CheckTlsDirectory(folder + "/current/asset", "asset"), RealClock()() + absl::Hours(2));
}

TEST_F(KeysTest, AnAuthorityIsReplacedInThreeSteps) {
  const std::string folder = dir_ + "/tls";
  const std::string bundle = folder + "/current/asset/ca.crt";
  EXPECT_EQ(RunCtl({"tls", "renew", folder}).code, 1);
  ASSERT_EQ(RunCtl({"tls", "init", folder}).code, 0);
  const std::string first = ReadAll(bundle);
  const Result only = RunCtl({"tls", "drop-authority", folder});
  EXPECT_EQ(only.code, 1);
  EXPECT_THAT(only.err, HasSubstr("one authority only"));
  ASSERT_EQ(RunCtl({"tls", "add-authority", folder}).code, 0);
  const std::string both = ReadAll(bundle);
  EXPECT_THAT(both, ::testing::StartsWith(first));
  ASSERT_EQ(RunCtl({"tls", "renew", folder}).code, 0);
  EXPECT_EQ(ReadAll(bundle), both);
  ASSERT_EQ(RunCtl({"tls", "drop-authority", folder}).code, 0);
  EXPECT_EQ(first + ReadAll(bundle), both);
}

TEST(CommandTest, OtherMachinesAreNotCalledInTheClear) {
  const Result result = RunCtl({"health", "10.0.0.1:7101"});
  EXPECT_EQ(result.code, 1);
  EXPECT_THAT(result.err, HasSubstr("tls_dir"));
}

TEST(RequestIdTest, IsAUuidThatFollowsFromTheRequest) {
  engagement::v1::CreateOrganizationRequest request;
  request.set_organization_id(kOrganization);
  const std::string id = RequestIdOf(request);
  EXPECT_THAT(id, ::testing::MatchesRegex("........-....-4...-[89ab]...-............"));
  request.set_request_id(id);
  EXPECT_EQ(RequestIdOf(request), id);
  request.mutable_organization()->set_display_name("別の名前");
  EXPECT_NE(RequestIdOf(request), id);
}

TEST(SealCommandTest, ComputesTheSealOfATypedCertificate) {
  const std::string path = ::testing::TempDir() + "/certificate.txt";
  std::ofstream(path) << "form/1\r\nNAME=山﨑\r\nDATE=2026-10-01\r\n\r\n";
  const Result result = RunCtl({"seal", path});
  EXPECT_EQ(result.code, 0);
  // printf 'form/1\nNAME=山﨑\nDATE=2026-10-01\n' | sha256sum
  EXPECT_EQ(result.out, "e26a42b972bdf2e465d554ea5b86f78b7ccb64ad5f712dcdc9d830dbd2aaf9bf\n");
  EXPECT_EQ(RunCtl({"seal", path + ".none"}).code, 1);
}

TEST(TextTableTest, AlignsFullWidthText) {
  EXPECT_EQ(TextTable({{"会社", "★", "x"}, {"ab", "c", ""}, {"北浜", "", "y"}}),
            "会社  ★  x\n"
            "ab    c\n"
            "北浜     y\n");
  // A kanji outside the basic plane, a variation selector, half-width kana.
  EXPECT_EQ(DisplayWidth("𠮷"), 2);
  EXPECT_EQ(DisplayWidth("辻\U000E0101"), 2);
  EXPECT_EQ(DisplayWidth("ｱ"), 1);
}

}  // namespace
}  // namespace staraction::ctl
