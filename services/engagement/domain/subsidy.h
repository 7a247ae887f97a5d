#ifndef STARACTION_SERVICES_ENGAGEMENT_DOMAIN_SUBSIDY_H_
#define STARACTION_SERVICES_ENGAGEMENT_DOMAIN_SUBSIDY_H_

#include <vector>

#include "absl/time/civil_time.h"
#include "common/calendar/business_calendar.h"
#include "staraction/content/v1/subsidy.pb.h"
#include "staraction/engagement/v1/client.pb.h"
#include "staraction/engagement/v1/engagement.pb.h"

namespace staraction::engagement::domain {

// What a subsidy's day means for the work before it.
struct BackPlan {
  absl::CivilDay declare_by;     // business day by which the client should have declared
  absl::CivilDay gbiz_apply_by;  // business day by which a GビズID must have been applied for
  bool feasible = true;          // whether the day can be met as far as known
  std::vector<v1::PlanWarning> warnings;
};

// Counts backwards from the application: days that the programme needs behind the declaration,
// then the time that a GビズID takes, if the client has none that the programme accepts.
BackPlan PlanBack(const content::v1::SubsidyProgramme& programme,
                  const v1::Engagement::SubsidyTarget& target, int star, const v1::Client& client,
                  const BusinessCalendar& calendar, absl::CivilDay today);

}  // namespace staraction::engagement::domain

#endif  // STARACTION_SERVICES_ENGAGEMENT_DOMAIN_SUBSIDY_H_
