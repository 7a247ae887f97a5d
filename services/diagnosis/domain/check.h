#ifndef STARACTION_SERVICES_DIAGNOSIS_DOMAIN_CHECK_H_
#define STARACTION_SERVICES_DIAGNOSIS_DOMAIN_CHECK_H_

#include <string>
#include <vector>

#include "common/status/errors.h"
#include "google/protobuf/repeated_ptr_field.h"
#include "staraction/content/v1/questionnaire.pb.h"
#include "staraction/diagnosis/v1/diagnosis.pb.h"
#include "staraction/diagnosis/v1/measure.pb.h"

namespace staraction::diagnosis::domain {

using Answers = google::protobuf::RepeatedPtrField<v1::ItemAnswer>;

// Whether the questionnaire takes this answer for a gap that needs a measure.
bool IsGap(const content::v1::Questionnaire& questionnaire, content::v1::Answer answer);

// What is wrong with answers as they came, on "answers[i].…": items that the questionnaire doesn't
// have, items named twice, answers that the item doesn't allow.
std::vector<Violation> AnswerProblems(const content::v1::Questionnaire& questionnaire,
                                      const Answers& answers);

// Sets what follows from the present answers, one an item in any order: the answers in the order
// of the items, the codes of the missing ones, the counts.
void SetAnswers(const content::v1::Questionnaire& questionnaire, Answers answers,
                v1::Diagnosis& diagnosis);

// The items without an answer, each as a criterion that is not met.
std::vector<Violation> MissingItems(const content::v1::Questionnaire& questionnaire,
                                    const v1::Diagnosis& diagnosis);

// A proposed measure, without name, for every gap of a diagnosis, in the order of the items.
std::vector<v1::Measure> ProposedMeasures(const content::v1::Questionnaire& questionnaire,
                                          const v1::Diagnosis& diagnosis);

}  // namespace staraction::diagnosis::domain

#endif  // STARACTION_SERVICES_DIAGNOSIS_DOMAIN_CHECK_H_
