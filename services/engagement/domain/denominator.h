#ifndef STARACTION_SERVICES_ENGAGEMENT_DOMAIN_DENOMINATOR_H_
#define STARACTION_SERVICES_ENGAGEMENT_DOMAIN_DENOMINATOR_H_

#include <vector>

#include "absl/time/civil_time.h"
#include "staraction/content/v1/code_list.pb.h"
#include "staraction/content/v1/offering.pb.h"
#include "staraction/engagement/v1/roster.pb.h"

// Who counts as "everybody" in an engagement: the one rule behind rosters and coverage.
namespace staraction::engagement::domain {

// The rule that an offering begins with, without a name.
v1::DenominatorRule DefaultRule(const content::v1::Offering& offering);

// The member as the engagement sees them on `day`. `exemptions` are the member's; those that do
// not hold on that day or are for another purpose do not matter. The president is counted whatever
// group they are in. `labels` names the groups (code list "roster-groups").
v1::RosterEntry MakeEntry(const v1::Member& member, const v1::DenominatorRule& rule,
                          const content::v1::CodeList& labels,
                          const std::vector<v1::Exemption>& exemptions, v1::RosterPurpose purpose,
                          absl::CivilDay day);

}  // namespace staraction::engagement::domain

#endif  // STARACTION_SERVICES_ENGAGEMENT_DOMAIN_DENOMINATOR_H_
