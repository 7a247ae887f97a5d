#ifndef STARACTION_SERVICES_ENGAGEMENT_STORE_FINDINGS_H_
#define STARACTION_SERVICES_ENGAGEMENT_STORE_FINDINGS_H_

#include <string>
#include <vector>

#include "common/pg/transaction.h"
#include "staraction/engagement/v1/internal_check.pb.h"

namespace staraction::engagement {

// All findings of a check, oldest first.
absl::StatusOr<std::vector<v1::Finding>> FindingsOf(pg::Transaction& tx, const std::string& check);

// Sets what is computed for replies: how many findings are open, verbs.
absl::Status PresentChecks(pg::Transaction& tx, std::vector<v1::InternalCheck>& checks);

// The finding with what is computed for replies.
v1::Finding PresentFinding(const pg::Transaction& tx, v1::Finding finding);

}  // namespace staraction::engagement

#endif  // STARACTION_SERVICES_ENGAGEMENT_STORE_FINDINGS_H_
