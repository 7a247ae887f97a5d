#ifndef STARACTION_SERVICES_DIAGNOSIS_DOMAIN_PRACTICE_H_
#define STARACTION_SERVICES_DIAGNOSIS_DOMAIN_PRACTICE_H_

#include <vector>

#include "services/diagnosis/domain/sheets.h"
#include "staraction/diagnosis/v1/measure.pb.h"

// What the sheets of a practice check come to.
namespace staraction::diagnosis::domain {

// Figures over all sheets that count; departments with fewer answers than the content wants are
// taken together without a name, and left out altogether if that group, too, is too small. Texts
// are left to who knows the reader's language.
v1::PracticeSummary SummaryOf(const content::v1::Questionnaire& questionnaire,
                              const v1::Diagnosis& diagnosis, const Sheets& sheets);

// Proposed measures, without names, for the items that need a follow-up.
std::vector<v1::Measure> FollowUps(const content::v1::Questionnaire& questionnaire,
                                   const v1::Diagnosis& diagnosis, const Sheets& sheets);

}  // namespace staraction::diagnosis::domain

#endif  // STARACTION_SERVICES_DIAGNOSIS_DOMAIN_PRACTICE_H_
