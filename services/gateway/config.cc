#include "services/gateway/config.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "common/base/macros.h"
#include "common/config/parse.h"

namespace staraction::gateway {
namespace {

constexpr char kBackends[] =
    "engagement=127.0.0.1:7101,training=127.0.0.1:7102,diagnosis=127.0.0.1:7103,"
    "asset=127.0.0.1:7104,risk=127.0.0.1:7105,document=127.0.0.1:7106,"
    "declaration=127.0.0.1:7107";

std::vector<std::string> SplitList(const std::string& text) {
  std::vector<std::string> out;
  for (absl::string_view part : absl::StrSplit(text, ',')) {
    part = absl::StripAsciiWhitespace(part);
    if (!part.empty()) out.emplace_back(part);
  }
  return out;
}

}  // namespace

absl::StatusOr<std::map<std::string, std::vector<std::string>>> ParseBackends(
    const std::string& text) {
  std::map<std::string, std::vector<std::string>> backends;
  for (const std::string& entry : SplitList(text)) {
    const std::pair<std::string, std::string> parts =
        absl::StrSplit(entry, absl::MaxSplits('=', 1));
    std::vector<std::string> addresses = absl::StrSplit(parts.second, '|');
    if (parts.first.empty() || !std::all_of(addresses.begin(), addresses.end(), IsAddress) ||
        !backends.emplace(parts.first, std::move(addresses)).second) {
      return absl::InvalidArgumentError(
          absl::StrCat("backends: '", entry,
                       "' is not one service=host:port, or several host:port with | between, each "
                       "service once"));
    }
  }
  return backends;
}

absl::StatusOr<std::vector<std::string>> ParseOrigins(const std::string& text) {
  std::vector<std::string> origins = SplitList(text);
  for (const std::string& origin : origins) {
    absl::string_view host = origin;
    const bool scheme =
        absl::ConsumePrefix(&host, "https://") || absl::ConsumePrefix(&host, "http://");
    if (!scheme || host.empty() || host.find_first_of("/?#*@ ") != absl::string_view::npos ||
        absl::AsciiStrToLower(origin) != origin) {
      return absl::InvalidArgumentError(absl::StrCat(
          "cors_origins: '", origin, "' is no origin as browsers send it (scheme://host[:port])"));
    }
  }
  return origins;
}

absl::StatusOr<Settings> ReadSettings(Config& config) {
  Settings settings;
  settings.listen = config.Address("listen", "IP address and port for clients", settings.listen);
  settings.metrics_listen =
      config.Address("metrics_listen", "address of GET /metrics", settings.metrics_listen);
  settings.log_level =
      config.String("log_level", "debug, info, warning or error", settings.log_level);
  settings.threads =
      config.Int("threads", "threads that serve connections", settings.threads, 1, 64);
  const std::string backends = config.String(
      "backends", "the services' addresses: service=host:port,…; | between a service's several",
      kBackends);
  const std::string origins = config.String(
      "cors_origins", "origins of web front ends that browsers may call from, by comma", "");
  const std::string proxies = config.String(
      "trusted_proxies", "networks of proxies whose X-Forwarded-For is believed, by comma", "");
  settings.http.connections = config.Int("max_connections", "connections at once; more are closed",
                                         settings.http.connections, 1, 1'000'000);
  settings.http.address_connections =
      config.Int("address_connections", "connections at once of one address, 0: any number",
                 settings.http.address_connections, 0, 1'000'000);
  const auto rate = [&config](const char* name, const char* what, int& value) {
    value = config.Int(name, what, value, 0, 1'000'000);
  };
  rate("caller_rate", "requests a second of one user or link, 0: any number",
       settings.requests.caller_rate);
  rate("organization_rate", "requests a second of one organization, 0: any number",
       settings.requests.organization_rate);
  rate("address_rate", "requests a second of one address without a token, 0: any number",
       settings.requests.address_rate);
  settings.requests.deadline =
      config.Duration("deadline", "longest time of a call; clients may ask for less",
                      settings.requests.deadline, absl::Milliseconds(100), absl::Minutes(5));
  settings.requests.stream_deadline =
      config.Duration("stream_deadline", "longest time of a call that answers with a stream",
                      settings.requests.stream_deadline, absl::Seconds(1), absl::Hours(1));
  settings.drain_delay = config.Duration(
      "drain_delay", "time after SIGTERM in which /readyz says no and all is served",
      settings.drain_delay, absl::ZeroDuration(), absl::Minutes(5));
  settings.drain = config.Duration("drain", "time for requests to finish after SIGTERM",
                                   settings.drain, absl::ZeroDuration(), absl::Minutes(10));
  settings.public_tls_dir = config.String(
      "public_tls_dir", "tls.crt and tls.key for clients; empty: plain, behind an ingress", "");
  settings.tls = ReadTlsSettings(config);
  settings.issuer = config.RequiredString("issuer", "exact `iss` of users' access tokens");
  settings.audience = config.String("audience", "`aud` that they must have", "staraction");
  settings.organization_claim = config.String(
      "organization_claim", "claim that holds the organization's UUID", "organization");
  settings.jwks = config.RequiredString("jwks", "the issuer's keys: path or URL of a JWKS");
  settings.internal_jwks = config.String(
      "internal_jwks", "path of our own services' JWKS, for participants' tokens", "");
  SA_ASSIGN_OR_RETURN(settings.backends, ParseBackends(backends));
  for (const auto& [service, addresses] : settings.backends) {
    for (const std::string& address : addresses) {
      SA_RETURN_IF_ERROR(CheckAddress(settings.tls, "backends", address));
    }
  }
  SA_ASSIGN_OR_RETURN(settings.cors_origins, ParseOrigins(origins));
  SA_ASSIGN_OR_RETURN(settings.proxies, TrustedProxies::Parse(proxies));
  return settings;
}

}  // namespace staraction::gateway
