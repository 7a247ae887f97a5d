#ifndef STARACTION_SERVICES_DIAGNOSIS_STORE_GAUGES_H_
#define STARACTION_SERVICES_DIAGNOSIS_STORE_GAUGES_H_

#include "common/gauge/database_gauges.h"

namespace staraction::diagnosis {

// Diagnoses, scores before and after, gaps and measures.
void AddGauges(DatabaseGauges& gauges);

}  // namespace staraction::diagnosis

#endif  // STARACTION_SERVICES_DIAGNOSIS_STORE_GAUGES_H_
