#ifndef STARACTION_SERVICES_ENGAGEMENT_STORE_MEMBERS_H_
#define STARACTION_SERVICES_ENGAGEMENT_STORE_MEMBERS_H_

#include <vector>

#include "common/pg/transaction.h"
#include "services/engagement/domain/roster.h"
#include "staraction/engagement/v1/client_service.pb.h"

namespace staraction::engagement {

// A page of the roster, filtered by day and by part of a name.
absl::StatusOr<v1::ListMembersResponse> FindMembers(pg::Transaction& tx,
                                                    const v1::ListMembersRequest& request);

// Everybody who was ever on the client's roster.
absl::StatusOr<std::vector<v1::Member>> AllMembers(pg::Transaction& tx);

// Adds and updates in a few statements, however many there are.
absl::Status StoreMembers(pg::Transaction& tx, const domain::RosterChange& change);

}  // namespace staraction::engagement

#endif  // STARACTION_SERVICES_ENGAGEMENT_STORE_MEMBERS_H_
