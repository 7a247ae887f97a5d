// The product's gateway over the tests' schema, for measuring. `bare`: nobody is checked and
// nothing is logged, as with the rivals; else with tokens, log and metrics, as in the product. One
// thread.
//   bench_gateway PORT BACKEND_PORT bare|full     prints a token for the Authorization header
#include "services/gateway/gateway.h"

#include <signal.h>

#include <cstdlib>
#include <iostream>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"
#include "common/auth/signer.h"
#include "common/auth/token.h"
#include "common/obs/log.h"
#include "staraction/gatewaytest/v1/gatewaytest_service.pb.h"

namespace staraction::gateway {
namespace {

constexpr char kIssuer[] = "https://id.example";
constexpr char kOrganization[] = "0190a000-0000-7000-8000-000000000001";

int Run(const std::string& port, const std::string& backend, bool bare) {
  const Clock clock = RealClock();
  const auto key = Jwk::Generate(Algorithm::kEdDsa, "u1");
  UserIssuer issuer;
  issuer.issuer = kIssuer;
  issuer.keys = *StaticKeys(ToPublicJwks({*key}));
  TokenVerifierOptions options;
  options.user_issuers = {issuer};
  const auto verifier = TokenVerifier::Create(options, clock);
  TokenCheck check = CheckAtTheEdge(**verifier);
  if (bare) check = [](std::string_view) -> absl::StatusOr<Principal> { return Principal(); };
  InitLog("gateway", clock);
  SetLogLevel(bare ? LogLevel::kError : LogLevel::kInfo);

  Settings settings;
  settings.listen = "127.0.0.1:" + port;
  settings.threads = 1;
  settings.backends = {{"gatewaytest", {"127.0.0.1:" + backend}}};
  settings.requests.caller_rate = settings.requests.organization_rate = 0;
  Metrics metrics("gateway", "bench");
  const auto* service = gatewaytest::v1::Shelf::descriptor()->file()->service(0);
  const auto gateway = Gateway::Start(settings, {service}, check, metrics, clock);
  if (!gateway.ok()) {
    std::cerr << gateway.status() << "\n";
    return 1;
  }
  std::cout << *TokenSigner(*key, clock).User({kIssuer, "user-1", kOrganization}) << std::endl;
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  int signal = 0;
  sigwait(&signals, &signal);
  return 0;
}

}  // namespace
}  // namespace staraction::gateway

int main(int argc, char** argv) {
  absl::SetMutexDeadlockDetectionMode(absl::OnDeadlockCycle::kIgnore);
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  if (argc != 4) return 2;
  return staraction::gateway::Run(argv[1], argv[2], std::string(argv[3]) == "bare");
}
