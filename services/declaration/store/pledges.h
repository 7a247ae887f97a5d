#ifndef STARACTION_SERVICES_DECLARATION_STORE_PLEDGES_H_
#define STARACTION_SERVICES_DECLARATION_STORE_PLEDGES_H_

#include <map>
#include <string>
#include <vector>

#include "common/pg/table.h"
#include "services/declaration/domain/coverage.h"
#include "services/declaration/store/event_log.h"
#include "staraction/declaration/v1/campaign.pb.h"

namespace staraction::declaration {

extern const pg::Table<v1::Campaign> kCampaigns;
extern const pg::Table<v1::Pledge> kPledges;
extern const EventLog<v1::PledgeEvent> kPledgeEvents;

// Coverage of the campaigns of an engagement (id) by campaign id; those without people are absent.
absl::StatusOr<std::map<std::string, v1::Coverage>> ReadCoverage(pg::Transaction& tx,
                                                                 const std::string& engagement);

// Coverage of one campaign; all zero if it has no people.
absl::StatusOr<v1::Coverage> ReadCampaignCoverage(pg::Transaction& tx, const std::string& campaign);

// The coverage that counts for each engagement: of the campaign about this subject that was opened
// last and is not outdated, by engagement id. `engagement` is an id or "" for all of the client.
absl::StatusOr<std::map<std::string, v1::Coverage>> ReadLatestCoverage(
    pg::Transaction& tx, const std::string& engagement, v1::Campaign::Subject subject);

// Campaigns of the call's client that are looked after: open ones with rolling enrolment, and
// opened ones about policy and regulations that are not outdated.
absl::StatusOr<std::vector<v1::Campaign>> ReadKeptCampaigns(pg::Transaction& tx);

// Pledges of these members (ids) in an engagement (id), oldest campaign first.
absl::StatusOr<std::vector<v1::Pledge>> ReadOwnPledges(pg::Transaction& tx,
                                                       const std::string& engagement,
                                                       const std::vector<std::string>& members);

// All pledges of a campaign (name), in the order of the roster.
absl::StatusOr<std::vector<v1::Pledge>> ReadPledges(pg::Transaction& tx,
                                                    const std::string& campaign);

// Those with everything that was done; of events only what says who counts when.
absl::StatusOr<std::vector<domain::PledgeHistory>> ReadHistories(pg::Transaction& tx,
                                                                 const std::string& campaign);

// Somebody who should pledge now: asked, in an open campaign, and not waiting for the president.
struct DuePledge {
  std::string engagement;  // names
  std::string campaign;
  std::string member;
  absl::Time since;
};
// At most 9,000, which is what a fact sheet has room for. `engagement` is an id or "" for all.
absl::StatusOr<std::vector<DuePledge>> ReadDuePledges(pg::Transaction& tx,
                                                      const std::string& engagement);

}  // namespace staraction::declaration

#endif  // STARACTION_SERVICES_DECLARATION_STORE_PLEDGES_H_
