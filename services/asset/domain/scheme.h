#ifndef STARACTION_SERVICES_ASSET_DOMAIN_SCHEME_H_
#define STARACTION_SERVICES_ASSET_DOMAIN_SCHEME_H_

#include <string>
#include <vector>

#include "common/status/grpc_status.h"
#include "staraction/asset/v1/asset.pb.h"
#include "staraction/content/v1/asset_scheme.pb.h"

namespace staraction::asset::domain {

// What the content says of a code; null if it has no such code (any more).
const content::v1::Medium* FindMedium(const content::v1::AssetScheme& scheme,
                                      const std::string& code);
const content::v1::PersonalFlag* FindFlag(const content::v1::AssetScheme& scheme,
                                          const std::string& code);
const content::v1::LedgerHint* FindHint(const content::v1::AssetScheme& scheme,
                                        const std::string& code);

// Place of the level from the top, from 1; 0 if the scale doesn't have it.
int RankOf(const content::v1::ValueScale& scale, const std::string& level);

// How the asset lives in every stage of the scheme, in its order: its own profile over what is
// usual for its medium. A stage that neither knows is passed, with nothing said.
std::vector<v1::StageUse> StagesOf(const content::v1::AssetScheme& scheme, const v1::Asset& asset);

}  // namespace staraction::asset::domain

#endif  // STARACTION_SERVICES_ASSET_DOMAIN_SCHEME_H_
