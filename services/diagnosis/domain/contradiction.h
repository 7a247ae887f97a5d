#ifndef STARACTION_SERVICES_DIAGNOSIS_DOMAIN_CONTRADICTION_H_
#define STARACTION_SERVICES_DIAGNOSIS_DOMAIN_CONTRADICTION_H_

#include <string>
#include <vector>

#include "staraction/content/v1/questionnaire.pb.h"
#include "staraction/diagnosis/v1/review.pb.h"
#include "staraction/fact/v1/fact_service.pb.h"

namespace staraction::diagnosis::domain {

using Facts = std::vector<fact::v1::Fact>;

// Adds to a review, and counts, the facts of the client and this engagement that speak against the
// company's answers or, where there is none yet, the proposed ones; without texts.
void AddContradictions(const content::v1::Questionnaire& questionnaire,
                       const std::string& engagement, const Facts& facts,
                       v1::DiagnosisReview& review);

}  // namespace staraction::diagnosis::domain

#endif  // STARACTION_SERVICES_DIAGNOSIS_DOMAIN_CONTRADICTION_H_
