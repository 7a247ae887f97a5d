#ifndef STARACTION_SERVICES_DECLARATION_STORE_GAUGES_H_
#define STARACTION_SERVICES_DECLARATION_STORE_GAUGES_H_

#include "common/gauge/database_gauges.h"

namespace staraction::declaration {

// Declarations, pledges, inquiries, publications and what became of their pages.
void AddGauges(DatabaseGauges& gauges);

}  // namespace staraction::declaration

#endif  // STARACTION_SERVICES_DECLARATION_STORE_GAUGES_H_
