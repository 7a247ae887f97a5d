#ifndef STARACTION_SERVICES_ENGAGEMENT_STORE_RENEWALS_H_
#define STARACTION_SERVICES_ENGAGEMENT_STORE_RENEWALS_H_

#include "common/pg/transaction.h"
#include "staraction/engagement/v1/engagement.pb.h"

namespace staraction::engagement {

// Adds what the client's last cycle left open: its open tasks and planned activities, findings that
// are not verified, exceptions that hold. One statement.
absl::Status AddOpenThings(pg::Transaction& tx, v1::Engagement::Renewal& renewal);

}  // namespace staraction::engagement

#endif  // STARACTION_SERVICES_ENGAGEMENT_STORE_RENEWALS_H_
