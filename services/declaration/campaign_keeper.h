#ifndef STARACTION_SERVICES_DECLARATION_CAMPAIGN_KEEPER_H_
#define STARACTION_SERVICES_DECLARATION_CAMPAIGN_KEEPER_H_

#include <vector>

#include "absl/status/statusor.h"
#include "common/service/host.h"
#include "services/declaration/document_reader.h"
#include "services/declaration/domain/act.h"
#include "services/declaration/domain/roster.h"
#include "services/declaration/engagement_reader.h"

namespace staraction::declaration {

// Looks after opened campaigns by a job for each client: the lists of rolling ones follow the
// roster, and those about policy and regulations are marked once others are approved. Thread safe.
class CampaignKeeper {
 public:
  // Registers the job. `interval`: between two looks.
  CampaignKeeper(Host& host, EngagementReader& engagements, DocumentReader& documents,
                 absl::Duration interval);

  // Has the client's campaigns looked after from now on, if this one has to be.
  static absl::Status Schedule(pg::Transaction& tx, const v1::Campaign& campaign);
  // The list of a campaign that was locked, as the roster is now.
  static absl::StatusOr<v1::Campaign> Refresh(pg::Transaction& tx,
                                              const std::vector<domain::RosterPerson>& roster,
                                              const domain::Act& act, v1::Campaign campaign);

 private:
  absl::Status Run(const Job& job);
  absl::Status FollowRoster(const Call& call, const v1::Campaign& campaign);
  absl::Status MarkOutdated(const Call& call, const std::vector<v1::Campaign>& campaigns);

  Host& host_;
  EngagementReader& engagements_;
  DocumentReader& documents_;
  const absl::Duration interval_;
};

}  // namespace staraction::declaration

#endif  // STARACTION_SERVICES_DECLARATION_CAMPAIGN_KEEPER_H_
