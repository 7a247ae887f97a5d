#ifndef STARACTION_SERVICES_ASSET_DOMAIN_SYSTEM_RULES_H_
#define STARACTION_SERVICES_ASSET_DOMAIN_SYSTEM_RULES_H_

#include "absl/status/status.h"
#include "absl/time/civil_time.h"
#include "common/status/grpc_status.h"
#include "staraction/asset/v1/system.pb.h"
#include "staraction/content/v1/code_list.pb.h"

namespace staraction::asset::domain {

// INVALID_ARGUMENT with everything that is wrong on "system.…": a kind that the list doesn't have,
// assets of another client or named twice, an end of support before the start of use.
absl::Status CheckSystem(const content::v1::CodeList& kinds, const v1::System& system);

// Support that ends within so many days is ENDING: half a year, in which devices can be replaced.
inline constexpr int kSupportEndingDays = 183;

// How its support stands on a day.
v1::SupportState SupportOn(const v1::System& system, absl::CivilDay day);

// Fills in what replies show besides.
void Show(const content::v1::CodeList& kinds, absl::CivilDay today, Language language,
          v1::System& system);

}  // namespace staraction::asset::domain

#endif  // STARACTION_SERVICES_ASSET_DOMAIN_SYSTEM_RULES_H_
