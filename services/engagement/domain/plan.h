#ifndef STARACTION_SERVICES_ENGAGEMENT_DOMAIN_PLAN_H_
#define STARACTION_SERVICES_ENGAGEMENT_DOMAIN_PLAN_H_

#include <optional>
#include <vector>

#include "absl/time/civil_time.h"
#include "common/calendar/business_calendar.h"
#include "staraction/content/v1/offering.pb.h"
#include "staraction/engagement/v1/plan.pb.h"
#include "staraction/engagement/v1/task.pb.h"
#include "staraction/engagement/v1/visit.pb.h"

namespace staraction::engagement::domain {

// The offering's plan for this kind and size of client on this path: its first choice that fits,
// else the offering's own plan and criteria. Unspecified path: the standard one.
content::v1::PlanChoice ChoosePlan(const content::v1::Offering& offering,
                                   content::v1::ClientKind kind, int headcount, v1::PlanPath path);

// Last day of an engagement that begins on `start`: the offering's longest duration.
absl::CivilDay DueDay(const content::v1::Offering& offering, absl::CivilDay start);

// When things of a plan are due.
struct Timetable {
  const BusinessCalendar& calendar;
  absl::CivilDay start;  // of the engagement
  absl::CivilDay due;    // last day of the engagement
  absl::CivilDay today;  // nothing new is planned before it
  // Day by which the client should have declared, and by which a GビズID must have been applied
  // for; none: the plan's own days.
  std::optional<absl::CivilDay> declare_by = {};
  std::optional<absl::CivilDay> gbiz_apply_by = {};
};

// A business day for something that is `offset` days behind the start: never behind `due`. With
// declare_by, what comes up to the plan's declaration is brought forward in proportion, as far as
// it must be.
absl::CivilDay DayOf(const content::v1::Plan& plan, int offset, const Timetable& timetable);

// The plan's milestones as open tasks without names, in the plan's order.
std::vector<v1::Task> MakeTasks(const content::v1::Plan& plan, const Timetable& timetable);

// The plan's visits as planned visits without names.
std::vector<v1::Visit> MakeVisits(const content::v1::Plan& plan, const Timetable& timetable);

}  // namespace staraction::engagement::domain

#endif  // STARACTION_SERVICES_ENGAGEMENT_DOMAIN_PLAN_H_
