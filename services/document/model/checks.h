#ifndef STARACTION_SERVICES_DOCUMENT_MODEL_CHECKS_H_
#define STARACTION_SERVICES_DOCUMENT_MODEL_CHECKS_H_

#include <vector>

#include "common/status/errors.h"
#include "services/document/model/resolve.h"

namespace staraction::document {

// Adds a violation for each value that is not UTF-8. Texts of messages are, since they were parsed;
// values come from anywhere.
void CheckValues(const FieldValues& values, std::vector<Violation>& violations);

// Adds a violation for each margin out of 5 to 80 mm.
void CheckMargins(const v1::PageSetup& page, std::vector<Violation>& violations);

}  // namespace staraction::document

#endif  // STARACTION_SERVICES_DOCUMENT_MODEL_CHECKS_H_
