#ifndef STARACTION_SERVICES_ENGAGEMENT_DOMAIN_REPORT_TABLE_H_
#define STARACTION_SERVICES_ENGAGEMENT_DOMAIN_REPORT_TABLE_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/status/grpc_status.h"
#include "staraction/engagement/v1/engagement.pb.h"
#include "staraction/engagement/v1/report.pb.h"

namespace staraction::engagement::domain {

// Reports as files for spreadsheets: a title line in the reader's language, a line an engagement.
// What is not known is an empty cell. `now` is when the file says that it was made.
absl::StatusOr<std::string> PortfolioFile(const std::vector<v1::Engagement>& engagements,
                                          v1::ReportFormat format, Language language,
                                          absl::Time now);
absl::StatusOr<std::string> OutcomesFile(const std::vector<v1::Outcome>& outcomes,
                                         v1::ReportFormat format, Language language,
                                         absl::Time now);

// The file's media type.
std::string MediaTypeOf(v1::ReportFormat format);

}  // namespace staraction::engagement::domain

#endif  // STARACTION_SERVICES_ENGAGEMENT_DOMAIN_REPORT_TABLE_H_
