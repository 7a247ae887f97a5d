#ifndef STARACTION_SERVICES_ASSET_DOMAIN_COMPARE_H_
#define STARACTION_SERVICES_ASSET_DOMAIN_COMPARE_H_

#include <vector>

#include "staraction/asset/v1/asset.pb.h"
#include "staraction/asset/v1/asset_snapshot.pb.h"

namespace staraction::asset::domain {

// What says something else in `after`, by field as text. Fields of the record (etag, times, hints
// that were dismissed) and what only follows from others (stages, names of codes, ranks) are no
// difference; numbers of the importance are, since they are what people act on.
std::vector<v1::FieldChange> FieldChanges(const v1::Asset& before, const v1::Asset& after);

// What differs between entries of two ledgers, joined by their names, in the order of the newer
// one, what was removed last. Entries that say the same are left out.
std::vector<v1::AssetChange> Changes(const std::vector<v1::Asset>& before,
                                     const std::vector<v1::Asset>& after);

}  // namespace staraction::asset::domain

#endif  // STARACTION_SERVICES_ASSET_DOMAIN_COMPARE_H_
