#ifndef STARACTION_SERVICES_ENGAGEMENT_STORE_EFFORT_H_
#define STARACTION_SERVICES_ENGAGEMENT_STORE_EFFORT_H_

#include <string>

#include "common/pg/transaction.h"
#include "staraction/engagement/v1/effort.pb.h"
#include "staraction/engagement/v1/pilot_service.pb.h"

namespace staraction::engagement {

// Time by step and user; steps have no titles yet.
absl::StatusOr<v1::EffortReport> SumEffort(pg::Transaction& tx, const std::string& engagement);

// One page of the pilots that the caller may see, oldest first, with their lessons. Two statements.
absl::StatusOr<v1::ReportPilotsResponse> FindPilots(pg::Transaction& tx,
                                                    const v1::ReportPilotsRequest& request);

}  // namespace staraction::engagement

#endif  // STARACTION_SERVICES_ENGAGEMENT_STORE_EFFORT_H_
