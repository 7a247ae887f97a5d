#ifndef STARACTION_SERVICES_DECLARATION_DOMAIN_COVERAGE_H_
#define STARACTION_SERVICES_DECLARATION_DOMAIN_COVERAGE_H_

#include <vector>

#include "absl/time/time.h"
#include "staraction/declaration/v1/campaign.pb.h"
#include "staraction/declaration/v1/campaign_service.pb.h"

// How far a campaign was at a moment. Pure: no I/O, no clock; safe for any number of threads.
namespace staraction::declaration::domain {

// A pledge with everything that was done, oldest record first.
struct PledgeHistory {
  v1::Pledge pledge;
  std::vector<v1::PledgeEvent> events{};
};

enum class Knowledge {
  kThen,  // what had been recorded by that moment
  kNow,   // everything on record; acts count from the day on which they took effect
};

// Both, and the departments, at a moment.
v1::CampaignCoverage ReportCoverage(const std::vector<PledgeHistory>& histories, absl::Time moment);

v1::Coverage CoverageAt(const std::vector<PledgeHistory>& histories, absl::Time moment,
                        Knowledge knowledge);

// With kNow, by department in the order in which departments come.
std::vector<v1::DepartmentCoverage> DepartmentsAt(const std::vector<PledgeHistory>& histories,
                                                  absl::Time moment);

}  // namespace staraction::declaration::domain

#endif  // STARACTION_SERVICES_DECLARATION_DOMAIN_COVERAGE_H_
