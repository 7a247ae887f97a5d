#ifndef STARACTION_SERVICES_ENGAGEMENT_STORE_LIFE_EVENTS_H_
#define STARACTION_SERVICES_ENGAGEMENT_STORE_LIFE_EVENTS_H_

#include <string>
#include <vector>

#include "common/pg/transaction.h"
#include "staraction/engagement/v1/life_event.pb.h"

namespace staraction::engagement {

// Makes the event's steps tasks of its engagement, and names them in the steps.
absl::Status AddTasks(pg::Transaction& tx, v1::LifeEvent* event);

// Titles of the event's steps that are open: by their tasks, else as ticked off; in their order.
absl::StatusOr<std::vector<std::string>> OpenSteps(pg::Transaction& tx, const v1::LifeEvent& event);

// Ends the event's open tasks without anybody having done them.
absl::Status CancelTasks(pg::Transaction& tx, const v1::LifeEvent& event);

}  // namespace staraction::engagement

#endif  // STARACTION_SERVICES_ENGAGEMENT_STORE_LIFE_EVENTS_H_
