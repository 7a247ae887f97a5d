#ifndef STARACTION_SERVICES_ENGAGEMENT_DOMAIN_CODE_H_
#define STARACTION_SERVICES_ENGAGEMENT_DOMAIN_CODE_H_

#include <string>

#include "absl/status/status.h"
#include "staraction/content/v1/code_list.pb.h"

// Codes that content lists.
namespace staraction::engagement::domain {

// The code's Japanese label; the code itself if the list does not have it (any more).
std::string LabelOf(const content::v1::CodeList& list, const std::string& code);

// OK for an empty code or one of the list, else INVALID_ARGUMENT on `field` with all of them.
absl::Status CheckCode(const content::v1::CodeList& list, const std::string& code,
                       const std::string& field);

}  // namespace staraction::engagement::domain

#endif  // STARACTION_SERVICES_ENGAGEMENT_DOMAIN_CODE_H_
