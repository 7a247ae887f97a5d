#ifndef STARACTION_SERVICES_ENGAGEMENT_STORE_OUTCOMES_H_
#define STARACTION_SERVICES_ENGAGEMENT_STORE_OUTCOMES_H_

#include "common/pg/transaction.h"
#include "staraction/engagement/v1/report_service.pb.h"

namespace staraction::engagement {

// One page of what the engagements that the call may see brought, oldest first. One statement.
absl::StatusOr<v1::ListOutcomesResponse> ListOutcomes(pg::Transaction& tx,
                                                      const v1::ListOutcomesRequest& request);

}  // namespace staraction::engagement

#endif  // STARACTION_SERVICES_ENGAGEMENT_STORE_OUTCOMES_H_
