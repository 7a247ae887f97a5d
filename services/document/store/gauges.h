#ifndef STARACTION_SERVICES_DOCUMENT_STORE_GAUGES_H_
#define STARACTION_SERVICES_DOCUMENT_STORE_GAUGES_H_

#include "common/gauge/database_gauges.h"

namespace staraction::document {

// Documents and their revisions by state.
void AddGauges(DatabaseGauges& gauges);

}  // namespace staraction::document

#endif  // STARACTION_SERVICES_DOCUMENT_STORE_GAUGES_H_
