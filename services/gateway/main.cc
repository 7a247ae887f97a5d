#include <malloc.h>
#include <signal.h>

#include <cstdlib>
#include <iostream>

#include "absl/synchronization/mutex.h"
#include "absl/time/clock.h"
#include "common/base/macros.h"
#include "common/obs/log.h"
#include "services/gateway/config.h"
#include "services/gateway/gateway.h"
#include "services/gateway/route/schemas.h"

namespace staraction::gateway {
namespace {

// Blocks SIGTERM and SIGINT in this thread and all that it starts, so that Wait gets them.
sigset_t BlockStopSignals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  signal(SIGPIPE, SIG_IGN);
  return signals;
}

absl::Status Run(int argc, const char* const* argv) {
  SA_ASSIGN_OR_RETURN(Config config, Config::Load("gateway", argc, argv));
  const auto settings = ReadSettings(config);
  if (config.help_asked()) {
    std::cout << config.Help();
    return absl::OkStatus();
  }
  SA_RETURN_IF_ERROR(config.Finish());
  SA_RETURN_IF_ERROR(settings.status());
  LogLevel level = LogLevel::kInfo;
  if (!ParseLogLevel(settings->log_level, level)) {
    return absl::InvalidArgumentError("log_level: debug, info, warning or error wanted");
  }

  const sigset_t signals = BlockStopSignals();
  const Clock clock = RealClock();
  InitLog("gateway", clock);
  SetLogLevel(level);
  for (const std::string& name : config.UnusedVariables()) {
    Log(LogLevel::kWarning, "unused variable", {{"name", name}});
  }
  Metrics metrics("gateway", STARACTION_VERSION);
  SA_ASSIGN_OR_RETURN(const auto verifier, MakeVerifier(*settings, clock));
  SA_ASSIGN_OR_RETURN(
      const auto gateway,
      Gateway::Start(*settings, LinkedServices(), CheckAtTheEdge(*verifier), metrics, clock));
  SA_ASSIGN_OR_RETURN(const auto server, MetricsServer::Start(settings->metrics_listen, metrics));
  Log(LogLevel::kInfo, "ready", {{"port", gateway->port()}, {"routes", gateway->routes()}});

  int signal_number = 0;
  sigwait(&signals, &signal_number);
  Log(LogLevel::kInfo, "draining", {{"signal", signal_number}});
  // Who sends us requests needs a moment to see that we aren't ready any more.
  gateway->AnnounceEnd();
  absl::SleepFor(settings->drain_delay);
  if (!gateway->Drain(settings->drain)) {
    Log(LogLevel::kError, "connections do not end");
    std::_Exit(1);
  }
  Log(LogLevel::kInfo, "stopped");
  return absl::OkStatus();
}

}  // namespace
}  // namespace staraction::gateway

int main(int argc, char** argv) {
  // Bodies of megabytes go back to the system at once. By itself malloc begins to keep them, in
  // pieces that fit nothing else: under load twice what is in use.
  mallopt(M_MMAP_THRESHOLD, 256 << 10);
  // Setting that stops it from learning this, too; its default gives back and takes again all the
  // time.
  mallopt(M_TRIM_THRESHOLD, 2 << 20);
  absl::SetMutexDeadlockDetectionMode(absl::OnDeadlockCycle::kIgnore);
  const absl::Status status = staraction::gateway::Run(argc, argv);
  if (!status.ok()) std::cerr << "staraction-gateway: " << status.message() << "\n";
  return status.ok() ? 0 : 1;
}
