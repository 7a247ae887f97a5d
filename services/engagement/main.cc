#include "common/service/service_main.h"
#include "services/engagement/parts.h"

namespace {

void ReadSmtp(staraction::Config& config, staraction::SmtpOptions& smtp) {
  using Security = staraction::SmtpOptions::Security;
  smtp.server = config.Address("smtp_server", "mail server; empty: no mails are sent", "");
  const bool tls = config.Bool("smtp_tls", "TLS from the first byte (port 465)", false);
  const bool plain = config.Bool("smtp_plain", "no TLS: only for a relay on a trusted net", false);
  smtp.security = plain ? Security::kNone : tls ? Security::kTls : Security::kStartTls;
  smtp.user = config.String("smtp_user", "user at the mail server; empty: no authentication", "");
  smtp.password = config.Secret("smtp_password", "the user's password");
  smtp.ca_file = config.String("smtp_ca_file", "PEM of trusted authorities; empty: system's", "");
  smtp.time = config.Duration("smtp_time", "longest time for one mail", absl::Seconds(30),
                              absl::Seconds(1), absl::Seconds(60));
}

}  // namespace

int main(int argc, char** argv) {
  namespace engagement = staraction::engagement;
  engagement::Settings settings;
  staraction::ServiceDefinition definition;
  definition.name = "engagement";
  definition.migrations = engagement::Migrations();
  definition.configure = [&settings](staraction::Config& config) {
    settings.link_key =
        config.RequiredSecret("link_key", "key of the participants' links, at least 32 bytes");
    ReadSmtp(config, settings.smtp);
    settings.content_dir = config.String("content_dir", "folder of added content packs", "");
  };
  definition.make = [&settings](staraction::Host& host) {
    return engagement::MakeParts(host, settings);
  };
  return staraction::RunService(argc, argv, definition);
}
