#ifndef STARACTION_SERVICES_ENGAGEMENT_STORE_ROSTER_H_
#define STARACTION_SERVICES_ENGAGEMENT_STORE_ROSTER_H_

#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "common/content/library.h"
#include "common/pg/transaction.h"
#include "staraction/engagement/v1/roster_service.pb.h"

namespace staraction::engagement {

// The engagement's own rule, or its offering's default with the etag of a rule not stored yet.
absl::StatusOr<v1::DenominatorRule> RuleOf(pg::Transaction& tx, const content::Library& library,
                                           const std::string& engagement);

// A page of the client's members as the request's engagement sees them. Three statements.
absl::StatusOr<v1::ListRosterEntriesResponse> FindRosterEntries(
    pg::Transaction& tx, const content::Library& library,
    const v1::ListRosterEntriesRequest& request);

// The same of all members at once, for several purposes from one reading of the members; in the
// order of `purposes`.
absl::StatusOr<std::vector<std::vector<v1::RosterEntry>>> RostersOn(
    pg::Transaction& tx, const content::Library& library, const std::string& engagement,
    const std::vector<v1::RosterPurpose>& purposes, absl::CivilDay day);

// The same for one purpose, for coverage.
absl::StatusOr<std::vector<v1::RosterEntry>> RosterOn(pg::Transaction& tx,
                                                      const content::Library& library,
                                                      const std::string& engagement,
                                                      v1::RosterPurpose purpose,
                                                      absl::CivilDay day);

}  // namespace staraction::engagement

#endif  // STARACTION_SERVICES_ENGAGEMENT_STORE_ROSTER_H_
