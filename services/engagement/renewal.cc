// The next cycle of an engagement.

#include "services/engagement/domain/renewal.h"

#include "common/base/macros.h"
#include "common/status/errors.h"
#include "services/engagement/opening.h"
#include "services/engagement/store/activities.h"
#include "services/engagement/store/portfolio.h"
#include "services/engagement/store/renewals.h"
#include "services/engagement/store/tasks.h"

namespace staraction::engagement {

absl::StatusOr<v1::Engagement> Opening::Renew(pg::Transaction& tx, const v1::Engagement& previous,
                                              const v1::Quote& quote,
                                              const v1::AcceptQuoteRequest& request) const {
  SA_ASSIGN_OR_RETURN(const std::string other, NextCycle(tx, previous.name()));
  if (!other.empty()) return AlreadyExists("次の年の支援（the next cycle）", other);
  // The new year is planned anew; what the company added for itself goes on.
  SA_RETURN_IF_ERROR(SkipPlanned(tx, previous.name(), "次の年の支援に引き継いだ", true));
  const bool lived_before = !previous.editions().activity_calendar().empty();
  SA_ASSIGN_OR_RETURN(const v1::Engagement next, Open(tx, quote, request, lived_before));
  SA_ASSIGN_OR_RETURN(const v1::Readiness readiness, facts_.Judge(tx, next, {}));
  v1::Engagement::Renewal renewal = domain::CompareCycles(previous, next, readiness);
  SA_RETURN_IF_ERROR(AddOpenThings(tx, renewal));
  SA_RETURN_IF_ERROR(TakeOver(tx, previous.name(), next.name()));
  SA_RETURN_IF_ERROR(StoreRenewal(tx, next.name(), renewal));
  SA_RETURN_IF_ERROR(RefreshNextDueDate(tx, previous.name()));
  SA_RETURN_IF_ERROR(RefreshNextDueDate(tx, next.name()));
  return GetWithSummary(tx, next.name());
}

}  // namespace staraction::engagement
