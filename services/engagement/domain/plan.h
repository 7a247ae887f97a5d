#ifndef STARACTION_SERVICES_ENGAGEMENT_DOMAIN_PLAN_H_
#define STARACTION_SERVICES_ENGAGEMENT_DOMAIN_PLAN_H_

#include <vector>

#include "absl/time/civil_time.h"
#include "staraction/content/v1/offering.pb.h"
#include "staraction/engagement/v1/task.pb.h"

namespace staraction::engagement::domain {

// Last day of an engagement that begins on `start`: the offering's longest duration.
absl::CivilDay DueDay(const content::v1::Offering& offering, absl::CivilDay start);

// The plan's milestones as open tasks without names, due at their offsets from `start` but not
// after `due`.
std::vector<v1::Task> MakeTasks(const content::v1::Plan& plan, absl::CivilDay start,
                                absl::CivilDay due);

}  // namespace staraction::engagement::domain

#endif  // STARACTION_SERVICES_ENGAGEMENT_DOMAIN_PLAN_H_
