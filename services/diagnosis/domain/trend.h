#ifndef STARACTION_SERVICES_DIAGNOSIS_DOMAIN_TREND_H_
#define STARACTION_SERVICES_DIAGNOSIS_DOMAIN_TREND_H_

#include <vector>

#include "services/diagnosis/domain/compare.h"
#include "staraction/diagnosis/v1/review.pb.h"

namespace staraction::diagnosis::domain {

// Concluded self-diagnoses, oldest first, side by side; items of several editions are joined by
// their codes. Totals are those of their time. Questions are in Japanese.
v1::DiagnosisTrend TrendOf(const std::vector<Sheet>& diagnoses);

}  // namespace staraction::diagnosis::domain

#endif  // STARACTION_SERVICES_DIAGNOSIS_DOMAIN_TREND_H_
