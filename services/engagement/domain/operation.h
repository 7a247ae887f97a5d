#ifndef STARACTION_SERVICES_ENGAGEMENT_DOMAIN_OPERATION_H_
#define STARACTION_SERVICES_ENGAGEMENT_DOMAIN_OPERATION_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "common/calendar/business_calendar.h"
#include "common/status/errors.h"
#include "staraction/content/v1/activity_calendar.pb.h"
#include "staraction/engagement/v1/activity.pb.h"
#include "staraction/engagement/v1/engagement.pb.h"
#include "staraction/engagement/v1/evidence.pb.h"
#include "staraction/engagement/v1/internal_check_service.pb.h"
#include "staraction/engagement/v1/rule_exception.pb.h"

// How regulations are lived: a year's activities, evidence, internal checks, exceptions.
namespace staraction::engagement::domain {

// The activities of the twelve months from `start` on, by day, without names and owners. First
// days are counted in business days; repetitions fall on the same day of the month, or the first
// business day from it on. In a later year nothing is a trial, and what is done once is not there.
std::vector<v1::Activity> PlanYear(const content::v1::ActivityCalendar& calendar,
                                   absl::CivilDay start, const BusinessCalendar& business,
                                   bool later_year);

// INVALID_ARGUMENT with two owners.
absl::Status CheckOwners(const v1::Activity& activity);
// Fills what the request left empty from the kind that `activity.code` names. INVALID_ARGUMENT
// without title and code, for an unknown code (with all codes), or with two owners.
absl::Status CompleteActivity(const content::v1::ActivityCalendar& calendar,
                              v1::Activity& activity);

// INVALID_ARGUMENT with all of: a media type that is not kept, bytes that are not of it, a file
// name with a path.
absl::Status CheckFile(const v1::Evidence& evidence, const std::string& bytes);

// INVALID_ARGUMENT on `field` for a day before the first one or after today.
absl::Status CheckDay(absl::CivilDay day, absl::CivilDay first, absl::CivilDay today,
                      const std::string& field);

// Notes answers and tells what changed, in Japanese; empty: nothing. INVALID_ARGUMENT with every
// code that the check does not have or that came twice, and every explanation that is missing.
absl::StatusOr<std::string> Answer(
    const google::protobuf::RepeatedPtrField<v1::InternalCheckAnswer>& answers,
    v1::InternalCheck& check);

// What keeps a check from being concluded: items that were not looked at, deviations without a
// finding, findings without a decision.
std::vector<Violation> OpenPoints(const v1::InternalCheck& check,
                                  const std::vector<v1::Finding>& findings);

// INVALID_ARGUMENT for a last day before the first, or more than a year behind it.
absl::Status CheckPeriod(const v1::RuleException& exception);

// Whether something may still be planned or recorded for the engagement: it is not closed or
// cancelled.
bool IsLive(v1::Engagement::State state);

}  // namespace staraction::engagement::domain

#endif  // STARACTION_SERVICES_ENGAGEMENT_DOMAIN_OPERATION_H_
