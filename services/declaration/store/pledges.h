#ifndef STARACTION_SERVICES_DECLARATION_STORE_PLEDGES_H_
#define STARACTION_SERVICES_DECLARATION_STORE_PLEDGES_H_

#include <map>
#include <string>
#include <vector>

#include "common/pg/table.h"
#include "services/declaration/store/event_log.h"
#include "staraction/declaration/v1/campaign.pb.h"

namespace staraction::declaration {

extern const pg::Table<v1::Campaign> kCampaigns;
extern const pg::Table<v1::Pledge> kPledges;
extern const EventLog<v1::PledgeEvent> kPledgeEvents;

// Coverage of the campaigns of an engagement (id) by campaign id; those without people are absent.
absl::StatusOr<std::map<std::string, v1::Coverage>> ReadCoverage(pg::Transaction& tx,
                                                                 const std::string& engagement);

// The coverage that counts for each engagement: of the campaign that was opened last, by
// engagement id. `engagement` is an id or "" for all of the client.
absl::StatusOr<std::map<std::string, v1::Coverage>> ReadLatestCoverage(
    pg::Transaction& tx, const std::string& engagement);

// Pledges of these members (ids) in an engagement (id), oldest campaign first.
absl::StatusOr<std::vector<v1::Pledge>> ReadOwnPledges(pg::Transaction& tx,
                                                       const std::string& engagement,
                                                       const std::vector<std::string>& members);

// Stores the bytes of a scan.
absl::StatusOr<v1::Scan> StoreScan(pg::Transaction& tx, const std::string& bytes,
                                   const std::string& media_type, const google::type::Date& date);
absl::StatusOr<std::string> ReadScan(pg::Transaction& tx, const std::string& id);

}  // namespace staraction::declaration

#endif  // STARACTION_SERVICES_DECLARATION_STORE_PLEDGES_H_
