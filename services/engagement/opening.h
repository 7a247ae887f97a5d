#ifndef STARACTION_SERVICES_ENGAGEMENT_OPENING_H_
#define STARACTION_SERVICES_ENGAGEMENT_OPENING_H_

#include <optional>
#include <string>

#include "common/calendar/business_calendar.h"
#include "common/content/library.h"
#include "common/pg/transaction.h"
#include "services/engagement/domain/plan.h"
#include "services/engagement/domain/subsidy.h"
#include "services/engagement/fact_collection.h"
#include "staraction/engagement/v1/engagement_service.pb.h"
#include "staraction/engagement/v1/quote_service.pb.h"

namespace staraction::engagement {

// A plan for an engagement, before anything of it is stored.
struct Draft {
  const content::v1::Plan* plan = nullptr;
  std::string criteria_set;
  std::vector<v1::Task> tasks;    // without names
  std::vector<v1::Visit> visits;  // without names
  std::optional<domain::BackPlan> back;
  std::vector<v1::PlanWarning> warnings;
};

// What an accepted quote becomes: an engagement with its plan; and plans made anew. Thread safe.
class Opening {
 public:
  // The library's calendar "japan" must be there.
  Opening(const content::Library& library, const FactCollection& facts)
      : library_(library), facts_(facts), calendar_(*library.FindHolidayCalendar("japan")) {}

  absl::StatusOr<v1::Engagement> Open(pg::Transaction& tx, const v1::Quote& quote,
                                      const v1::AcceptQuoteRequest& request) const {
    return Open(tx, quote, request, false);
  }

  // Opens the next cycle of an engagement by an accepted quote (renewal.cc): with what changed,
  // stays, starts anew and is open, and the new year's activities.
  absl::StatusOr<v1::Engagement> Renew(pg::Transaction& tx, const v1::Engagement& previous,
                                       const v1::Quote& quote,
                                       const v1::AcceptQuoteRequest& request) const;

  // Drafts the plan anew and, unless it is only asked for, stores what moves.
  absl::StatusOr<v1::ReplanEngagementResponse> Replan(
      pg::Transaction& tx, const v1::ReplanEngagementRequest& request) const;

  // The offering that a name "offerings/{offering}" means; null if there is none.
  static const content::v1::Offering* FindOffering(const content::Library& library,
                                                   const std::string& name);

 private:
  // A plan for the engagement's offering, dates and subsidy, on this path.
  absl::StatusOr<Draft> MakeDraft(pg::Transaction& tx, const v1::Engagement& engagement,
                                  int headcount, v1::PlanPath path) const;
  absl::Status StorePlan(pg::Transaction& tx, const std::string& engagement, Draft& draft) const;
  // The year's activities, if the engagement has a calendar of them.
  absl::Status StoreOperation(pg::Transaction& tx, const v1::Engagement& engagement,
                              bool later_year) const;
  // `later_year`: the client has lived by a calendar of activities before.
  absl::StatusOr<v1::Engagement> Open(pg::Transaction& tx, const v1::Quote& quote,
                                      const v1::AcceptQuoteRequest& request, bool later_year) const;

  const content::Library& library_;
  const FactCollection& facts_;
  const BusinessCalendar calendar_;
};

}  // namespace staraction::engagement

#endif  // STARACTION_SERVICES_ENGAGEMENT_OPENING_H_
