#ifndef STARACTION_SERVICES_RISK_STORE_GAUGES_H_
#define STARACTION_SERVICES_RISK_STORE_GAUGES_H_

#include "common/gauge/database_gauges.h"

namespace staraction::risk {

// Assets by band of risk, before and now; treatments.
void AddGauges(DatabaseGauges& gauges);

}  // namespace staraction::risk

#endif  // STARACTION_SERVICES_RISK_STORE_GAUGES_H_
