#ifndef STARACTION_SERVICES_ASSET_STORE_GAUGES_H_
#define STARACTION_SERVICES_ASSET_STORE_GAUGES_H_

#include "common/gauge/database_gauges.h"

namespace staraction::asset {

// Entries of the ledgers by importance.
void AddGauges(DatabaseGauges& gauges);

}  // namespace staraction::asset

#endif  // STARACTION_SERVICES_ASSET_STORE_GAUGES_H_
