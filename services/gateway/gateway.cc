#include "services/gateway/gateway.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/auth/key_source.h"
#include "common/base/macros.h"
#include "common/obs/log.h"
#include "common/status/grpc_status.h"
#include "services/gateway/front/gateway_errors.h"
#include "services/gateway/openapi/embedded.h"
#include "services/gateway/openapi/openapi.h"
#include "services/gateway/proxy/hop.h"

namespace staraction::gateway {
namespace {

void ReportKeyProblem(const absl::Status& status) {
  Log(LogLevel::kWarning, "no new keys", {{"why", LogText(status)}});
}

}  // namespace

absl::StatusOr<std::unique_ptr<TokenVerifier>> MakeVerifier(const Settings& settings, Clock clock) {
  UserIssuer issuer;
  issuer.issuer = settings.issuer;
  issuer.audience = settings.audience;
  issuer.organization_claim = settings.organization_claim;
  if (absl::StartsWith(settings.jwks, "https://") || absl::StartsWith(settings.jwks, "http://")) {
    UrlKeysOptions options;
    options.on_problem = ReportKeyProblem;
    // The thread that waits serves others, too.
    options.look_time = absl::Milliseconds(300);
    issuer.keys = UrlKeys(settings.jwks, options, clock);
  } else {
    SA_ASSIGN_OR_RETURN(issuer.keys, FileKeys(settings.jwks, clock, ReportKeyProblem));
  }
  TokenVerifierOptions options;
  options.user_issuers.push_back(std::move(issuer));
  if (!settings.internal_jwks.empty()) {
    SA_ASSIGN_OR_RETURN(options.internal_keys,
                        FileKeys(settings.internal_jwks, clock, ReportKeyProblem));
  }
  return TokenVerifier::Create(std::move(options), std::move(clock));
}

TokenCheck CheckAtTheEdge(TokenVerifier& verifier) {
  return [&verifier](std::string_view token) -> absl::StatusOr<Principal> {
    SA_ASSIGN_OR_RETURN(Principal principal, verifier.Verify(token));
    const bool outside =
        principal.kind == Principal::Kind::kUser || principal.kind == Principal::Kind::kParticipant;
    if (!outside) return InternalCredential();
    return principal;
  };
}

absl::StatusOr<std::unique_ptr<Gateway>> Gateway::Start(
    const Settings& settings,
    const std::vector<const google::protobuf::ServiceDescriptor*>& services, TokenCheck token_check,
    Metrics& metrics, Clock clock) {
  SA_ASSIGN_OR_RETURN(RouteTable table, RouteTable::Build(services));
  for (const Route& route : table.routes()) {
    if (settings.backends.count(route.backend) == 0) {
      return absl::InvalidArgumentError(
          absl::StrCat("backends: no address of service '", route.backend, "'"));
    }
  }
  Comments comments(embedded::SchemaSet());
  std::string contract = OpenApi(table, comments, STARACTION_VERSION);
  std::unique_ptr<Gateway> gateway(new Gateway(settings, std::move(table), std::move(contract),
                                               std::move(token_check), metrics, std::move(clock)));
  const ServerOptions options{settings.listen, settings.threads, settings.http,
                              settings.public_tls_dir};
  const HopOptions hop{settings.backends, settings.tls.dir};
  const auto make_app = [&](Loop& loop) -> absl::StatusOr<std::unique_ptr<App>> {
    SA_ASSIGN_OR_RETURN(std::unique_ptr<Hop> channels, Hop::Create(loop, hop));
    return gateway->front_.MakeApp(std::move(channels));
  };
  SA_ASSIGN_OR_RETURN(gateway->server_, Server::Start(options, make_app));
  metrics.AddGauge("staraction_http_connections", "Open connections of clients.", {},
                   [server = gateway->server_.get()] { return server->connections(); });
  return gateway;
}

Gateway::Gateway(const Settings& settings, RouteTable table, std::string contract,
                 TokenCheck token_check, Metrics& metrics, Clock clock)
    : routes_(table.routes().size()),
      front_(std::move(table), std::move(contract), std::move(token_check), settings.requests,
             settings.cors_origins, settings.proxies, metrics, std::move(clock)) {}

bool Gateway::Drain(absl::Duration patience) {
  AnnounceEnd();
  return server_->Drain(patience);
}

}  // namespace staraction::gateway
