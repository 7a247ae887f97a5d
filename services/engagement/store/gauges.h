#ifndef STARACTION_SERVICES_ENGAGEMENT_STORE_GAUGES_H_
#define STARACTION_SERVICES_ENGAGEMENT_STORE_GAUGES_H_

#include "common/gauge/database_gauges.h"

namespace staraction::engagement {

// Engagements by stage and readiness, what is overdue, messages, how far facts lag behind.
void AddGauges(DatabaseGauges& gauges);

}  // namespace staraction::engagement

#endif  // STARACTION_SERVICES_ENGAGEMENT_STORE_GAUGES_H_
