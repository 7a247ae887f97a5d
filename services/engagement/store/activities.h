#ifndef STARACTION_SERVICES_ENGAGEMENT_STORE_ACTIVITIES_H_
#define STARACTION_SERVICES_ENGAGEMENT_STORE_ACTIVITIES_H_

#include <string>
#include <vector>

#include "common/content/library.h"
#include "common/pg/transaction.h"
#include "staraction/engagement/v1/activity_service.pb.h"

namespace staraction::engagement {

// Sets what is computed for replies, evidence counts included.
absl::Status PresentActivities(pg::Transaction& tx, const content::Library& library,
                               std::vector<v1::Activity>& activities);

// One page of the client's activities, by due day. One statement, and one for the evidence.
absl::StatusOr<v1::ListActivitiesResponse> FindActivities(pg::Transaction& tx,
                                                          const content::Library& library,
                                                          const v1::ListActivitiesRequest& request);

// One page over all clients that the call sees, most overdue first. One statement.
absl::StatusOr<v1::ListDueActivitiesResponse> FindDueActivities(
    pg::Transaction& tx, const v1::ListDueActivitiesRequest& request);

// Stores a year's activities for the engagement, owned by whoever has their roles, but for those
// whose kind has one in that month already; returns what was added. With `only_say` stores nothing.
absl::StatusOr<std::vector<v1::Activity>> StoreYear(pg::Transaction& tx,
                                                    const content::v1::ActivityCalendar& calendar,
                                                    const std::string& engagement,
                                                    std::vector<v1::Activity> year, bool only_say);

}  // namespace staraction::engagement

#endif  // STARACTION_SERVICES_ENGAGEMENT_STORE_ACTIVITIES_H_
