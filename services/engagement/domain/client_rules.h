#ifndef STARACTION_SERVICES_ENGAGEMENT_DOMAIN_CLIENT_RULES_H_
#define STARACTION_SERVICES_ENGAGEMENT_DOMAIN_CLIENT_RULES_H_

#include "absl/status/status.h"
#include "absl/time/civil_time.h"
#include "common/content/library.h"
#include "staraction/engagement/v1/client.pb.h"
#include "staraction/engagement/v1/client_home.pb.h"

namespace staraction::engagement::domain {

// What must hold of a client of its kind; all violations at once, on "client.…". Sole proprietors
// have no corporate number and no capital, and a representative; only organisations can be unable
// to get a GビズID; what the portal refuses is not ready; industry and practices are codes of the
// content.
absl::Status CheckClient(const v1::Client& client, const content::Library& content);

// What a client's GビズID comes to on `today`.
v1::ClientHome::GbizIdState GbizIdStateOn(const v1::Client& client, absl::CivilDay today);

}  // namespace staraction::engagement::domain

#endif  // STARACTION_SERVICES_ENGAGEMENT_DOMAIN_CLIENT_RULES_H_
