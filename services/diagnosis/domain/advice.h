#ifndef STARACTION_SERVICES_DIAGNOSIS_DOMAIN_ADVICE_H_
#define STARACTION_SERVICES_DIAGNOSIS_DOMAIN_ADVICE_H_

#include <map>
#include <string>

#include "staraction/content/v1/questionnaire.pb.h"
#include "staraction/diagnosis/v1/diagnosis.pb.h"
#include "staraction/diagnosis/v1/review.pb.h"

namespace staraction::diagnosis::domain {

// How dear cost classes are, 0 the cheapest; those that are not named come last.
using CostRanks = std::map<std::string, int>;

// What to do first about the answers of a self-diagnosis that are set and not only carried over:
// most points to gain first, then most effect, priority, cost, number. Texts are left to who knows
// the reader's language.
v1::DiagnosisAdvice AdviceOf(const content::v1::Questionnaire& questionnaire,
                             const v1::Diagnosis& diagnosis, const CostRanks& costs);

}  // namespace staraction::diagnosis::domain

#endif  // STARACTION_SERVICES_DIAGNOSIS_DOMAIN_ADVICE_H_
