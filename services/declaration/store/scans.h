#ifndef STARACTION_SERVICES_DECLARATION_STORE_SCANS_H_
#define STARACTION_SERVICES_DECLARATION_STORE_SCANS_H_

#include <string>
#include <vector>

#include "common/pg/table.h"
#include "staraction/declaration/v1/campaign.pb.h"
#include "staraction/declaration/v1/pledge_scan.pb.h"

namespace staraction::declaration {

extern const pg::Table<v1::PledgeScan> kPledgeScans;

// Stores the bytes of a scan.
absl::StatusOr<v1::Scan> StoreScan(pg::Transaction& tx, const std::string& bytes,
                                   const std::string& media_type, const google::type::Date& date);
absl::StatusOr<std::string> ReadScan(pg::Transaction& tx, const std::string& id);

}  // namespace staraction::declaration

#endif  // STARACTION_SERVICES_DECLARATION_STORE_SCANS_H_
