#ifndef STARACTION_SERVICES_DIAGNOSIS_MEASURE_ACTS_H_
#define STARACTION_SERVICES_DIAGNOSIS_MEASURE_ACTS_H_

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/pg/transaction.h"
#include "staraction/content/v1/questionnaire.pb.h"
#include "staraction/diagnosis/v1/diagnosis.pb.h"
#include "staraction/diagnosis/v1/measure.pb.h"

// Changes of measures that several methods make, each with its act.
namespace staraction::diagnosis {

// Stores a changed measure together with the act that changed it: action, and perhaps note,
// channel, effective_time (else now) and method are given, the rest is set here.
absl::StatusOr<v1::Measure> UpdateWithAct(pg::Transaction& tx, v1::Measure measure,
                                          v1::MeasureAct act);

// Stores a proposed measure under a name of its own.
absl::Status Propose(pg::Transaction& tx, v1::Measure measure, const std::string& id);

// What concluding a diagnosis, with its answers set, does: measures for its gaps, except where one
// from before is still open and is found again; and those that were to find out what is known now
// are done.
absl::Status MakeMeasures(pg::Transaction& tx, const content::v1::Questionnaire& questions,
                          const v1::Diagnosis& diagnosis);

}  // namespace staraction::diagnosis

#endif  // STARACTION_SERVICES_DIAGNOSIS_MEASURE_ACTS_H_
