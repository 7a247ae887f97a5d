#ifndef STARACTION_SERVICES_ENGAGEMENT_STORE_DUE_H_
#define STARACTION_SERVICES_ENGAGEMENT_STORE_DUE_H_

#include "absl/status/statusor.h"
#include "common/pg/transaction.h"
#include "staraction/engagement/v1/due_service.pb.h"

namespace staraction::engagement {

// One page of what is due over all clients that the call sees, most overdue first. One statement:
// the indexes of each kind give its order, so a page costs the same however much there is.
absl::StatusOr<v1::ListDueItemsResponse> FindDueItems(pg::Transaction& tx,
                                                      const v1::ListDueItemsRequest& request);

}  // namespace staraction::engagement

#endif  // STARACTION_SERVICES_ENGAGEMENT_STORE_DUE_H_
