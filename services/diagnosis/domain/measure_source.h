#ifndef STARACTION_SERVICES_DIAGNOSIS_DOMAIN_MEASURE_SOURCE_H_
#define STARACTION_SERVICES_DIAGNOSIS_DOMAIN_MEASURE_SOURCE_H_

#include <string>
#include <vector>

#include "common/status/errors.h"
#include "staraction/diagnosis/v1/measure.pb.h"

namespace staraction::diagnosis::domain {

// What doesn't fit in a measure that somebody proposes for `client`, on "measure.…": it comes from
// an item of a diagnosis, or from a control, or from neither, and then says what is to be done.
std::vector<Violation> SourceProblems(const std::string& client, const v1::Measure& measure);

}  // namespace staraction::diagnosis::domain

#endif  // STARACTION_SERVICES_DIAGNOSIS_DOMAIN_MEASURE_SOURCE_H_
