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

// Stores a year's activities for the engagement, owned by whoever has their roles, but for those
// that it has already (by kind and occurrence); returns what was added. With `only_say` stores
// nothing.
absl::StatusOr<std::vector<v1::Activity>> StoreYear(pg::Transaction& tx,
                                                    const content::v1::ActivityCalendar& calendar,
                                                    const std::string& engagement,
                                                    std::vector<v1::Activity> year, bool only_say);

// Skips what the engagement still has planned, for a reason; `of_calendar`: only what was planned
// from its calendar. Recorded as acts. One statement.
absl::Status SkipPlanned(pg::Transaction& tx, const std::string& engagement,
                         const std::string& reason, bool of_calendar);
// What one engagement still has planned becomes the other's. One statement.
absl::Status TakeOver(pg::Transaction& tx, const std::string& from, const std::string& to);

}  // namespace staraction::engagement

#endif  // STARACTION_SERVICES_ENGAGEMENT_STORE_ACTIVITIES_H_
