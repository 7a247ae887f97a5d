#ifndef STARACTION_SERVICES_ENGAGEMENT_STORE_ROLES_H_
#define STARACTION_SERVICES_ENGAGEMENT_STORE_ROLES_H_

#include <string>
#include <vector>

#include "common/content/library.h"
#include "common/pg/transaction.h"
#include "staraction/engagement/v1/company_service.pb.h"

namespace staraction::engagement {

// One assignment, with the labels that people read.
absl::StatusOr<v1::RoleAssignment> GetRoleWithLabels(pg::Transaction& tx,
                                                     const content::Library& library,
                                                     const std::string& name);

// A page of a client's assignments, oldest first.
absl::StatusOr<v1::ListRoleAssignmentsResponse> FindRoles(
    pg::Transaction& tx, const content::Library& library,
    const v1::ListRoleAssignmentsRequest& request);

}  // namespace staraction::engagement

#endif  // STARACTION_SERVICES_ENGAGEMENT_STORE_ROLES_H_
