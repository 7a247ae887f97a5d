#ifndef STARACTION_SERVICES_ENGAGEMENT_STORE_RENEWALS_H_
#define STARACTION_SERVICES_ENGAGEMENT_STORE_RENEWALS_H_

#include "common/pg/transaction.h"
#include "staraction/engagement/v1/engagement.pb.h"

namespace staraction::engagement {

// Adds what the client's last cycle left open, a hundred things at most: its open tasks, planned
// activities of the company's own, findings that are not verified, exceptions that hold. One
// statement.
absl::Status AddOpenThings(pg::Transaction& tx, v1::Engagement::Renewal& renewal);

// Keeps the renewal with the new engagement.
absl::Status StoreRenewal(pg::Transaction& tx, const std::string& engagement,
                          const v1::Engagement::Renewal& renewal);
// The engagement that follows this one; empty: none.
absl::StatusOr<std::string> NextCycle(pg::Transaction& tx, const std::string& engagement);
// Whether it follows another one.
absl::StatusOr<bool> IsRenewal(pg::Transaction& tx, const std::string& engagement);

}  // namespace staraction::engagement

#endif  // STARACTION_SERVICES_ENGAGEMENT_STORE_RENEWALS_H_
