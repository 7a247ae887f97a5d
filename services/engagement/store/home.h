#ifndef STARACTION_SERVICES_ENGAGEMENT_STORE_HOME_H_
#define STARACTION_SERVICES_ENGAGEMENT_STORE_HOME_H_

#include "common/content/library.h"
#include "common/pg/transaction.h"
#include "staraction/engagement/v1/client_home.pb.h"

namespace staraction::engagement {

// What the call's client's front page needs, in five statements.
absl::StatusOr<v1::ClientHome> ReadHome(pg::Transaction& tx, const content::Library& library);

}  // namespace staraction::engagement

#endif  // STARACTION_SERVICES_ENGAGEMENT_STORE_HOME_H_
