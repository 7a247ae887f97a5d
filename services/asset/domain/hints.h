#ifndef STARACTION_SERVICES_ASSET_DOMAIN_HINTS_H_
#define STARACTION_SERVICES_ASSET_DOMAIN_HINTS_H_

#include <vector>

#include "absl/time/civil_time.h"
#include "common/status/grpc_status.h"
#include "staraction/asset/v1/asset_service.pb.h"
#include "staraction/content/v1/asset_scheme.pb.h"

namespace staraction::asset::domain {

// What is worth a second look in a ledger, in the order of its entries: which hints there are,
// their words and thresholds are the scheme's; which entries they are about is decided here. A hint
// that an entry has dismissed is left out.
std::vector<v1::AssetHint> Review(const content::v1::AssetScheme& scheme,
                                  const content::v1::ValueScale& scale,
                                  const std::vector<v1::Asset>& assets, absl::CivilDay today,
                                  Language language);

}  // namespace staraction::asset::domain

#endif  // STARACTION_SERVICES_ASSET_DOMAIN_HINTS_H_
