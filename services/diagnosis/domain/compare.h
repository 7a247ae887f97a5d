#ifndef STARACTION_SERVICES_DIAGNOSIS_DOMAIN_COMPARE_H_
#define STARACTION_SERVICES_DIAGNOSIS_DOMAIN_COMPARE_H_

#include "google/protobuf/repeated_ptr_field.h"
#include "staraction/content/v1/questionnaire.pb.h"
#include "staraction/diagnosis/v1/comparison.pb.h"
#include "staraction/diagnosis/v1/diagnosis.pb.h"
#include "staraction/diagnosis/v1/measure.pb.h"

namespace staraction::diagnosis::domain {

// A diagnosis and the questions that it worked with; its answers are set.
struct Sheet {
  const content::v1::Questionnaire& questions;
  const v1::Diagnosis& diagnosis;
};

// The two side by side, joined by the codes of items and rules; questions and titles are left to
// who knows the reader's language. Answers that are only carried over count as none.
v1::DiagnosisComparison Compare(const Sheet& base, const Sheet& later);

// What became of measures.
v1::MeasureCounts CountMeasures(const google::protobuf::RepeatedPtrField<v1::Measure>& measures);

}  // namespace staraction::diagnosis::domain

#endif  // STARACTION_SERVICES_DIAGNOSIS_DOMAIN_COMPARE_H_
