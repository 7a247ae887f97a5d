#ifndef STARACTION_SERVICES_ENGAGEMENT_DOMAIN_LIFE_EVENT_H_
#define STARACTION_SERVICES_ENGAGEMENT_DOMAIN_LIFE_EVENT_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "common/calendar/business_calendar.h"
#include "staraction/content/v1/code_list.pb.h"
#include "staraction/content/v1/life_event.pb.h"
#include "staraction/engagement/v1/client.pb.h"
#include "staraction/engagement/v1/life_event.pb.h"

namespace staraction::engagement::domain {

// What decides which steps follow from an event, and by when.
struct LifeEventTerms {
  v1::ClientKind client_kind;
  int star = 0;  // that the running engagement leads to; 0: none runs, and all stars' steps apply
  absl::CivilDay effective;
  absl::CivilDay today;
};

// INVALID_ARGUMENT on life_event.kind or life_event.effective_date if the event cannot happen to
// such a client, or more than ten years from today.
absl::Status CheckLifeEvent(const content::v1::LifeEvent& kind, const LifeEventTerms& terms);

// The steps that apply, in order. Due in business days after the effective date or today,
// whichever is later: what is told late is not overdue at once. `subjects` labels what is redone.
std::vector<v1::LifeEventStep> StepsOf(const content::v1::LifeEvent& kind,
                                       const LifeEventTerms& terms,
                                       const BusinessCalendar& calendar,
                                       const content::v1::CodeList& subjects);

// The step of this code that is ticked off at the event itself. INVALID_ARGUMENT without one (with
// all codes); FAILED_PRECONDITION if it is a task, which is ticked off there.
absl::StatusOr<v1::LifeEventStep*> StepToTick(v1::LifeEvent& event, const std::string& code);

// Verbs that a state allows.
std::vector<std::string> ActionsOf(v1::LifeEvent::State state);

// FAILED_PRECONDITION if the event's state does not allow the verb.
absl::Status Check(const v1::LifeEvent& event, const std::string& verb);

}  // namespace staraction::engagement::domain

#endif  // STARACTION_SERVICES_ENGAGEMENT_DOMAIN_LIFE_EVENT_H_
