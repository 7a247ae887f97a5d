#ifndef STARACTION_SERVICES_DIAGNOSIS_DOMAIN_GAPS_H_
#define STARACTION_SERVICES_DIAGNOSIS_DOMAIN_GAPS_H_

#include <string>
#include <vector>

#include "google/protobuf/repeated_ptr_field.h"
#include "staraction/content/v1/questionnaire.pb.h"
#include "staraction/diagnosis/v1/diagnosis.pb.h"
#include "staraction/diagnosis/v1/measure.pb.h"

// From gaps to measures.
namespace staraction::diagnosis::domain {

using Measures = google::protobuf::RepeatedPtrField<v1::Measure>;

// The remedy that the content proposes for an item, without name.
v1::Measure ProposedRemedy(const content::v1::QuestionnaireItem& item,
                           const v1::Diagnosis& diagnosis);

// Proposed measures, without names, for the gaps of a diagnosis with its answers set, in the order
// of the items. Where sites answered, a gap's measure names those that have it, and what some of
// them lack and others don't know makes a remedy and a measure to find out.
std::vector<v1::Measure> ProposedMeasures(const content::v1::Questionnaire& questionnaire,
                                          const v1::Diagnosis& diagnosis);

// The measure among `open` (proposed or decided ones) that already deals with what `proposed` is
// for, or null.
const v1::Measure* Continuing(const Measures& open, const v1::Measure& proposed);

// Measures among `open` that were to find out what the diagnosis now knows, with their answer.
std::vector<v1::Measure> FoundOut(const Measures& open,
                                  const content::v1::Questionnaire& questionnaire,
                                  const v1::Diagnosis& diagnosis);

}  // namespace staraction::diagnosis::domain

#endif  // STARACTION_SERVICES_DIAGNOSIS_DOMAIN_GAPS_H_
