#ifndef STARACTION_SERVICES_ENGAGEMENT_STORE_PORTFOLIO_H_
#define STARACTION_SERVICES_ENGAGEMENT_STORE_PORTFOLIO_H_

#include <string>
#include <vector>

#include "common/pg/transaction.h"
#include "services/engagement/domain/readiness.h"
#include "staraction/engagement/v1/engagement_service.pb.h"

namespace staraction::engagement {

// Engagement with what lists show besides: client's name, last summary, allowed actions.
absl::StatusOr<v1::Engagement> GetWithSummary(pg::Transaction& tx, const std::string& name);

// One page of the portfolio, stuck first: oldest next due day, then oldest engagement. One
// statement.
absl::StatusOr<v1::ListEngagementsResponse> ListPortfolio(
    pg::Transaction& tx, const v1::ListEngagementsRequest& request);

// One page of the call's client's engagements, oldest first.
absl::StatusOr<v1::ListClientEngagementsResponse> ListOfClient(
    pg::Transaction& tx, const v1::ListClientEngagementsRequest& request);

// The call's client's engagements that are not closed or cancelled.
absl::StatusOr<std::vector<v1::Engagement>> OpenEngagements(pg::Transaction& tx);

// Marks open tasks as done whose criterion is met, and opens those marked so again whose criterion
// no longer is (somebody joined, the published page was changed). What a person completed stays
// done, and nothing changes where a service is silent.
absl::Status SettleTasks(pg::Transaction& tx, const std::string& engagement,
                         const v1::Readiness& readiness);

// Keeps the summary for lists, with the due day of the oldest open task, and the figures for
// reports.
absl::Status StoreSummary(pg::Transaction& tx, const std::string& engagement,
                          const v1::ReadinessSummary& summary, const domain::Figures& figures);

}  // namespace staraction::engagement

#endif  // STARACTION_SERVICES_ENGAGEMENT_STORE_PORTFOLIO_H_
