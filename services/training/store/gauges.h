#ifndef STARACTION_SERVICES_TRAINING_STORE_GAUGES_H_
#define STARACTION_SERVICES_TRAINING_STORE_GAUGES_H_

#include "common/gauge/database_gauges.h"

namespace staraction::training {

// Sessions, tests and their results, follow-ups.
void AddGauges(DatabaseGauges& gauges);

}  // namespace staraction::training

#endif  // STARACTION_SERVICES_TRAINING_STORE_GAUGES_H_
