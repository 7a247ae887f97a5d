#ifndef STARACTION_SERVICES_ENGAGEMENT_DOMAIN_OPERATION_H_
#define STARACTION_SERVICES_ENGAGEMENT_DOMAIN_OPERATION_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/civil_time.h"
#include "common/calendar/business_calendar.h"
#include "common/status/errors.h"
#include "staraction/content/v1/activity_calendar.pb.h"
#include "staraction/engagement/v1/activity.pb.h"
#include "staraction/engagement/v1/internal_check_service.pb.h"
#include "staraction/engagement/v1/rule_exception.pb.h"

// How regulations are lived: a year's activities, evidence, internal checks, exceptions.
namespace staraction::engagement::domain {

// The activities of the twelve months from `start` on, by day, without names and owners. First
// days are counted in business days; repetitions fall on the same day of the month, or the first
// business day from it on.
std::vector<v1::Activity> PlanYear(const content::v1::ActivityCalendar& calendar,
                                   absl::CivilDay start, const BusinessCalendar& business);

// Fills what the request left empty from the kind that `activity.code` names. INVALID_ARGUMENT
// without title and code, for an unknown code (with all codes), or with two owners.
absl::Status CompleteActivity(const content::v1::ActivityCalendar& calendar,
                              v1::Activity& activity);

// INVALID_ARGUMENT unless the media type is one of those that are kept and the bytes are of it.
absl::Status CheckFile(const std::string& bytes, const std::string& media_type);

// INVALID_ARGUMENT on `field` for a day after today.
absl::Status CheckNotFuture(absl::CivilDay day, absl::CivilDay today, const std::string& field);

// Notes answers; INVALID_ARGUMENT with every code that the check does not have, every answer that
// is missing and every code that came twice.
absl::Status Answer(const google::protobuf::RepeatedPtrField<v1::InternalCheckAnswer>& answers,
                    v1::InternalCheck& check);

// What keeps a check from being concluded: items that were not looked at, deviations without a
// finding, findings without a decision.
std::vector<Violation> OpenPoints(const v1::InternalCheck& check,
                                  const std::vector<v1::Finding>& findings);

// INVALID_ARGUMENT for a last day before the first, or more than a year behind it.
absl::Status CheckPeriod(const v1::RuleException& exception);

}  // namespace staraction::engagement::domain

#endif  // STARACTION_SERVICES_ENGAGEMENT_DOMAIN_OPERATION_H_
