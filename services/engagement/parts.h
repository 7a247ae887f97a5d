#ifndef STARACTION_SERVICES_ENGAGEMENT_PARTS_H_
#define STARACTION_SERVICES_ENGAGEMENT_PARTS_H_

#include <memory>
#include <string>
#include <vector>

#include "common/client/mail.h"
#include "common/pg/migrate.h"
#include "common/service/host.h"

namespace staraction::engagement {

// The service's own settings.
struct Settings {
  std::string link_key;     // makes participants' links; at least 32 bytes
  std::string content_dir;  // added content packs; empty: only the built-in ones
  SmtpOptions smtp;         // without a server mails are not available
  // Services that are asked for facts, and to erase.
  std::vector<std::string> fact_peers = {"training", "diagnosis", "asset",
                                         "risk",     "document",  "declaration"};
  // From a client's closing to its erasure: access is cached for 3 seconds and a call lasts 30 at
  // most, so nobody writes any more.
  absl::Duration erase_delay = absl::Seconds(35);
};

const std::vector<pg::Migration>& Migrations();

// Makes everything that the service consists of and registers it with the host.
absl::StatusOr<std::shared_ptr<void>> MakeParts(Host& host, const Settings& settings);

}  // namespace staraction::engagement

#endif  // STARACTION_SERVICES_ENGAGEMENT_PARTS_H_
