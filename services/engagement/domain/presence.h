#ifndef STARACTION_SERVICES_ENGAGEMENT_DOMAIN_PRESENCE_H_
#define STARACTION_SERVICES_ENGAGEMENT_DOMAIN_PRESENCE_H_

#include <string>

#include "absl/status/status.h"
#include "absl/time/civil_time.h"
#include "staraction/engagement/v1/client.pb.h"

// Where a member stands on a day, today or in the past.
namespace staraction::engagement::domain {

enum class Presence { kNotYetJoined, kActive, kOnLeave, kLeft };

// From the present employment and the past periods. A leave or departure whose first day is not
// known holds on every day of the present employment.
Presence PresenceOn(const v1::Member& member, absl::CivilDay day);

// Keeps in `after` what a change from `before` would lose: an employment that ended before a new
// hire date, and a leave that is over, become past periods; a status that begins without a date
// begins `today`.
void KeepHistory(const v1::Member& before, absl::CivilDay today, v1::Member* after);

// INVALID_ARGUMENT on `prefix`.leave_date if somebody leaves before they join.
absl::Status CheckMemberDates(const v1::Member& member, const std::string& prefix);

}  // namespace staraction::engagement::domain

#endif  // STARACTION_SERVICES_ENGAGEMENT_DOMAIN_PRESENCE_H_
