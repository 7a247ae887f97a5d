// The next cycle of an engagement.

#include "services/engagement/domain/renewal.h"

#include "common/base/date.h"
#include "common/base/macros.h"
#include "common/status/errors.h"
#include "services/engagement/domain/operation.h"
#include "services/engagement/opening.h"
#include "services/engagement/store/activities.h"
#include "services/engagement/store/portfolio.h"
#include "services/engagement/store/renewals.h"
#include "services/engagement/store/tables.h"

namespace staraction::engagement {

absl::StatusOr<v1::Engagement> Opening::Renew(pg::Transaction& tx, const v1::Engagement& previous,
                                              const v1::Quote& quote,
                                              const v1::AcceptQuoteRequest& request) const {
  SA_ASSIGN_OR_RETURN(const v1::Engagement opened, Open(tx, quote, request));
  SA_ASSIGN_OR_RETURN(v1::Engagement next, kEngagements.Lock(tx, opened.name()));
  const auto* criteria = library_.FindCriteriaSet(next.editions().criteria_set());
  if (criteria == nullptr) return Internal("criteria not loaded: " + next.name());
  *next.mutable_renewal() = domain::CompareCycles(previous, next, *criteria);
  SA_RETURN_IF_ERROR(AddOpenThings(tx, *next.mutable_renewal()));
  SA_ASSIGN_OR_RETURN(next, kEngagements.Update(tx, std::move(next)));
  const auto* calendar =
      library_.Find<content::v1::ActivityCalendar>(next.editions().activity_calendar());
  if (calendar != nullptr) {
    const absl::CivilDay start = *FromProtoDate(next.start_date());
    SA_RETURN_IF_ERROR(
        StoreYear(tx, *calendar, next.name(), domain::PlanYear(*calendar, start, calendar_), false)
            .status());
  }
  return GetWithSummary(tx, next.name());
}

}  // namespace staraction::engagement
