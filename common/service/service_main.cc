#include "common/service/service_main.h"

#include <pthread.h>
#include <signal.h>

#include <cstdio>
#include <cstring>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"
#include "common/base/macros.h"
#include "common/identity/programs.h"
#include "common/obs/log.h"

namespace staraction {
namespace {

// Where we listen and whom we call, and how that is protected.
absl::Status ReadAddresses(Config& config, const Service& service, HostOptions& options) {
  const TlsSettings tls = ReadTlsSettings(config);
  options.listen = config.Address("listen", "gRPC address", LocalAddress(service));
  options.metrics_listen =
      config.Address("metrics_listen", "address of /metrics, /healthz and /readyz, without TLS",
                     absl::StrCat("127.0.0.1:", service.port + 1000));
  absl::Status allowed = CheckAddress(tls, "listen", options.listen);
  for (const std::string& peer : service.peers) {
    const std::string setting = "peer_" + peer;
    const std::string address = config.Address(setting, "address of the " + peer + " service",
                                               LocalAddress(*FindService(peer)));
    allowed.Update(CheckAddress(tls, setting, address));
    options.peers[peer] = address;
  }
  if (config.help_asked()) return absl::OkStatus();
  SA_RETURN_IF_ERROR(allowed);
  SA_ASSIGN_OR_RETURN(options.credentials, Credentials::Create(tls, service.name));
  return absl::OkStatus();
}

// Keys of the users' issuer and of our own services. A key set is a file's path or a URL.
absl::Status ReadVerifier(Config& config, const Clock& clock, HostOptions& options) {
  TokenVerifierOptions verifier;
  UserIssuer users;
  users.issuer = config.RequiredString("issuer", "exact `iss` of the users' tokens");
  users.audience = config.String("audience", "`aud` of the users' tokens", "staraction");
  users.organization_claim = config.String(
      "organization_claim", "claim that holds the organization's UUID", "organization");
  const std::string jwks = config.RequiredString("jwks", "users' JWKS: path or http(s) URL");
  const std::string internal = config.RequiredString("internal_jwks", "services' JWKS: path");
  const std::string key = config.RequiredString(
      "internal_key", "path of this service's private JWK, whose kid is its name");
  if (config.help_asked()) return absl::OkStatus();
  SA_RETURN_IF_ERROR(config.Finish());
  if (absl::StartsWith(jwks, "http")) {
    users.keys = UrlKeys(jwks, UrlKeysOptions(), clock);
  } else {
    SA_ASSIGN_OR_RETURN(users.keys, FileKeys(jwks, clock));
  }
  SA_ASSIGN_OR_RETURN(verifier.internal_keys, FileKeys(internal, clock));
  verifier.user_issuers.push_back(users);
  SA_ASSIGN_OR_RETURN(options.verifier, TokenVerifier::Create(std::move(verifier), clock));
  SA_ASSIGN_OR_RETURN(TokenSigner signer, TokenSigner::FromFile(key, clock));
  if (signer.key().kid() != options.schema.service) {
    return absl::InvalidArgumentError(absl::StrCat("internal_key: the key is '", signer.key().kid(),
                                                   "'s, wanted is ", options.schema.service, "'s"));
  }
  options.signer = std::make_shared<TokenSigner>(std::move(signer));
  return absl::OkStatus();
}

absl::Status ReadOptions(Config& config, const ServiceDefinition& definition,
                         HostOptions& options) {
  const Service* service = FindService(definition.name);
  if (service == nullptr)
    return absl::InternalError(definition.name + " is in no list of services");
  absl::Status addresses = ReadAddresses(config, *service, options);
  options.database_url =
      config.RequiredSecret("database_url", "PostgreSQL, as the role staraction_<service>");
  options.jobs_database_url = config.RequiredSecret(
      "jobs_database_url", "PostgreSQL, as the role staraction_<service>_jobs");
  options.database_connections =
      config.Int("database_connections", "connections, and calls worked on at once", 4, 1, 64);
  options.audit_anchor_dir = config.String(
      "audit_anchor_dir",
      "folder, best on other storage than the database's, for the ends of the audit chains; empty: "
      "the log alone has them",
      "");
  if (definition.configure) definition.configure(config);
  SA_RETURN_IF_ERROR(ReadVerifier(config, options.clock, options));
  return addresses;
}

absl::Status Serve(Config& config, const ServiceDefinition& definition, const pg::Schema& schema) {
  HostOptions options;
  options.schema = schema;
  SA_RETURN_IF_ERROR(ReadOptions(config, definition, options));
  if (config.help_asked()) {
    std::fputs(config.Help().c_str(), stdout);
    return absl::OkStatus();
  }
  // Threads made from here on leave the signals to this one.
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  for (const std::string& name : config.UnusedVariables()) {
    Log(LogLevel::kDebug, "variable not used by this service", {{"name", name}});
  }
  SA_ASSIGN_OR_RETURN(const std::unique_ptr<Host> host, Host::Create(std::move(options)));
  SA_ASSIGN_OR_RETURN(const std::shared_ptr<void> parts, definition.make(*host));
  SA_RETURN_IF_ERROR(host->Start());
  int signal = 0;
  sigwait(&signals, &signal);
  Log(LogLevel::kInfo, "draining", {{"signal", strsignal(signal)}});
  host->Stop(absl::Seconds(10));
  return absl::OkStatus();
}

absl::Status MigrateOnly(Config& config, const pg::Schema& schema) {
  const std::string url =
      config.RequiredSecret("migrator_database_url", "PostgreSQL, as the role staraction_migrator");
  // The settings for serving may stand in the same file.
  SA_RETURN_IF_ERROR(url.empty() ? config.Finish() : absl::OkStatus());
  return pg::Migrate(url, schema);
}

absl::Status Run(int argc, char** argv, const ServiceDefinition& definition) {
  const bool migrate = argc > 1 && std::strcmp(argv[1], "migrate") == 0;
  const int skip = migrate ? 1 : 0;
  SA_ASSIGN_OR_RETURN(Config config, Config::Load(definition.name, argc - skip, argv + skip));
  pg::Schema schema{definition.name, definition.migrations};
  if (migrate) return MigrateOnly(config, schema);
  return Serve(config, definition, schema);
}

}  // namespace

int RunService(int argc, char** argv, const ServiceDefinition& definition) {
  // Debian's Abseil aborts on locks taken in two orders, even without a deadlock; tests keep that.
  absl::SetMutexDeadlockDetectionMode(absl::OnDeadlockCycle::kIgnore);
  InitLog(definition.name, RealClock());
  const absl::Status status = Run(argc, argv, definition);
  if (status.ok()) return 0;
  std::fprintf(stderr, "staraction-%s: %s (%s)\n", definition.name.c_str(),
               std::string(status.message()).c_str(), LogText(status).c_str());
  return 1;
}

}  // namespace staraction
