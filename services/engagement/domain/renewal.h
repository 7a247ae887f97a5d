#ifndef STARACTION_SERVICES_ENGAGEMENT_DOMAIN_RENEWAL_H_
#define STARACTION_SERVICES_ENGAGEMENT_DOMAIN_RENEWAL_H_

#include "staraction/engagement/v1/engagement.pb.h"

// From one cycle of a client to the next.
namespace staraction::engagement::domain {

// What is new against the last cycle (offering, star, editions), and which criteria are met from
// the first day by what was shown before, or have to be shown anew. What is open is added by who
// knows it.
v1::Engagement::Renewal CompareCycles(const v1::Engagement& previous, const v1::Engagement& next,
                                      const v1::Readiness& readiness);

}  // namespace staraction::engagement::domain

#endif  // STARACTION_SERVICES_ENGAGEMENT_DOMAIN_RENEWAL_H_
